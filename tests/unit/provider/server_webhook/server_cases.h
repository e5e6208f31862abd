// Shared by the tests of mlflow_server_webhook: configurations and states as text, with what they leave out as null.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "provider/server_webhook/facts.h"
#include "provider/server_webhook/schema.h"
#include "provider/shared/private_data.h"
#include "tfcpp/framework/plan.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/testing/value_matchers.h"
#include "unit/provider/shared/plans.h"

namespace mlflow {

inline const tfcpp::ResourceType& ServerType() {
  static const tfcpp::ResourceType kType = ServerWebhookType();
  return kType;
}

inline tfcpp::Value ServerConfig(std::string_view text) { return tfcpp::V(text, ServerType().schema.ImpliedType()); }
inline tfcpp::Value NoServerState() { return tfcpp::Value::Null(ServerType().schema.ImpliedType()); }

inline constexpr char kServer[] = "https://mlflow.example.com";
inline constexpr char kPlain[] = R"({name: "n", url: "https://x", events: ["model_version.created"]})";
inline constexpr char kPlainState[] = R"({id: "7", name: "n", url: "https://x", events: ["model_version.created"],
    description: "", status: "ACTIVE", created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z"})";

// What is remembered of a webhook that was seen there.
inline std::string SeenIn(const std::string& workspace) {
  return WritePrivateData({.place = ToFacts(ServerFacts{.address = kServer, .workspace = workspace})});
}

// A plan of the configuration, as Terraform asks for it, with a provider for this workspace.
inline tfcpp::Plan ServerPlanOf(const tfcpp::Value& config, const tfcpp::Value& prior, const std::string& private_data,
                                const std::string& provider_workspace = "") {
  const tfcpp::Facts facts = ToFacts(ServerFacts{.address = kServer, .workspace = provider_workspace});
  return tfcpp::PlanResource(ServerType(),
                             {config, prior, Proposed(ServerType().schema, config, prior), private_data, facts});
}

inline std::string Replaces(const tfcpp::Plan& plan) {
  std::string text;
  for (const auto& path : plan.requires_replace) text += path.ToString() + " ";
  return text;
}

}  // namespace mlflow
