#include "provider/registry_webhook/list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "provider/registry_webhook/identity.h"
#include "unit/provider/registry_webhook/cases.h"
#include "unit/provider/registry_webhook/in_process.h"

namespace mlflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ListTest : public InProcess {
 protected:
  ListTest() {
    space_.set_webhooks(
        {{.id = "b",
          .events = {"MODEL_VERSION_CREATED", "COMMENT_CREATED"},
          .model_name = "",
          .description = "",
          .http_url_spec =
              workspace::HttpUrlSpec{.url = "https://hooks.example:8443/T0/canary", .authorization = "", .secret = ""}},
         {.id = "a",
          .events = {"COMMENT_CREATED"},
          .model_name = "churn",
          .description = "Retrain\nit",
          .job_spec = workspace::JobSpec{"42", "canary", ""}}});
  }
  // Names, then errors; stops after `most`.
  std::vector<std::string> List(std::string_view config, std::size_t most = 100, bool include_state = false) {
    std::vector<std::string> seen;
    const auto diagnostics =
        service_->lists.at(kWebhookTypeName)
            ->List(context_,
                   {.config = tfcpp::V(config, WebhookListType().schema.ImpliedType()), .include_state = include_state},
                   [&](const tfcpp::ListedResource& listed) {
                     seen.push_back(listed.display_name);
                     listed_ = listed;
                     return seen.size() < most;
                   });
    for (const auto& item : diagnostics.items()) seen.push_back("error: " + item.detail);
    return seen;
  }
  tfcpp::ListedResource listed_;
};

TEST_F(ListTest, NamesWhatPeopleRecogniseAndNoPathOfAUrl) {
  EXPECT_THAT(List("{}"), ElementsAre("Retrain it (churn, job 42)",
                                      "COMMENT_CREATED, MODEL_VERSION_CREATED (registry-wide, hooks.example:8443)"));
}

TEST_F(ListTest, FiltersAndStops) {
  EXPECT_THAT(List(R"({model_name: "churn"})"), ElementsAre(StartsWith("Retrain")));
  EXPECT_THAT(List(R"({target: "http", status: "DISABLED"})"), ElementsAre());
  EXPECT_THAT(List("{}", 1), ElementsAre(StartsWith("Retrain")));
}

TEST_F(ListTest, GivesIdentityAndState) {
  List(R"({target: "job"})");
  EXPECT_EQ(listed_.identity.ToString(), R"({host: "https://ws.example", id: "a", model_name: "churn"})");
  EXPECT_EQ(listed_.identity.type(), WebhookIdentitySchema().ImpliedType());
  EXPECT_FALSE(listed_.state.has_value());
  List(R"({target: "http"})", 100, true);
  EXPECT_EQ(listed_.identity.ToString(), R"({host: "https://ws.example", id: "b", model_name: null})");
  ASSERT_TRUE(listed_.state.has_value());
  EXPECT_EQ(listed_.state->type(), Webhook().schema.ImpliedType());
  EXPECT_TRUE(listed_.state->is_wholly_known());
}

TEST_F(ListTest, AListingIsCompleteOrAnError) {
  intercept_ = [](const tfcpp::rest::HttpRequest&) {
    return HttpResponse{.status = 403, .headers = {}, .body = R"({"error_code": "PERMISSION_DENIED"})"};
  };
  EXPECT_THAT(List("{}"), ElementsAre(HasSubstr("Set model_name")));
}

}  // namespace
}  // namespace mlflow
