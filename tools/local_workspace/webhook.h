// A registry webhook as the service keeps it, with its secrets, and its forms: what the API returns (never a secret),
// what the control path tells (secrets as SHA-256), what the state file holds (everything).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/base/result.h"
#include "tfcpp/json/json.h"

namespace workspace {

struct HttpUrlSpec {
  std::string url;
  bool enable_ssl_verification = true;
  std::string authorization;  // empty: none, as for the others
  std::string secret;
};
struct JobSpec {
  std::string job_id;
  std::string access_token;
  std::string workspace_url;
};

struct Webhook {
  std::string id;
  std::vector<std::string> events = {};
  std::string model_name;
  std::string description;
  std::string status = "ACTIVE";
  std::optional<HttpUrlSpec> http_url_spec = {};
  std::optional<JobSpec> job_spec = {};
  std::int64_t creation_timestamp = 0;  // ms since the epoch
  std::int64_t last_updated_timestamp = 0;
};

// A member that is a text of a webhook's top level: the same in requests, in answers and in what is stored. An absent
// one is as a webhook is made.
struct TextMember {
  std::string_view name;
  std::string Webhook::*member;
  bool fixed = false;  // no update may name it
};
std::span<const TextMember> TextMembers();

enum class Secrets { kNone, kHashed, kPlain };
struct WebhookForm {
  Secrets secrets = Secrets::kNone;
  bool timestamps_as_text = false;
};
tfcpp::Json ToJson(const Webhook& webhook, const WebhookForm& form);

// Of the form with plain secrets.
tfcpp::Result<Webhook> WebhookFromJson(const tfcpp::Json& json);

// "sha256:" and the lower-case hex digest.
std::string Hashed(const std::string& text);

// `body` with the values of secret members hashed, for the log of requests; text that is no JSON stays out of it.
tfcpp::Json WithHashedSecrets(const std::string& body);

}  // namespace workspace
