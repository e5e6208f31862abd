// In which MLflow workspace a webhook is, and when its plan replaces it.
#include "provider/server_webhook/place.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/provider/server_webhook/server_cases.h"

namespace mlflow {
namespace {

using tfcpp::Value;

Value InWorkspace(const char* text, const std::string& workspace) {
  const Value value = workspace == "?"    ? Value::Unknown(tfcpp::Type::String())
                      : workspace.empty() ? Value::Null(tfcpp::Type::String())
                                          : Value::String(workspace);
  return ServerConfig(text).With("workspace", value);
}

TEST(PlaceTest, AnotherEffectiveWorkspaceReplaces) {
  const struct {
    const char* before;    // of the state; empty: null
    const char* seen;      // where it was last seen; empty: in none
    const char* provider;  // its tracking_workspace; empty: none
    const char* after;     // of the configuration; ?: not known yet
    const char* replaces;
  } kCases[] = {
      {"", "", "", "", ""},
      {"", "", "", "a", "workspace "},
      {"", "a", "a", "a", ""},
      {"", "a", "b", "a", ""},
      {"", "a", "a", "b", "workspace "},
      {"", "a", "b", "b", "workspace "},  // the provider's is another one by now
      {"", "a", "b", "", ""},             // so it alone never replaces
      {"", "a", "", "", ""},
      {"", "", "b", "", ""},
      {"a", "a", "a", "", ""},
      {"a", "a", "b", "", "workspace "},
      {"a", "a", "", "", "workspace "},
      {"a", "a", "", "a", ""},
      {"a", "a", "b", "a", ""},
      {"a", "a", "a", "b", "workspace "},
      {"a", "a", "a", "?", "workspace "},
      {"", "a", "a", "?", "workspace "},
      // Where none is named it is the server's default one.
      {"", "", "", "default", ""},
      {"", "", "default", "default", ""},
      {"default", "default", "", "", ""},
      {"default", "default", "a", "", "workspace "},
      {"a", "a", "", "default", "workspace "},
      {"", "", "", "?", "workspace "},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.before) + "/" + c.seen + "/" + c.provider + " to " + c.after);
    const tfcpp::Plan plan =
        ServerPlanOf(InWorkspace(kPlain, c.after), InWorkspace(kPlainState, c.before), SeenIn(c.seen), c.provider);
    EXPECT_EQ(Replaces(plan), c.replaces);
    EXPECT_EQ(Summaries(plan.diagnostics), "");
  }
}

// Adopted and not read yet, or a damaged private data: the provider's workspace counts.
TEST(PlaceTest, WhatWasNotSeenYetIsWhereTheProviderLooks) {
  EXPECT_EQ(Replaces(ServerPlanOf(InWorkspace(kPlain, "a"), ServerConfig(kPlainState), "", "a")), "");
  EXPECT_EQ(Replaces(ServerPlanOf(InWorkspace(kPlain, "b"), ServerConfig(kPlainState), "", "a")), "workspace ");
}

// Nothing of the provider is known yet: what is remembered stands for it.
TEST(PlaceTest, AProviderThatIsNotKnownYetReplacesNothing) {
  const Value prior = InWorkspace(kPlainState, "a");
  const Value config = ServerConfig(kPlain);
  const tfcpp::Plan plan =
      tfcpp::PlanResource(ServerType(), {config, prior, Proposed(ServerType().schema, config, prior), SeenIn("a"), {}});
  EXPECT_EQ(Replaces(plan), "");
}

TEST(PlaceTest, TheSameWorkspaceByNameKeepsTheTimeOfTheLastChange) {
  const tfcpp::Plan plan = ServerPlanOf(InWorkspace(kPlain, "a"), ServerConfig(kPlainState), SeenIn("a"), "a");
  EXPECT_EQ(plan.planned, InWorkspace(kPlainState, "a"));
}

}  // namespace
}  // namespace mlflow
