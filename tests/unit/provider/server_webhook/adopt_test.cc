// Webhooks that exist already: import by id, by workspace and id and by identity; what is refused.
#include "provider/server_webhook/adopt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "provider/server_webhook/identity.h"
#include "tfcpp/codec/state_json.h"
#include "tfcpp/framework/move.h"
#include "unit/provider/registry_webhook/cases.h"
#include "unit/provider/server_webhook/server_cases.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tfcpp::Value;

tfcpp::Outcome Import(const std::string& id, std::optional<Value> identity = std::nullopt) {
  const tfcpp::Facts facts = ToFacts(ServerFacts{.address = kServer, .workspace = "a"});
  return ImportServerWebhook({.id = id, .identity = std::move(identity), .facts = facts});
}
Value Identity(std::string_view text) { return tfcpp::V(text, ServerType().identity->ImpliedType()); }

TEST(ImportServerWebhookTest, ByIdByWorkspaceAndByIdentity) {
  EXPECT_EQ(*Import("7").state, ServerConfig(R"({id: "7"})"));
  EXPECT_EQ(*Import("b/7").state, ServerConfig(R"({id: "7", workspace: "b"})"));
  EXPECT_EQ(*Import("a/7").state, ServerConfig(R"({id: "7", workspace: "a"})"));
  EXPECT_TRUE(ParsePrivateData(Import("7").private_data).adopted);
}

// An identity always has the workspace; a configuration need not have the provider's own.
TEST(ImportServerWebhookTest, AnIdentityNamesTheEffectiveWorkspace) {
  const struct {
    const char* identity;
    const char* state;
    const char* kept;  // its workspace
  } kCases[] = {
      {R"({id: "7"})", R"({id: "7"})", "a"},
      {R"({id: "7", workspace: "a"})", R"({id: "7"})", "a"},
      {R"({id: "7", workspace: "b"})", R"({id: "7", workspace: "b"})", "b"},
      {R"({id: "7", tracking_uri: "https://MLFLOW.example.com/", workspace: "b"})", R"({id: "7", workspace: "b"})",
       "b"},
  };
  for (const auto& c : kCases) {
    const tfcpp::Outcome outcome = Import("", Identity(c.identity));
    EXPECT_EQ(*outcome.state, ServerConfig(c.state)) << c.identity;
    EXPECT_EQ(*outcome.identity, ServerWebhookIdentity(kServer, c.kept, "7")) << c.identity;
  }
}

TEST(ImportServerWebhookTest, RefusesWhatNamesNoWebhook) {
  const struct {
    tfcpp::Outcome outcome;
    const char* summary;
  } kCases[] = {
      {Import(""), "error: Import needs an id @\n"},
      {Import(" "), "error: Import needs an id @\n"},
      {Import("a/"), "error: Import needs an id @\n"},
      {Import("Team/7"), "error: Unusable workspace @\n"},
      {Import("/7"), "error: Unusable workspace @\n"},
      {Import("a/b/7"), "error: Unusable workspace @\n"},
      {Import("", Identity(R"({id: ""})")), "error: Import needs an id @\n"},
      {Import("", Identity(R"({id: "7", workspace: "B"})")), "error: Unusable workspace @\n"},
      {Import("", Identity(R"({id: "7", tracking_uri: "https://other.example"})")),
       "error: Identity of another server @\n"},
      {Import("", Identity(R"({id: "7", tracking_uri: "https://mlflow.example.com/prefix"})")),
       "error: Identity of another server @\n"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Summaries(c.outcome.diagnostics), c.summary);
    EXPECT_FALSE(c.outcome.state.has_value());
  }
  const auto other = Import("", Identity(R"({id: "7", tracking_uri: "https://u:canary@other.example"})"));
  EXPECT_THAT(Told(other.diagnostics), HasSubstr(kServer));
  EXPECT_THAT(Told(other.diagnostics), Not(HasSubstr("canary")));
}

TEST(MoveServerWebhookTest, TheOtherServicesWebhookIsNotTaken) {
  const auto moved = tfcpp::MoveState(ServerType(),
                                      {.source_provider = "registry.example.com/acme/mlflow",
                                       .source_type = "mlflow_webhook",
                                       .json = R"({"id": "7"})",
                                       .private_data = ""},
                                      tfcpp::DecodeStateJson);
  EXPECT_FALSE(moved.state.has_value());
  EXPECT_EQ(Summaries(moved.diagnostics), "error: This state cannot be moved @\n");
  EXPECT_THAT(Told(moved.diagnostics), HasSubstr("another service"));
  const auto back = tfcpp::MoveState(Webhook(),
                                     {.source_provider = "registry.example.com/acme/mlflow",
                                      .source_type = "mlflow_server_webhook",
                                      .source_version = 1,
                                      .json = R"({"id": "7"})",
                                      .private_data = ""},
                                     tfcpp::DecodeStateJson);
  EXPECT_FALSE(back.state.has_value());
  EXPECT_THAT(Told(back.diagnostics), HasSubstr("another service"));
}

}  // namespace
}  // namespace mlflow
