#include "mlflow_server/server_webhooks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "mlflow_server/errors.h"
#include "support/scripted_transport.h"

namespace tfcpp::mlflow_server {
namespace {

using rest::Effect;
using rest::Method;
using test::Answer;
using test::ScriptedTransport;
using ::testing::HasSubstr;
using ::testing::Not;
using Outcome = Result<rest::HttpResponse>;

constexpr char kBase[] = "https://h/ml/api/2.0/mlflow/webhooks";
constexpr char kAnswered[] = R"({"webhook":{"webhook_id":"7","name":"n"}})";
const Outcome kPage = Answer(500, "<html>", {{"Content-Type", "text/html"}});

Config Configured() {
  Config config;
  config.tracking_uri = "https://h/ml";
  config.sources = {{"tracking_uri", "the provider block"}};
  return config;
}

struct Fixture {
  explicit Fixture(std::initializer_list<Outcome> outcomes) : transport(outcomes) {}
  explicit Fixture(const char* body) : Fixture({Outcome(Answer(200, body))}) {}
  const rest::HttpRequest& sent(std::size_t index = 0) const { return transport.requests.at(index); }
  std::string Header(const char* name) const { return rest::FindHeader(sent().headers, name).value_or("(none)"); }

  ScriptedTransport transport;
  NullLogger log;
  Context context{{}, log};
  Config config = Configured();
  rest::KnownSecrets secrets{{Secret("known-canary")}};
  rest::JsonClient client{transport, ServiceOf(config), secrets, [this](const auto& call, const auto& response) {
                            return ToError(config, call, response, secrets);
                          }};
  ServerWebhooks webhooks{client, {"name"}};
  std::vector<Json> taken;
  std::function<void(const Json&)> take = [this](const Json& entry) { taken.push_back(entry); };
};

std::string ReadName(const Json& webhook) { return webhook.FindString("name").has_value() ? "" : "name is missing"; }

// Every call, the answer that it takes, and what it sends.
struct Operation {
  const char* answer;
  std::function<Error(Fixture&, const std::string& workspace)> call;  // kCancelled: it succeeded
  Method method;
  const char* url;
  const char* body;
  Effect effect;
};
template <class T>
Error ErrorOf(const Result<T>& result) {
  return result.has_value() ? Error{.code = ErrorCode::kCancelled} : result.error();
}
const Operation kOperations[] = {
    {kAnswered,
     [](Fixture& f, const std::string& workspace) {
       return ErrorOf(f.webhooks.Create(f.context, workspace, {{"name", Json::String("n")}}, ReadName));
     },
     Method::kPost, kBase, R"({"name":"n"})", Effect::kCreates},
    {kAnswered,
     [](Fixture& f, const std::string& workspace) {
       return ErrorOf(f.webhooks.Get(f.context, workspace, "7", ReadName));
     },
     Method::kGet, "https://h/ml/api/2.0/mlflow/webhooks/7", "", Effect::kNone},
    {R"({"webhooks":[{"name":"n"}]})",
     [](Fixture& f, const std::string& workspace) {
       return ErrorOf(f.webhooks.ListPage(f.context, {.workspace = workspace, .page_token = "a=b"}, f.take));
     },
     Method::kGet, "https://h/ml/api/2.0/mlflow/webhooks?max_results=1000&page_token=a%3Db", "", Effect::kNone},
    {kAnswered,
     [](Fixture& f, const std::string& workspace) {
       return ErrorOf(f.webhooks.Update(f.context, workspace, "7", {{"status", Json::String("ACTIVE")}}, ReadName));
     },
     Method::kPatch, "https://h/ml/api/2.0/mlflow/webhooks/7", R"({"status":"ACTIVE"})", Effect::kIdempotent},
    {"{}",
     [](Fixture& f, const std::string& workspace) { return ErrorOf(f.webhooks.Delete(f.context, workspace, "7")); },
     Method::kDelete, "https://h/ml/api/2.0/mlflow/webhooks/7", "", Effect::kIdempotent},
};

TEST(ServerWebhooksTest, SendsWhatTheApiDocuments) {
  for (const Operation& each : kOperations) {
    SCOPED_TRACE(each.url);
    Fixture f(each.answer);
    EXPECT_EQ(each.call(f, "").code, ErrorCode::kCancelled);
    EXPECT_EQ(f.sent().method, each.method);
    EXPECT_EQ(f.sent().url, each.url);
    EXPECT_EQ(f.sent().body, each.body);
    EXPECT_EQ(f.sent().effect, each.effect);
    EXPECT_EQ(f.Header("Accept"), "application/json");
    EXPECT_EQ(f.Header("Content-Type"), each.method == Method::kGet ? "(none)" : "application/json");
    EXPECT_EQ(f.Header("Origin"), "(none)");
    EXPECT_EQ(f.Header("X-MLFLOW-WORKSPACE"), "(none)");
    Fixture in_workspace(each.answer);
    EXPECT_EQ(each.call(in_workspace, "team-a").code, ErrorCode::kCancelled);
    EXPECT_EQ(in_workspace.Header("X-MLFLOW-WORKSPACE"), "team-a");
  }
}

TEST(ServerWebhooksTest, AnAnswerOfAnotherFormIsAnErrorAndNothingIsConcluded) {
  for (const Operation& each : kOperations) {
    for (const char* body : {"", "[]", "null", R"({"other":1})", R"({"webhook":{"webhook_id":"8","name":"n"}} x)",
                             R"({"webhook":{"webhook_id":"7"}})", R"({"webhooks":{}})", R"({"error_code":"X"})",
                             R"({"next_page_token":1})", "not JSON"}) {
      Fixture f(body);
      EXPECT_EQ(each.call(f, "").code, ErrorCode::kMalformed) << each.url << " " << body;
      EXPECT_TRUE(f.taken.empty()) << body;
    }
  }
}

TEST(ServerWebhooksTest, AnAnswerAboutAnotherWebhookIsAnError) {
  Fixture f(R"({"webhook":{"webhook_id":"8","name":"n"}})");
  const auto got = f.webhooks.Get(f.context, "", "7", ReadName);
  ASSERT_FALSE(got.has_value());
  EXPECT_THAT(got.error().message, HasSubstr("it is about the webhook 8 instead of 7"));
}

TEST(ServerWebhooksTest, IdsStayWithinTheirPath) {
  Fixture f(R"({"webhook":{"webhook_id":"a#b?c","name":"n"}})");
  EXPECT_TRUE(f.webhooks.Get(f.context, "", "a#b?c", ReadName).has_value());
  EXPECT_EQ(f.sent().url, std::string(kBase) + "/a%23b%3Fc");
  // A server takes %2F for a slash.
  for (const char* id : {"", ".", "..", "a/b", "/", "../../x", "a\nb", "\x7f"}) {
    Fixture none({});
    EXPECT_EQ(ErrorOf(none.webhooks.Get(none.context, "", id, ReadName)).code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(ErrorOf(none.webhooks.Delete(none.context, "", id)).code, ErrorCode::kInvalidArgument);
  }
}

TEST(ServerWebhooksTest, PagesTellWhenAndWhatIsNext) {
  Fixture f({Outcome(Answer(200, R"({"webhooks":[{"name":"a"},7],"next_page_token":"t"})",
                            {{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}}))});
  const auto page = f.webhooks.ListPage(f.context, {.max_results = 1}, f.take);
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->next_page_token, "t");
  EXPECT_TRUE(page->answered_at.has_value());
  EXPECT_EQ(f.taken.size(), 2U);
  Fixture empty("{}");
  EXPECT_EQ(empty.webhooks.ListPage(empty.context, {}, empty.take)->next_page_token, "");
}

TEST(ServerWebhooksTest, A500WithAPageIsExplainedByTheServersRelease) {
  const auto create = [](Fixture& f, const char* events) {
    return ErrorOf(f.webhooks.Create(f.context, "", Json::Parse(events)->members(), ReadName));
  };
  constexpr char kPrompt[] = R"({"events":[{"entity":"PROMPT","action":"CREATED"}]})";
  {
    Fixture f({kPage, Outcome(Answer(200, "3.3.2", {{"Content-Type", "text/plain"}}))});
    const Error error = create(f, kPrompt);
    EXPECT_EQ(f.sent(1).url, "https://h/ml/version");
    EXPECT_THAT(error.message, HasSubstr("The server is MLflow 3.3.2. prompt.created came with MLflow 3.5.0"));
    EXPECT_EQ(error.attribute, "events");
    EXPECT_FALSE(error.may_have_acted);
  }
  {
    Fixture f({kPage, Outcome(Answer(200, "3.17.2"))});
    const Error error = create(f, kPrompt);
    EXPECT_THAT(error.message, HasSubstr("A server whose store is a folder"));
    EXPECT_EQ(error.attribute, "");
    EXPECT_TRUE(error.may_have_acted);
  }
  {
    Fixture f({kPage, Outcome(Answer(404, "<html>"))});
    const Error error = create(f, kPrompt);
    EXPECT_THAT(error.message,
                HasSubstr("The server does not tell its release. prompt.created came with MLflow 3.5.0"));
    EXPECT_TRUE(error.may_have_acted);
  }
  {
    Fixture f({kPage});
    EXPECT_THAT(create(f, R"({"name":"n"})").message, HasSubstr("A server whose store is a folder"));
  }
  // Whatever was asked for: none goes without a word on what to do.
  for (const Operation& each : kOperations) {
    Fixture f({kPage});
    EXPECT_THAT(each.call(f, "").message, HasSubstr("the server's log")) << each.url;
  }
}

TEST(ServerWebhooksTest, ATestTellsHowItWent) {
  constexpr char kRefused[] = R"x({"result":{"success":false,
      "error_message":"Failed to test webhook: refused with url: /services/canary-path-1234 (Caused by)"}})x";
  Fixture f(kRefused);
  f.secrets.AddAddresses({Secret("https://x/services/canary-path-1234")});
  const auto refused = f.webhooks.Test(f.context, "w", "7", "model_version.created");
  ASSERT_TRUE(refused.has_value()) << refused.error().message;
  EXPECT_FALSE(refused->success);
  EXPECT_EQ(refused->status, std::nullopt);
  EXPECT_THAT(refused->error_message, HasSubstr("Failed to test webhook"));
  EXPECT_THAT(refused->error_message, Not(HasSubstr("canary")));
  EXPECT_EQ(f.sent().url, std::string(kBase) + "/7/test");
  EXPECT_EQ(f.sent().body, R"({"event":{"entity":"MODEL_VERSION","action":"CREATED"}})");
  EXPECT_EQ(f.sent().effect, Effect::kCreates);
  EXPECT_EQ(f.sent().time_limit, std::chrono::seconds(180));

  constexpr char kTaken[] = R"({"result":{"success":true,"response_status":204,"response_body":""}})";
  Fixture any(kTaken);
  const auto taken = any.webhooks.Test(any.context, "", "7", "");
  ASSERT_TRUE(taken.has_value());
  EXPECT_TRUE(taken->success);
  EXPECT_EQ(taken->status, 204);
  EXPECT_EQ(any.sent().body, "{}");
  for (const char* odd : {"{}", R"({"result":{}})", R"({"result":{"success":"yes"}})",
                          R"({"result":{"success":true,"response_status":"x"}})"}) {
    Fixture misfit(odd);
    EXPECT_EQ(ErrorOf(misfit.webhooks.Test(misfit.context, "", "7", "")).code, ErrorCode::kMalformed) << odd;
  }
}

TEST(ServerWebhooksTest, AsksForWorkspacesAndTheRelease) {
  const struct {
    Outcome answer;
    bool has;
  } kCases[] = {{Answer(200, R"({"store_type":"SqlStore","workspaces_enabled":true})"), true},
                {Answer(200, R"({"store_type":"SqlStore","workspaces_enabled":false})"), false},
                {Answer(200, R"({"store_type":"SqlStore"})"), false},
                {Answer(404, "<html>"), false}};
  for (const auto& each : kCases) {
    Fixture f({each.answer});
    EXPECT_EQ(f.webhooks.HasWorkspaces(f.context).value(), each.has);
    EXPECT_EQ(f.sent().url, "https://h/ml/api/3.0/mlflow/server-info");
  }
  for (const Outcome& odd : {Outcome(Answer(200, R"({"workspaces_enabled":1})")), Outcome(Answer(200, "[]")), kPage}) {
    Fixture f({odd});
    EXPECT_FALSE(f.webhooks.HasWorkspaces(f.context).has_value());
  }
  Fixture f("3.17.2");
  EXPECT_EQ(f.webhooks.Version(f.context).value(), "3.17.2");
}

}  // namespace
}  // namespace tfcpp::mlflow_server
