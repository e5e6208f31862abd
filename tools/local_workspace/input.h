// Reading and checking the body of a create or an update by the service's rules.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "message.h"
#include "webhook.h"

namespace workspace {

bool IsKnownEvent(std::string_view name);

// Members that were given; a secret may be "", which clears it.
struct Input {
  std::optional<std::vector<std::string>> events;
  std::vector<std::pair<TextMember, std::string>> texts;
  std::optional<tfcpp::Json> http_url_spec;
  std::optional<tfcpp::Json> job_spec;
};

// Refused: the answer that says why.
struct ReadInput {
  Input input;
  std::optional<Answer> refused;
};
ReadInput Read(const tfcpp::Json& body);

// Puts what was given of the top level over a webhook, but for its target.
void Apply(const Input& given, Webhook& webhook);
// Puts a given spec over an old one; `merge`: members that are not given stay.
HttpUrlSpec Apply(const tfcpp::Json& given, const std::optional<HttpUrlSpec>& old_spec, bool merge);
JobSpec Apply(const tfcpp::Json& given, const std::optional<JobSpec>& old_spec, bool merge);

// What is wrong with a webhook as a whole, by the service's rules.
std::optional<Answer> Check(const Webhook& webhook);

}  // namespace workspace
