// Webhooks that exist already: import by id and by identity, states of databricks_mlflow_webhook taken over.
#include "provider/registry_webhook/adopt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "provider/registry_webhook/facts.h"
#include "tfcpp/codec/state_json.h"
#include "tfcpp/framework/move.h"
#include "unit/provider/registry_webhook/cases.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

tfcpp::Outcome Import(std::string id, std::optional<tfcpp::Value> identity = std::nullopt,
                      std::string workspace = "https://ws.example") {
  const tfcpp::Facts facts = ToFacts({.workspace = std::move(workspace)});
  return ImportWebhook({.id = std::move(id), .identity = std::move(identity), .facts = facts});
}

tfcpp::Value Identity(std::string_view text) { return tfcpp::V(text, Webhook().identity->ImpliedType()); }

TEST(ImportWebhookTest, ByIdByModelAndByIdentity) {
  EXPECT_EQ(*Import("7").state, Config(R"({id: "7"})"));
  EXPECT_EQ(*Import("churn/7").state, Config(R"({id: "7", model_name: "churn"})"));
  EXPECT_EQ(*Import("", Identity(R"({id: "7"})")).state, Config(R"({id: "7"})"));
  EXPECT_EQ(*Import("", Identity(R"({host: "https://WS.example/", id: "7", model_name: "churn"})")).state,
            Config(R"({id: "7", model_name: "churn"})"));
}

TEST(ImportWebhookTest, RefusesNoIdAndAnotherHost) {
  EXPECT_EQ(Summaries(Import("").diagnostics), "error: Import needs an id @\n");
  EXPECT_EQ(Summaries(Import("churn/").diagnostics), "error: Import needs an id @\n");
  const auto other = Import("", Identity(R"({host: "https://other.example", id: "7"})"));
  EXPECT_FALSE(other.state.has_value());
  EXPECT_EQ(Summaries(other.diagnostics), "error: Identity of another workspace @\n");
  EXPECT_THAT(other.diagnostics.items()[0].detail, HasSubstr("https://ws.example"));
}

TEST(ImportWebhookTest, ShowsOfAnotherHostWhatMayBeShown) {
  const auto told = [](const std::string& host) {
    const auto outcome = Import("", Identity(R"({host: ")" + host + R"(", id: "7"})"));
    return outcome.diagnostics.items().at(0).detail;
  };
  EXPECT_THAT(told("https://user:hunter2pass@other.example"), Not(HasSubstr("hunter2")));
  EXPECT_LT(told(std::string(6000, 'x')).size(), 500u);
}

// A workspace on Azure may be known by its resource id only, which is then the host of its identities.
TEST(ImportWebhookTest, ComparesOnlyNamesOfOneKind) {
  const std::string id = "/subscriptions/S/resourceGroups/g/providers/Microsoft.Databricks/workspaces/w";
  const struct {
    std::string workspace;
    std::string named;
    bool taken;
  } kCases[] = {
      {id, id, true},
      {id, "/SUBSCRIPTIONS/s/resourcegroups/g/providers/Microsoft.Databricks/workspaces/w", true},
      {id, id.substr(1), true},
      {id.substr(1), id, true},
      {id, "/subscriptions/other", false},
      {id, "https://adb-1.2.azuredatabricks.net", true},
      {id, "adb-1.2.azuredatabricks.net", true},
      {id, "no host", false},
      {"https://adb-1.2.azuredatabricks.net", id, true},
      {"https://ws.example", "https://WS.example/", true},
      {"https://ws.example", "https://other.example", false},
      {"https://ws.example", "", true},  // blanks count as unset, as everywhere
      {"https://ws.example", "  ", true},
  };
  for (const auto& c : kCases) {
    const auto outcome = Import("", Identity(R"({host: ")" + c.named + R"(", id: "7"})"), c.workspace);
    ASSERT_EQ(outcome.state.has_value(), c.taken) << c.workspace << " " << c.named;
    if (c.taken) {
      EXPECT_EQ(outcome.identity->Get("host").AsString(), c.workspace);
    } else {
      EXPECT_EQ(Summaries(outcome.diagnostics), "error: Identity of another workspace @\n");
    }
  }
}

tfcpp::Outcome Move(std::string_view json, std::string_view type = "databricks_mlflow_webhook",
                    std::string_view provider = "registry.terraform.io/databricks/databricks",
                    std::int64_t version = 0) {
  const std::string private_data = "theirs";
  return tfcpp::MoveState(Webhook(),
                          {.source_provider = provider,
                           .source_type = type,
                           .source_version = version,
                           .json = json,
                           .private_data = private_data},
                          tfcpp::DecodeStateJson);
}

TEST(MoveWebhookTest, ListsOfOneBecomeObjectsAndEmptySecretsNull) {
  const struct {
    const char* json;
    const char* state;
  } kCases[] = {
      {R"({"id": "7", "events": ["COMMENT_CREATED"], "model_name": "churn", "description": "d", "status": "ACTIVE",
           "http_url_spec": [{"url": "https://x", "enable_ssl_verification": true, "authorization": "h",
           "secret": ""}], "job_spec": []})",
       R"({id: "7", model_name: "churn", http_url_spec: {url: "https://x", enable_ssl_verification: true,
           authorization_header: "h"}})"},
      {R"({"id": "7", "model_name": "", "http_url_spec": null,
           "job_spec": [{"job_id": "42", "access_token": "t", "workspace_url": ""}]})",
       R"({id: "7", job_spec: {job_id: "42", access_token: "t"}})"},
      {R"({"id": "7"})", R"({id: "7"})"},
  };
  for (const auto& c : kCases) {
    for (const char* provider :
         {"registry.terraform.io/databricks/databricks", "registry.opentofu.org/databricks/databricks"}) {
      const tfcpp::Outcome moved = Move(c.json, "databricks_mlflow_webhook", provider);
      ASSERT_TRUE(moved.state.has_value()) << Summaries(moved.diagnostics);
      EXPECT_EQ(*moved.state, Config(c.state));
    }
  }
}

TEST(MoveWebhookTest, TheSameTypeOfAnotherAddressIsTakenAsItIs) {
  const tfcpp::Outcome moved = Move(R"({"id": "7", "status": "ACTIVE"})", kWebhookTypeName, "example.com/other/mlflow");
  ASSERT_TRUE(moved.state.has_value()) << Summaries(moved.diagnostics);
  EXPECT_EQ(*moved.state, Config(R"({id: "7", status: "ACTIVE"})"));
  EXPECT_EQ(moved.private_data, "theirs");
}

TEST(MoveWebhookTest, RefusesAnythingElseAndSaysWhatCanBeMoved) {
  const tfcpp::Outcome refused[] = {
      Move(R"({"id": "7"})", "databricks_job"),
      Move(R"({"id": "7"})", "databricks_mlflow_webhook", "registry.terraform.io/other/databricks"),
      Move(R"({"id": "7"})", "databricks_mlflow_webhook", "registry.terraform.io/databricks/databricks", 1),
  };
  for (const tfcpp::Outcome& outcome : refused) {
    EXPECT_FALSE(outcome.state.has_value());
    ASSERT_TRUE(outcome.diagnostics.has_error());
    EXPECT_THAT(outcome.diagnostics.items()[0].detail, HasSubstr("databricks_mlflow_webhook (schema version 0)"));
  }
  EXPECT_TRUE(Move("{}").diagnostics.has_error());
  EXPECT_TRUE(Move("[1]").diagnostics.has_error());
  EXPECT_TRUE(Move("{").diagnostics.has_error());
}

}  // namespace
}  // namespace mlflow
