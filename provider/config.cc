#include "provider/config.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "databricks/attributes.h"
#include "databricks/auth/sign_in.h"
#include "databricks/host.h"
#include "databricks/workspace.h"
#include "provider/block.h"
#include "provider/registry_webhook/facts.h"
#include "provider/server_config.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"
#include "tfcpp/schema/validators.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::ConfigInput;
using tfcpp::Diagnostics;
using tfcpp::Environment;
using tfcpp::Type;
using tfcpp::ValidateRequest;
using tfcpp::Validator;
using tfcpp::Value;
using tfcpp::databricks::AttributeInfo;
using tfcpp::databricks::Config;
using tfcpp::databricks::Unused;

constexpr std::int64_t kSecondsInADay = 86'400;

Validator Host() {
  return {"must be the address of a workspace", [](const ValidateRequest& request, Diagnostics& diagnostics) {
            const std::string& text = request.value.AsString();
            if (tfcpp::Trim(text).empty()) return;  // counts as unset
            const auto host = tfcpp::databricks::NormaliseHost(text);
            if (host.has_value()) return;
            // Where a part of it is not to be shown, no path: Terraform would print the line. No error here, for
            // resources of an MLflow server do without it; those of a workspace give one.
            const bool is_shown = tfcpp::ShownAddress(text) == text;
            diagnostics.AddWarning("Unusable host", host.error().message, is_shown ? request.path : tfcpp::Path());
          }};
}

Validator NotNegative() {
  return {"must not be below 0", [](const ValidateRequest& request, Diagnostics& diagnostics) {
            if (request.value.AsNumber().ToDouble() >= 0) return;
            diagnostics.AddError("Value out of range", "The number must not be below 0.", request.path);
          }};
}

Validator HasNoEffect(std::string reason) {
  return {"has no effect", [reason = std::move(reason)](const ValidateRequest& request, Diagnostics& diagnostics) {
            diagnostics.AddWarning("Attribute without effect", reason, request.path);
          }};
}

struct TypeOf : TypeOfMember {
  using TypeOfMember::operator();
  Type operator()(const Unused& unused) const {
    switch (unused.kind) {
      case Unused::Kind::kNumber:
        return Type::Number();
      case Unused::Kind::kBool:
        return Type::Bool();
      case Unused::Kind::kText:
        break;
    }
    return Type::String();
  }
};

std::vector<Validator> ValidatorsOf(const AttributeInfo& info) {
  if (info.name == "host") return {Host()};
  if (info.name == "http_timeout_seconds") return {tfcpp::IntBetween(1, kSecondsInADay)};
  if (info.name == "retry_timeout_seconds") return {tfcpp::IntBetween(0, kSecondsInADay)};
  if (info.name == "rate_limit") return {NotNegative()};
  if (const auto* unused = std::get_if<Unused>(&info.target)) return {HasNoEffect(std::string(unused->reason))};
  return {};
}

bool IsTuning(const AttributeInfo& info) {
  return std::holds_alternative<std::chrono::seconds Config::*>(info.target) ||
         std::holds_alternative<std::optional<double> Config::*>(info.target) ||
         std::holds_alternative<Unused>(info.target);
}

}  // namespace

tfcpp::Schema ProviderSchema() {
  tfcpp::Schema schema;
  schema.description =
      "Webhooks of the Databricks Workspace Model Registry, and of MLflow servers. Each attribute is taken from the "
      "block, else from its "
      "variable, else from the profile file. A string of nothing or of blanks counts as unset; `false` and `0` are "
      "values. Blanks and line ends around a value are taken off; of passwords and client secrets, line ends at the "
      "end.";
  for (const AttributeInfo& info : tfcpp::databricks::Attributes()) {
    schema.attributes.push_back(
        {.name = std::string(info.name),
         .type = std::visit(TypeOf{}, info.target),
         .sensitive = info.sensitive(),
         .validators = ValidatorsOf(info),
         .description = info.variable.empty() ? std::string(info.description)
                                              : Concat(info.description, " Environment: `", info.variable, "`.")});
  }
  for (tfcpp::Attribute& attribute : ServerAttributes()) schema.attributes.push_back(std::move(attribute));
  return schema;
}

std::optional<ConfigInput> ReadProviderBlock(const Value& config) {
  return ReadBlock(config, tfcpp::databricks::Attributes(), IsTuning);
}

std::optional<Config> ConfigureWorkspace(const Value& block, const Environment& environment, tfcpp::Service& service) {
  const auto unusable = [&](const std::string& why) {
    service.diagnostics.AddError("Workspace is not configured", why);
    return std::nullopt;
  };
  const auto input = ReadProviderBlock(block);
  service.known = input.has_value();
  if (!service.known) return std::nullopt;
  auto config = tfcpp::databricks::Resolve(*input, environment);
  if (!config.has_value()) return unusable(config.error().message);
  for (const std::string& warning : config->warnings) service.diagnostics.AddWarning("Provider configuration", warning);
  WebhookFacts facts{.workspace = tfcpp::databricks::NameOfWorkspace(*config)};
  service.facts = ToFacts(facts);
  const auto candidates = tfcpp::databricks::FindCandidates(*config, environment);
  if (!candidates.has_value()) {
    return unusable(Concat("The configuration uses the provider mlflow. ", candidates.error().message));
  }
  const tfcpp::databricks::SignInOutlook outlook = tfcpp::databricks::OutlookOf(*candidates);
  facts.token = outlook.by_own_token ? TokenToLend::kOwn : TokenToLend::kNone;
  facts.ways_to_sign_in = outlook.names;
  service.facts = ToFacts(facts);
  return *std::move(config);
}

}  // namespace mlflow
