#include "databricks/auth/host_metadata.h"

#include <array>
#include <chrono>

#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace tfcpp::databricks {
namespace {

constexpr std::chrono::seconds kOneAttempt{5};
constexpr int kAttempts = 2;
constexpr char kAudiences[] = "token_federation_default_oidc_audiences";

Metadata Read(const Json& json) {
  Metadata metadata;
  metadata.oidc_endpoint = json.FindString("oidc_endpoint").value_or("");
  metadata.account_id = json.FindString("account_id").value_or("");
  metadata.host_type = ToLower(json.FindString("host_type").value_or(""));
  metadata.cloud = CloudOfName(json.FindString("cloud").value_or(""));
  const Json* workspace_id = json.Find("workspace_id");
  metadata.has_workspace_id = workspace_id != nullptr && !workspace_id->is_null();
  const Json* audiences = json.Find(kAudiences);
  if (audiences != nullptr && audiences->is_array() && !audiences->elements().empty()) {
    const Json& first = audiences->elements().front();
    if (first.is_string()) metadata.audience = first.string();
  }
  return metadata;
}

}  // namespace

Metadata HostMetadata::Get(const Context& context) {
  const std::lock_guard lock(mutex_);
  if (known_.has_value()) return *known_;
  for (int attempt = 1; attempt <= kAttempts && !context.stop.stop_requested(); ++attempt) {
    if ((known_ = Ask(context))) return *known_;
  }
  if (context.stop.stop_requested()) return {};
  known_ = Metadata();
  return *known_;
}

// Nullopt: it may be asked again. Not a host that cannot be reached at all: the call that follows tells that, and two
// waits for it would be too long.
std::optional<Metadata> HostMetadata::Ask(const Context& context) const {
  const auto answer =
      transport_.Send(context, {.url = config_.host + "/.well-known/databricks-config", .time_limit = kOneAttempt});
  if (answer.has_value() && answer->status == 200) {
    constexpr std::array<std::string_view, 6> kMembers = {"oidc_endpoint", "account_id",   "host_type",
                                                          "cloud",         "workspace_id", kAudiences};
    const auto json = Json::Parse(answer->body, {.members = kMembers});
    if (json.has_value() && json->is_object()) return Read(*json);
  }
  const std::string why = answer.has_value() ? std::to_string(answer->status) : answer.error().reason;
  context.log.Debug("the host has no metadata", {{"host", config_.host}, {"reason", why}});
  const bool may_pass = answer.has_value()
                            ? answer->status >= 500
                            : answer.error().may_have_acted || answer.error().code == ErrorCode::kCancelled;
  return may_pass ? std::nullopt : std::optional(Metadata());
}

Cloud CloudOf(const Config& config) {
  if (config.IsSet("azure_workspace_resource_id")) return Cloud::kAzure;
  if (!config.cloud.empty()) return CloudOfName(config.cloud);
  return CloudOfHost(config.host);
}

}  // namespace tfcpp::databricks
