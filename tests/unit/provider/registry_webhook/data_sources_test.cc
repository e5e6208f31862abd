// The data sources mlflow_webhook and mlflow_webhooks over a workspace in process.
#include "provider/registry_webhook/data_sources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/framework/validate.h"
#include "unit/provider/registry_webhook/cases.h"
#include "unit/provider/registry_webhook/in_process.h"

namespace mlflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tfcpp::DataOutcome;
using tfcpp::Value;

workspace::Webhook Http(std::string id, std::string model_name, std::string url) {
  return {.id = std::move(id),
          .events = {"COMMENT_CREATED"},
          .model_name = std::move(model_name),
          .description = "",
          .http_url_spec = workspace::HttpUrlSpec{.url = std::move(url), .authorization = "canary", .secret = "canary"},
          .creation_timestamp = 1767225599042,
          .last_updated_timestamp = 1767225599043};
}

class DataSourcesTest : public InProcess {
 protected:
  DataSourcesTest() {
    workspace::Webhook job{.id = "a",
                           .events = {"MODEL_VERSION_CREATED", "COMMENT_CREATED"},
                           .model_name = "churn",
                           .description = "retrain",
                           .status = "TEST_MODE",
                           .job_spec = workspace::JobSpec{"42", "canary", ""}};
    space_.set_webhooks({Http("d", "", "https://one.example/x"), Http("c", "churn", "https://two.example/"), job,
                         Http("b", "fraud", "https://one.example/y")});
    workspace::Settings settings;
    settings.page_size = 2;
    space_.set_settings(settings);
  }

  DataOutcome Read(const tfcpp::DataSourceType& type, std::string_view config) {
    return service_->data_sources.at(type.name)->Read(context_, tfcpp::V(config, type.schema.ImpliedType()));
  }
  std::vector<std::string> Ids(std::string_view config) {
    const DataOutcome outcome = Read(WebhooksDataType(), config);
    std::vector<std::string> ids;
    EXPECT_TRUE(outcome.diagnostics.empty()) << Summaries(outcome.diagnostics);
    for (const Value& webhook : outcome.state->Get("webhooks").Elements()) ids.push_back(webhook.Get("id").AsString());
    return ids;
  }
  static std::string Error(const DataOutcome& outcome) {
    EXPECT_FALSE(outcome.state.has_value());
    EXPECT_EQ(outcome.diagnostics.items().size(), 1u);
    return outcome.diagnostics.items().at(0).detail;
  }
};

TEST_F(DataSourcesTest, ListsWhatFitsSortedById) {
  EXPECT_THAT(Ids("{}"), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(Ids(R"({model_name: "churn"})"), ElementsAre("a", "c"));
  EXPECT_THAT(Ids(R"({events: ["MODEL_VERSION_CREATED", "MODEL_VERSION_TAG_SET"]})"), ElementsAre("a"));
  EXPECT_THAT(Ids(R"({status: "ACTIVE"})"), ElementsAre("b", "c", "d"));
  EXPECT_THAT(Ids(R"({target: "job"})"), ElementsAre("a"));
  EXPECT_THAT(Ids(R"({target: "http"})"), ElementsAre("b", "c", "d"));
  EXPECT_THAT(Ids(R"({url_prefix: "https://one.example/"})"), ElementsAre("b", "d"));
  EXPECT_THAT(Ids(R"({model_name: "fraud", url_prefix: "https://one.example/", status: "ACTIVE"})"), ElementsAre("b"));
  EXPECT_THAT(Ids(R"({model_name: "fraud", status: "DISABLED"})"), ElementsAre());
}

// What the service leaves out has its documented default, for filters too.
TEST_F(DataSourcesTest, AnAbsentStatusIsActive) {
  workspace::Settings settings;
  settings.odd_members["d"] = {{"status", tfcpp::Json::Null()}};
  space_.set_settings(settings);
  EXPECT_THAT(Ids(R"({status: "ACTIVE"})"), ElementsAre("b", "c", "d"));
}

TEST_F(DataSourcesTest, TellsAllButSecrets) {
  const DataOutcome outcome = Read(WebhookDataType(), R"({id: "a"})");
  ASSERT_TRUE(outcome.state.has_value()) << Summaries(outcome.diagnostics);
  EXPECT_EQ(*outcome.state, tfcpp::V(R"({description: "retrain", events: ["COMMENT_CREATED", "MODEL_VERSION_CREATED"],
                                         id: "a", job_spec: {job_id: "42"}, model_name: "churn",
                                         registry_webhook: false, status: "TEST_MODE"})",
                                     WebhookDataType().schema.ImpliedType()));
  EXPECT_EQ(Read(WebhookDataType(), R"({id: "c", model_name: "churn"})").state->Get("http_url_spec").ToString(),
            R"({enable_ssl_verification: true, url: "https://two.example/"})");
}

// What the resource gets, the data sources have too, unless it is a secret or only says when to send one.
TEST_F(DataSourcesTest, HaveEveryAttributeOfTheResource) {
  const auto belongs = [](const tfcpp::Attribute& attribute) {
    return !attribute.secret() && attribute.name.find("_wo_version") == std::string::npos;
  };
  const tfcpp::Schema data{.attributes = tfcpp::fields::DataAttributesOf(tfcpp::fields::FieldsOf<RegistryWebhook>())};
  for (const tfcpp::Attribute& attribute : Webhook().schema.attributes) {
    if (!belongs(attribute)) continue;
    const tfcpp::Path path(attribute.name);
    EXPECT_NE(data.Find(path), nullptr) << attribute.name;
    if (attribute.nested() == nullptr) continue;
    for (const tfcpp::Attribute& member : attribute.nested()->attributes) {
      EXPECT_EQ(data.Find(path.Attribute(member.name)) != nullptr, belongs(member)) << member.name;
    }
  }
}

TEST_F(DataSourcesTest, SayWhatDoesNotExist) {
  EXPECT_THAT(Error(Read(WebhookDataType(), R"({id: "nothing"})")), HasSubstr(kHost));
  EXPECT_THAT(Error(Read(WebhookDataType(), R"({id: "b", model_name: "churn"})")), HasSubstr("\"churn\""));
  workspace::Settings settings;
  settings.models = {"churn"};
  space_.set_settings(settings);
  EXPECT_THAT(Error(Read(WebhooksDataType(), R"({model_name: "chrun"})")), HasSubstr("chrun"));
}

TEST_F(DataSourcesTest, AListingIsCompleteOrAnError) {
  int calls = 0;
  intercept_ = [&calls](const tfcpp::rest::HttpRequest&) -> std::optional<tfcpp::Result<HttpResponse>> {
    if (++calls < 2) return std::nullopt;
    return HttpResponse{.status = 500, .headers = {}, .body = ""};
  };
  EXPECT_THAT(Error(Read(WebhooksDataType(), "{}")), HasSubstr("500"));
  intercept_ = [](const tfcpp::rest::HttpRequest&) {
    return HttpResponse{.status = 200, .headers = {}, .body = R"({"webhooks": [], "next_page_token": "again"})"};
  };
  EXPECT_THAT(Error(Read(WebhooksDataType(), "{}")), HasSubstr("no end"));
}

TEST_F(DataSourcesTest, WhoMayNotListIsToldHowTo) {
  workspace::Settings settings;
  settings.users = {{"dapi", {.admin = false, .models = {"churn"}}}};
  space_.set_settings(settings);
  EXPECT_THAT(Error(Read(WebhooksDataType(), "{}")), HasSubstr("Set model_name"));
  EXPECT_THAT(Error(Read(WebhookDataType(), R"({id: "a"})")), HasSubstr("Set model_name"));
  EXPECT_THAT(Ids(R"({model_name: "churn"})"), ElementsAre("a", "c"));
  EXPECT_TRUE(Read(WebhookDataType(), R"({id: "a", model_name: "churn"})").state.has_value());
}

TEST_F(DataSourcesTest, FiltersAreChecked) {
  const tfcpp::DataSourceType type = WebhooksDataType();
  const struct {
    const char* config;
    const char* error;  // empty: none
  } rows[] = {
      {"{}", ""},
      {R"({model_name: ?, events: ?, status: ?, target: ?, url_prefix: ?})", ""},
      {R"({events: []})", "error: Too few elements in events @events\n"},
      {R"({events: ["comment_created"]})", "error: Misspelt event name @events\n"},
      {R"({target: "job", url_prefix: ?})", ""},
      {R"({target: "job", url_prefix: "https://x"})", "error: Filters that nothing can fit @target\n"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Summaries(tfcpp::ValidateConfig(type.schema, type.config_validators,
                                              tfcpp::V(row.config, type.schema.ImpliedType()), {})),
              row.error)
        << row.config;
  }
}

}  // namespace
}  // namespace mlflow
