#include "provider/registry_webhook/test_action.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "unit/provider/registry_webhook/cases.h"
#include "unit/provider/registry_webhook/in_process.h"

namespace mlflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TestActionTest : public InProcess {
 protected:
  // The target answers so.
  void Answer(const std::string& json) {
    intercept_ = [json](const tfcpp::rest::HttpRequest&) {
      return HttpResponse{.status = 200, .headers = {}, .body = json};
    };
  }
  // Lines of progress, then the errors' details.
  std::vector<std::string> Invoke(std::string_view config) {
    std::vector<std::string> seen;
    const auto diagnostics = service_->actions.at(kWebhookTestTypeName)
                                 ->Invoke(context_, tfcpp::V(config, WebhookTestType().schema.ImpliedType()),
                                          [&seen](const std::string& line) { seen.push_back(line); });
    for (const auto& item : diagnostics.items()) seen.push_back("error: " + item.detail);
    return seen;
  }
};

TEST_F(TestActionTest, ReportsWhatTheTargetAnswered) {
  Answer(R"({"status_code": 202, "body": "queued\r\nfor\u0007 later"})");
  EXPECT_THAT(Invoke(R"({webhook_id: "7", event: "COMMENT_CREATED"})"),
              ElementsAre("Sending a test delivery of webhook 7: COMMENT_CREATED",
                          "The target answered 202: queued  for\xef\xbf\xbd later"));
  Answer(R"({"status_code": 200})");
  EXPECT_THAT(Invoke(R"({webhook_id: "7"})"),
              ElementsAre("Sending a test delivery of webhook 7", "The target answered 200"));
}

TEST_F(TestActionTest, CutsALongAnswer) {
  Answer(R"({"status_code": 200, "body": ")" + std::string(10'000, 'x') + "\"}");
  const auto seen = Invoke(R"({webhook_id: "7"})");
  EXPECT_LT(seen.at(1).size(), 600u);
  EXPECT_THAT(seen.at(1), HasSubstr("more bytes"));
}

TEST_F(TestActionTest, JudgesTheStatus) {
  const struct {
    const char* answer;
    const char* expect;
    const char* error;  // empty: as expected
  } rows[] = {
      {"199", "null", "199 instead of 200 to 299"},
      {"200", "null", ""},
      {"299", "null", ""},
      {"300", "null", "300 instead of 200 to 299"},
      {"500", "null", "500 instead of 200 to 299"},
      {"500", "500", ""},
      {"200", "204", "200 instead of 204"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.answer);
    Answer(std::string(R"({"status_code": )") + row.answer + R"(, "body": "why"})");
    const auto seen = Invoke(std::string(R"({webhook_id: "7", expect_status: )") + row.expect + "}");
    EXPECT_EQ(seen.size(), *row.error == '\0' ? 2u : 3u);
    if (*row.error != '\0') {
      EXPECT_THAT(seen.at(2), HasSubstr(row.error));
      EXPECT_THAT(seen.at(2), HasSubstr("webhook 7"));
      EXPECT_THAT(seen.at(2), HasSubstr("why"));
    }
  }
}

TEST_F(TestActionTest, ARefusalOfTheServiceIsAnError) {
  EXPECT_THAT(Invoke(R"({webhook_id: "7"})"),
              ElementsAre("Sending a test delivery of webhook 7", HasSubstr("does not exist")));
}

}  // namespace
}  // namespace mlflow
