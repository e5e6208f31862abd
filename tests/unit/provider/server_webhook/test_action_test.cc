#include "provider/server_webhook/test_action.h"

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
using ::testing::Not;

constexpr char kUrl[] = "https://me:canary-user@hooks.example/T0-canary/B1?token=canary-query&x=1";

class ServerTestActionTest : public ServerInProcess {
 protected:
  ServerTestActionTest() { Configure(kServer); }

  // What the server says of the delivery.
  void Deliver(const std::string& result) {
    answer_ = [result](const HttpRequest& request) {
      if (request.method == tfcpp::rest::Method::kGet) {
        return Has(RecordedWebhook("7", "hook", kUrl));
      }
      return Said(200, tfcpp::Concat(R"({"result": )", result, "}"));
    };
  }
  // Lines of progress, then the errors.
  std::vector<std::string> Invoke(std::string_view config) {
    std::vector<std::string> seen;
    const auto diagnostics = service_->actions.at(kServerWebhookTestTypeName)
                                 ->Invoke(context_, tfcpp::V(config, ServerWebhookTestType().schema.ImpliedType()),
                                          [&seen](const std::string& line) { seen.push_back(line); });
    for (const auto& item : diagnostics.items())
      seen.push_back(tfcpp::Concat("error: ", item.summary, ": ", item.detail));
    return seen;
  }
};

TEST_F(ServerTestActionTest, ReportsWhatTheTargetAnswered) {
  Deliver(R"({"success": true, "response_status": 202, "response_body": "queued\r\nfor\u0007 later"})");
  EXPECT_THAT(Invoke(R"({webhook_id: "7", event: "model_version_alias.created"})"),
              ElementsAre("Sending a real test delivery of webhook 7: model_version_alias.created",
                          "The target answered 202: queued  for\xef\xbf\xbd later"));
  EXPECT_THAT(transport_->requests.back().body, HasSubstr(R"({"entity":"MODEL_VERSION_ALIAS","action":"CREATED"})"));
  Deliver(R"({"success": true, "response_status": 200})");
  EXPECT_THAT(Invoke(R"({webhook_id: "7"})"),
              ElementsAre("Sending a real test delivery of webhook 7", "The target answered 200"));
  EXPECT_EQ(transport_->requests.back().body, "{}");
  EXPECT_EQ(transport_->requests.back().time_limit, std::chrono::seconds(180));
}

TEST_F(ServerTestActionTest, ShowsFiveHundredCharactersOfTheAnswer) {
  Deliver(
      tfcpp::Concat(R"({"success": false, "response_status": 500, "response_body": ")", std::string(600, 'x'), "\"}"));
  const auto seen = Invoke(R"({webhook_id: "7"})");
  ASSERT_EQ(seen.size(), 3u);
  for (const std::string& line : {seen[1], seen[2]}) {
    EXPECT_THAT(line, HasSubstr(std::string(500, 'x')));
    EXPECT_THAT(line, Not(HasSubstr(std::string(501, 'x'))));
    EXPECT_THAT(line, HasSubstr("(100 more bytes)"));
  }
}

TEST_F(ServerTestActionTest, JudgesTheStatus) {
  const struct {
    const char* answer;
    const char* expect;
    const char* error;  // empty: as expected
  } rows[] = {
      {"200", "null", ""},
      {"299", "null", ""},
      {"302", "null", "302 instead of 200 to 299"},  // a success to the server
      {"500", "null", "500 instead of 200 to 299"},
      {"500", "500", ""},
      {"200", "204", "200 instead of 204"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.answer);
    Deliver(tfcpp::Concat(R"({"success": true, "response_status": )", row.answer, R"(, "response_body": "why"})"));
    const auto seen = Invoke(tfcpp::Concat(R"({webhook_id: "7", expect_status: )", row.expect, "}"));
    ASSERT_EQ(seen.size(), *row.error == '\0' ? 2u : 3u);
    if (*row.error != '\0') {
      EXPECT_THAT(seen[2], HasSubstr(row.error));
      EXPECT_THAT(seen[2], HasSubstr("why"));
    }
  }
}

// Recorded from MLflow 3.17.2. A chat service's path is a secret, and errors and targets quote it.
TEST_F(ServerTestActionTest, ShowsNothingOfTheUrlBehindItsHost) {
  const struct {
    const char* member;
    const char* text;
    const char* says;
  } rows[] = {
      {"error_message",
       "Failed to test webhook: ConnectionError(MaxRetryError('_SSRFProtectedHTTPConnectionPool(host='hooks.example', "
       "port=9): Max retries exceeded with url: /T0-canary/B1?token=canary-query&x=1 (Caused by "
       "NewConnectionError(Failed to establish a new connection: [Errno 111] Connection refused)",
       "Connection refused"},
      {"error_message", "Failed to test webhook: x with url: /T0-canary/'canary (Caused by y)", "Caused by y"},
      {"response_body", "Cannot POST /T0-canary/B1?token=canary-query&x=1", "Cannot POST"},
      {"response_body", "no such token: canary-query", "no such token"},
      {"response_body", "me:canary-user", "404"},
  };
  for (const auto& row : rows) {
    const bool answered = std::string_view(row.member) == "response_body";
    Deliver(tfcpp::Concat(R"({"success": false, )", answered ? R"("response_status": 404, )" : "", "\"", row.member,
                          "\": \"", row.text, "\"}"));
    const auto seen = Invoke(R"({webhook_id: "7"})");
    ASSERT_EQ(seen.size(), answered ? 3u : 2u);
    EXPECT_THAT(seen.back(), HasSubstr(row.says));
    for (const std::string& line : seen) EXPECT_THAT(line, Not(HasSubstr("canary")));
  }
}

TEST_F(ServerTestActionTest, WhatIsNotThereIsNotTested) {
  answer_ = [](const HttpRequest& request) { return IsListing(request) ? Lists({}) : Missing(); };
  EXPECT_THAT(Invoke(R"({webhook_id: "7"})"), ElementsAre(HasSubstr("error: Webhook does not exist: ")));
  answer_ = [](const HttpRequest&) { return Said(403, "Permission denied", "text/html"); };
  EXPECT_THAT(Invoke(R"({webhook_id: "7"})"), ElementsAre(HasSubstr("error: Cannot test the webhook: ")));
}

TEST_F(ServerTestActionTest, TestsInTheWorkspaceThatIsMeant) {
  Configure(kServer, "team-a");
  Deliver(R"({"success": true, "response_status": 200})");
  Invoke(R"({webhook_id: "7"})");
  EXPECT_EQ(WorkspaceIn(transport_->requests.back()), "team-a");
  Invoke(R"({webhook_id: "7", workspace: "team-b"})");
  EXPECT_EQ(WorkspaceIn(transport_->requests.back()), "team-b");
}

TEST_F(ServerTestActionTest, ConfigurationsAreChecked) {
  const tfcpp::ActionType type = ServerWebhookTestType();
  const struct {
    const char* config;
    const char* error;  // empty: none
  } rows[] = {
      {R"({webhook_id: ?, event: ?, workspace: ?, expect_status: ?})", ""},
      {R"({webhook_id: "7", event: "entity.new"})", ""},  // a newer server may know it
      {R"({webhook_id: ""})", "error: Too short a text in webhook_id @webhook_id\n"},
      {R"({webhook_id: "7", event: "MODEL_VERSION_CREATED"})", "error: Event of another service @event\n"},
      {R"({webhook_id: "7", event: "COMMENT_CREATED"})", "error: Event of another service @event\n"},
      {R"({webhook_id: "7", event: "Prompt.Created"})", "error: Misspelt event name @event\n"},
      {R"({webhook_id: "7", event: "prompt"})", "error: Malformed event name @event\n"},
      {R"({webhook_id: "7", workspace: "A"})", "error: Unusable workspace @workspace\n"},
      {R"({webhook_id: "7", expect_status: 600})", "error: Value of expect_status is out of range @expect_status\n"},
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
