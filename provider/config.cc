#include "provider/config.h"

#include <limits>
#include <string>
#include <utility>

#include "schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Diagnostics;
using tfcpp::Secret;
using tfcpp::Type;
using tfcpp::ValidateRequest;
using tfcpp::Value;
using tfcpp::databricks::Config;
using tfcpp::databricks::ConfigInput;

constexpr std::int64_t kSecondsInADay = 86'400;

tfcpp::Validator Host() {
  return {"must be the address of a workspace", [](const ValidateRequest& request, Diagnostics& diagnostics) {
            if (request.value.AsString().empty()) return;  // counts as unset
            const auto host = tfcpp::databricks::NormaliseHost(request.value.AsString());
            if (!host.has_value()) diagnostics.AddError("Unusable host", host.error().message, request.path);
          }};
}

std::optional<std::string> Text(const Value& value) {
  if (value.is_null() || value.AsString().empty()) return std::nullopt;
  return value.AsString();
}

std::optional<std::int64_t> Seconds(const Value& value) {
  return value.is_set() ? value.AsNumber().AsInt64() : std::nullopt;
}

}  // namespace

tfcpp::Schema ProviderSchema() {
  return {
      .attributes =
          {
              {.name = "host",
               .type = Type::String(),
               .validators = {Host()},
               .description = "The workspace's address, such as `https://example.cloud.databricks.com`. Environment: "
                              "`DATABRICKS_HOST`."},
              {.name = "token",
               .type = Type::String(),
               .sensitive = true,
               .description = "A personal access token. Environment: `DATABRICKS_TOKEN`."},
              {.name = "http_timeout_seconds",
               .type = Type::Number(),
               .validators = {tfcpp::IntBetween(1, kSecondsInADay)},
               .description = "How long one HTTP call may take, in seconds. Default: 60."},
              {.name = "retry_timeout_seconds",
               .type = Type::Number(),
               .validators = {tfcpp::IntBetween(0, kSecondsInADay)},
               .description = "How long a call is repeated after refusals that pass, in seconds, waits included. 0: "
                              "never repeated. Default: 300."},
          },
      .description =
          "Webhooks of the Databricks Workspace Model Registry. In the block, an empty string counts as unset.",
  };
}

std::optional<ConfigInput> ReadProviderBlock(const Value& config) {
  if (!config.is_set()) return ConfigInput{};
  for (const char* name : {"host", "token"}) {
    if (!config.Get(name).is_known()) return std::nullopt;
  }
  ConfigInput input;
  input.host = Text(config.Get("host"));
  if (auto token = Text(config.Get("token"))) input.token = Secret(*std::move(token));
  input.http_timeout_seconds = Seconds(config.Get("http_timeout_seconds"));
  input.retry_timeout_seconds = Seconds(config.Get("retry_timeout_seconds"));
  return input;
}

Diagnostics FindMissing(const Config& config) {
  Diagnostics diagnostics;
  std::string ways;
  if (config.host.empty()) {
    ways +=
        "\n\nThe workspace's address is not set. Set host in the block `provider \"mlflow\"`, or the environment "
        "variable DATABRICKS_HOST.";
  }
  if (config.auth_type.empty()) {
    ways +=
        "\n\nNo way to sign in is set. Set token in the block `provider \"mlflow\"`, or the environment variable "
        "DATABRICKS_TOKEN, to a personal access token of the workspace.";
  }
  if (!ways.empty()) {
    diagnostics.AddError(
        "Workspace is not configured",
        "The configuration manages mlflow_webhook resources, but the provider does not know where, or as whom." + ways);
  }
  return diagnostics;
}

}  // namespace mlflow
