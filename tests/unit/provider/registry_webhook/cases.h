// Shared by the tests of mlflow_webhook: configurations and states as text, with what they leave out as null.
#pragma once

#include <string_view>

#include "provider/registry_webhook/schema.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/testing/value_matchers.h"
#include "unit/provider/shared/plans.h"

namespace mlflow {

inline const tfcpp::ResourceType& Webhook() {
  static const tfcpp::ResourceType kType = WebhookType();
  return kType;
}

inline tfcpp::Value Config(std::string_view text) { return tfcpp::V(text, Webhook().schema.ImpliedType()); }
inline tfcpp::Value NoState() { return tfcpp::Value::Null(Webhook().schema.ImpliedType()); }

inline tfcpp::Value Proposed(const tfcpp::Value& config, const tfcpp::Value& prior) {
  return Proposed(Webhook().schema, config, prior);
}

}  // namespace mlflow
