// Shared by the tests of mlflow_webhook: configurations and states as text, with what they leave out as null.
#pragma once

#include <string>
#include <string_view>

#include "framework/resource.h"
#include "provider/registry_webhook/schema.h"
#include "support/value_matchers.h"

namespace mlflow {

inline const tfcpp::ResourceType& Webhook() {
  static const tfcpp::ResourceType kType = WebhookType();
  return kType;
}

inline tfcpp::Value Config(std::string_view text) { return tfcpp::V(text, Webhook().schema.ImpliedType()); }
inline tfcpp::Value NoState() { return tfcpp::Value::Null(Webhook().schema.ImpliedType()); }

// What Terraform proposes for a configuration: where it leaves a computed attribute null, the prior state's value.
inline tfcpp::Value Proposed(const tfcpp::Value& config, const tfcpp::Value& prior) {
  tfcpp::Value proposed = config;
  if (prior.is_null()) return proposed;
  for (const tfcpp::Attribute& attribute : Webhook().schema.attributes) {
    const std::string& name = attribute.name;
    if (attribute.computed() && config.Get(name).is_null()) proposed = proposed.With(name, prior.Get(name));
  }
  return proposed;
}

inline std::string Summaries(const tfcpp::Diagnostics& diagnostics) {
  std::string text;
  for (const tfcpp::Diagnostic& item : diagnostics.items()) {
    text += item.severity == tfcpp::Severity::kError ? "error: " : "warning: ";
    text += item.summary + " @" + item.path.ToString() + "\n";
  }
  return text;
}

}  // namespace mlflow
