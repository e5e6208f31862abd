// The data sources mlflow_server_webhook and mlflow_server_webhooks over recorded answers.
#include "provider/server_webhook/data_sources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/framework/validate.h"
#include "tfcpp/testing/value_matchers.h"
#include "unit/provider/server_webhook/recorded_webhook.h"
#include "unit/provider/server_webhook/server_in_process.h"

namespace mlflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tfcpp::DataOutcome;
using tfcpp::Value;

const std::string kOne = RecordedWebhook("b", "one", "https://one.example/x", R"("status": "DISABLED")");
const std::string kTwo =
    RecordedWebhook("a", "two", "https://two.example/", R"("description": "d", "status": "ACTIVE")");
// Names may repeat.
const std::string kThree = RecordedWebhook("c", "two", "https://one.example/y");

class ServerDataSourcesTest : public ServerInProcess {
 protected:
  ServerDataSourcesTest() {
    Configure(kServer);
    answer_ = [](const HttpRequest& request) {
      if (IsListing(request)) return Lists({kOne, kTwo, kThree});
      return request.url.ends_with("/b") ? Has(kOne) : Missing();
    };
  }
  DataOutcome Read(const tfcpp::DataSourceType& type, std::string_view config) {
    return service_->data_sources.at(type.name)->Read(context_, tfcpp::V(config, type.schema.ImpliedType()));
  }
  std::vector<std::string> Ids(std::string_view config) {
    const DataOutcome outcome = Read(ServerWebhooksDataType(), config);
    std::vector<std::string> ids;
    EXPECT_TRUE(outcome.diagnostics.empty()) << Summaries(outcome.diagnostics);
    for (const Value& webhook : outcome.state->Get("webhooks").Elements()) ids.push_back(webhook.Get("id").AsString());
    return ids;
  }
  static std::string Error(const DataOutcome& outcome) {
    EXPECT_FALSE(outcome.state.has_value());
    EXPECT_EQ(outcome.diagnostics.items().size(), 1u);
    return tfcpp::Concat(outcome.diagnostics.items().at(0).summary, ": ", outcome.diagnostics.items().at(0).detail);
  }
};

TEST_F(ServerDataSourcesTest, ListWhatFitsSortedById) {
  EXPECT_THAT(Ids("{}"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Ids(R"({name: "two"})"), ElementsAre("a", "c"));
  EXPECT_THAT(Ids(R"({events: ["model_version.created", "prompt.created"]})"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Ids(R"({events: ["prompt.created"]})"), ElementsAre());
  EXPECT_THAT(Ids(R"({status: "ACTIVE"})"), ElementsAre("a", "c"));
  EXPECT_THAT(Ids(R"({url_prefix: "https://one.example/"})"), ElementsAre("b", "c"));
  EXPECT_THAT(Ids(R"({name: "two", url_prefix: "https://one.example/", status: "ACTIVE"})"), ElementsAre("c"));
}

TEST_F(ServerDataSourcesTest, OneByItsIdOrByANameThatNoOtherHas) {
  for (const char* by : {R"({id: "b"})", R"({name: "one"})"}) {
    const DataOutcome outcome = Read(ServerWebhookDataType(), by);
    ASSERT_TRUE(outcome.state.has_value()) << Summaries(outcome.diagnostics);
    EXPECT_EQ(*outcome.state, tfcpp::V(R"({created_at: "2025-12-31T23:59:59.042Z", description: "",
                                           events: ["model_version.created"], id: "b", name: "one", status: "DISABLED",
                                           updated_at: "2025-12-31T23:59:59.043Z", url: "https://one.example/x"})",
                                       ServerWebhookDataType().schema.ImpliedType()));
  }
}

TEST_F(ServerDataSourcesTest, SayWhatIsNotThereOrNotOne) {
  EXPECT_THAT(Error(Read(ServerWebhookDataType(), R"({id: "x"})")), HasSubstr(kServer));
  EXPECT_THAT(Error(Read(ServerWebhookDataType(), R"({name: "three"})")),
              HasSubstr("no webhook with the name \"three\""));
  EXPECT_THAT(Error(Read(ServerWebhookDataType(), R"({name: "two"})")), HasSubstr("a, c"));
}

// An entry that cannot be read might be the one, or another of its name.
TEST_F(ServerDataSourcesTest, ANameIsNotLookedUpAmongWhatCannotBeRead) {
  const struct {
    const char* entry;
    bool unclear;
  } rows[] = {
      {R"({"webhook_id": "m", "name": "one"})", true},
      {R"({"webhook_id": "m", "name": 5})", true},
      {R"({"webhook_id": "m"})", true},
      {R"({"name": "one"})", true},
      {"{}", true},
      {"7", true},
      {R"({"webhook_id": "m", "name": "other"})", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.entry);
    answer_ = [&](const HttpRequest&) { return Lists({kOne, row.entry}); };
    const DataOutcome outcome = Read(ServerWebhookDataType(), R"({name: "one"})");
    EXPECT_EQ(outcome.state.has_value(), !row.unclear);
    if (row.unclear) {
      EXPECT_THAT(Error(outcome), HasSubstr("Use id"));
    }
    const DataOutcome listed = Read(ServerWebhooksDataType(), "{}");
    EXPECT_EQ(listed.state->Get("webhooks").Elements().size(), 1u);
    EXPECT_EQ(Summaries(listed.diagnostics), "warning: Webhooks that cannot be read @\n");
  }
}

TEST_F(ServerDataSourcesTest, LookIntoTheWorkspaceThatIsMeant) {
  const struct {
    const char* of_provider;
    const char* config;
    const char* asked;
  } rows[] = {{"", "null", ""},
              {"team-a", "null", "team-a"},
              {"team-a", R"("team-b")", "team-b"},
              {"", R"("team-b")", "team-b"}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.asked);
    Configure(kServer, row.of_provider);
    answer_ = [](const HttpRequest& request) {
      if (request.url.find("server-info") != std::string::npos) return Said(200, R"({"workspaces_enabled": true})");
      return IsListing(request) ? Lists({kOne}) : Has(kOne);
    };
    for (const char* by : {R"(id: "b")", R"(name: "one")"}) {
      const DataOutcome outcome =
          Read(ServerWebhookDataType(), tfcpp::Concat("{", by, ", workspace: ", row.config, "}"));
      ASSERT_TRUE(outcome.state.has_value()) << Summaries(outcome.diagnostics);
      EXPECT_EQ(outcome.state->Get("workspace").ToString(), row.config);
      EXPECT_EQ(WorkspaceIn(transport_->requests.back()), row.asked);
    }
    EXPECT_TRUE(Read(ServerWebhooksDataType(), tfcpp::Concat("{workspace: ", row.config, "}")).state.has_value());
    EXPECT_EQ(WorkspaceIn(transport_->requests.back()), row.asked);
  }
}

// Servers before MLflow 3.10 ignore which workspace is meant, and would show what is in their only one.
TEST_F(ServerDataSourcesTest, AServerWithoutWorkspacesHasNoneToLookInto) {
  answer_ = [](const HttpRequest& request) {
    if (request.url.find("server-info") != std::string::npos) return Page(404);
    return IsListing(request) ? Lists({kOne}) : Has(kOne);
  };
  EXPECT_THAT(Error(Read(ServerWebhooksDataType(), R"({workspace: "team-a"})")), HasSubstr("no workspaces"));
  EXPECT_THAT(Error(Read(ServerWebhookDataType(), R"({name: "one", workspace: "team-a"})")),
              HasSubstr("no workspaces"));
}

TEST_F(ServerDataSourcesTest, AListingIsCompleteOrAnError) {
  for (const HttpResponse& response : {Page(500), Said(200, R"({"webhooks": [], "next_page_token": "again"})"),
                                       Said(200, R"({"webhooks": 7})"), Page(404)}) {
    answer_ = [&](const HttpRequest&) { return response; };
    EXPECT_THAT(Error(Read(ServerWebhooksDataType(), "{}")), HasSubstr("Cannot list the webhooks"));
    EXPECT_THAT(Error(Read(ServerWebhookDataType(), R"({name: "one"})")), HasSubstr("Cannot look up the webhook"));
  }
}

TEST_F(ServerDataSourcesTest, HaveEveryAttributeOfTheResource) {
  const tfcpp::DataSourceType one = ServerWebhookDataType();
  const tfcpp::DataSourceType all = ServerWebhooksDataType();
  const auto& nested = all.schema.Find("webhooks")->nested()->attributes;
  for (const tfcpp::Attribute& attribute : ServerWebhookSchema().attributes) {
    const bool belongs = !attribute.secret() && attribute.name.find("_wo_version") == std::string::npos;
    EXPECT_EQ(one.schema.Find(attribute.name) != nullptr, belongs) << attribute.name;
    // The workspace is said by whoever lists.
    const bool listed = std::any_of(nested.begin(), nested.end(),
                                    [&](const tfcpp::Attribute& other) { return other.name == attribute.name; });
    EXPECT_EQ(listed, belongs && attribute.name != "workspace") << attribute.name;
  }
}

TEST_F(ServerDataSourcesTest, ConfigurationsAreChecked) {
  const tfcpp::DataSourceType one = ServerWebhookDataType();
  const tfcpp::DataSourceType all = ServerWebhooksDataType();
  const struct {
    const tfcpp::DataSourceType& type;
    const char* config;
    const char* error;  // empty: none
  } rows[] = {
      {one, R"({id: "a"})", ""},
      {one, R"({name: "a"})", ""},
      {one, R"({id: ?})", ""},
      {one, R"({id: ?, name: ?})", ""},
      {one, R"({id: ?, name: "a"})", ""},
      {one, "{}", "error: Nothing to look the webhook up by @\n"},
      {one, R"({id: "a", name: "b"})", "error: Two ways to look the webhook up @name\n"},
      {one, R"({id: ""})", "error: Too short a text in id @id\n"},
      {one, R"({name: "-"})", "error: Unusable name @name\n"},
      {one, R"({id: "a", workspace: "Team"})", "error: Unusable workspace @workspace\n"},
      {all, "{}", ""},
      {all, R"({name: ?, events: ?, status: ?, url_prefix: ?, workspace: ?})", ""},
      {all, "{events: []}", "error: Too few elements in events @events\n"},
      {all, R"({events: ["MODEL_VERSION_CREATED"]})", "error: Event of another service @events\n"},
      {all, R"({events: ["Model_Version.created"]})", "error: Misspelt event name @events\n"},
      {all, R"({status: "active"})", "error: Unknown value of status @status\n"},
      {all, R"({url_prefix: ""})", "error: Too short a text in url_prefix @url_prefix\n"},
      {all, R"({workspace: ""})", "error: Unusable workspace @workspace\n"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Summaries(tfcpp::ValidateConfig(row.type.schema, row.type.config_validators,
                                              tfcpp::V(row.config, row.type.schema.ImpliedType()), {})),
              row.error)
        << row.config;
  }
}

}  // namespace
}  // namespace mlflow
