// What the tests of every kind of webhook need to plan as Terraform does.
#pragma once

#include <string>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// What Terraform proposes for a configuration: where it leaves a computed attribute null, the prior state's value.
inline tfcpp::Value Proposed(const tfcpp::Schema& schema, const tfcpp::Value& config, const tfcpp::Value& prior) {
  tfcpp::Value proposed = config;
  if (prior.is_null()) return proposed;
  for (const tfcpp::Attribute& attribute : schema.attributes) {
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

// All that they say.
inline std::string Told(const tfcpp::Diagnostics& diagnostics) {
  std::string text;
  for (const tfcpp::Diagnostic& item : diagnostics.items()) text += item.summary + ": " + item.detail + "\n";
  return text;
}

}  // namespace mlflow
