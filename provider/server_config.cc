#include "provider/server_config.h"

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "mlflow_server/address.h"
#include "mlflow_server/attributes.h"
#include "provider/block.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Diagnostics;
using tfcpp::ValidateRequest;
using tfcpp::Validator;
using tfcpp::Value;
using tfcpp::mlflow_server::AttributeInfo;
using tfcpp::mlflow_server::Config;

// The answer of `find_fault` completes "tracking_uri ..."; a text of blanks counts as unset.
Validator Warns(std::string description, std::string name, std::function<std::string(const std::string&)> find_fault) {
  return {std::move(description), [name = std::move(name), find_fault = std::move(find_fault)](
                                      const ValidateRequest& request, Diagnostics& diagnostics) {
            const std::string text(tfcpp::Trim(request.value.AsString()));
            if (text.empty()) return;
            const std::string fault = find_fault(text);
            if (fault.empty()) return;
            // Where a part of it is not to be shown, no path: Terraform would print the line.
            const bool is_shown = tfcpp::ShownAddress(text) == text;
            diagnostics.AddWarning("Unusable setting of the MLflow server", Concat(name, " ", fault),
                                   is_shown ? request.path : tfcpp::Path());
          }};
}

std::vector<Validator> ValidatorsOf(const AttributeInfo& info) {
  const std::string name(info.name);
  if (name == "tracking_uri") {
    return {Warns("must be the address of an MLflow server", name, [](const std::string& text) {
      const auto address = tfcpp::mlflow_server::NormaliseAddress(text);
      return address.has_value() ? "" : address.error().message;
    })};
  }
  if (name == "tracking_workspace") {
    return {Warns("must be the name of an MLflow workspace", name, [](const std::string& text) {
      const std::string_view fault = tfcpp::mlflow_server::FindWorkspaceNameFault(text);
      return fault.empty() ? "" : Concat(fault, ".");
    })};
  }
  return {};
}

bool IsTuning(const AttributeInfo& info) {
  return std::holds_alternative<std::chrono::seconds Config::*>(info.target) ||
         std::holds_alternative<std::optional<double> Config::*>(info.target);
}

constexpr std::string_view kNoAddress =
    "The configuration uses a webhook of an MLflow server, but no address of one is set. Set tracking_uri in the block "
    "`provider \"mlflow\"`, or the variable MLFLOW_REGISTRY_URI or MLFLOW_TRACKING_URI, to an address such as "
    "https://mlflow.example.com. (The webhooks of a Databricks workspace are `mlflow_webhook`.)";

}  // namespace

std::vector<tfcpp::Attribute> ServerAttributes() {
  std::vector<tfcpp::Attribute> attributes;
  for (const AttributeInfo& info : tfcpp::mlflow_server::Attributes()) {
    if (!info.is_own()) continue;
    attributes.push_back({.name = std::string(info.name),
                          .type = std::visit(TypeOfMember{}, info.target),
                          .sensitive = info.sensitive(),
                          .validators = ValidatorsOf(info),
                          .description = Concat(info.description, " Environment: `", info.variable, "`.")});
  }
  return attributes;
}

std::optional<Config> ConfigureServer(const Value& block, const tfcpp::Environment& environment,
                                      tfcpp::Service& service) {
  const auto unusable = [&](const std::string& why) {
    service.diagnostics.AddError("MLflow server is not configured", why);
    return std::nullopt;
  };
  const auto input = ReadBlock(block, tfcpp::mlflow_server::Attributes(), IsTuning);
  service.known = input.has_value();
  if (!service.known) return std::nullopt;
  auto config = tfcpp::mlflow_server::Resolve(*input, environment);
  if (!config.has_value()) return unusable(config.error().message);
  if (config->tracking_uri.empty()) return unusable(std::string(kNoAddress));
  for (const std::string& warning : config->warnings) service.diagnostics.AddWarning("Provider configuration", warning);
  return *std::move(config);
}

}  // namespace mlflow
