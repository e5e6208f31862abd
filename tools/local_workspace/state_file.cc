#include "state_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "tfcpp/base/file.h"
#include "tfcpp/base/strings.h"

namespace workspace {

using tfcpp::Json;

tfcpp::Result<std::vector<Webhook>> LoadState(const std::string& path) {
  std::vector<Webhook> webhooks;
  constexpr std::size_t kMaxState = 1u << 30;
  const auto text = tfcpp::ReadFile(path, kMaxState);
  if (!text.has_value() && text.error().code == tfcpp::ErrorCode::kNotFound) return webhooks;
  if (!text.has_value()) return text.error();
  TFCPP_ASSIGN_OR_RETURN(const Json json, Json::Parse(*text));
  if (!json.is_array()) return tfcpp::Error{.code = tfcpp::ErrorCode::kMalformed, .message = "not a list of webhooks"};
  for (const Json& element : json.elements()) {
    TFCPP_ASSIGN_OR_RETURN(Webhook webhook, WebhookFromJson(element));
    webhooks.push_back(std::move(webhook));
  }
  return webhooks;
}

tfcpp::Result<void> SaveState(const std::string& path, const std::vector<Webhook>& webhooks) {
  std::vector<Json> elements;
  for (const Webhook& webhook : webhooks) elements.push_back(ToJson(webhook, {.secrets = Secrets::kPlain}));
  const std::string text = Json::Array(std::move(elements)).Write() + "\n";
  const tfcpp::Error failed{.code = tfcpp::ErrorCode::kUnavailable, .message = tfcpp::Concat("cannot write ", path)};
  const std::string next = path + ".new";
  const int file = open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return failed;
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (close(file) != 0 || !written || std::rename(next.c_str(), path.c_str()) != 0) return failed;
  return {};
}

}  // namespace workspace
