// The client of an MLflow server from the API down to the wire: what is sent again, what the log shows, and that its
// rate is its own.
#include "provider/server_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "provider/client.h"
#include "support/answering_transport.h"
#include "support/scripted_transport.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/testing/fake_clock.h"
#include "tfcpp/testing/recording_logger.h"

namespace mlflow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Json;
using tfcpp::mlflow_server::ServerWebhooks;
using tfcpp::rest::HttpRequest;
using tfcpp::rest::Method;
using tfcpp::test::Answer;
using Outcome = tfcpp::Result<tfcpp::rest::HttpResponse>;

constexpr std::string_view kAddress = "https://mlflow.example.com";
const std::vector<tfcpp::rest::Header> kJson = {{"Content-Type", "application/json"}};

std::string Ignore(const Json&) { return ""; }

template <class T>
std::string MessageOf(const tfcpp::Result<T>& result) {
  return result.has_value() ? "" : result.error().message;
}

// Each call of the API: the method by which its own request is known, and what is told when it fails.
struct Operation {
  const char* name;
  Method method;
  bool creates;
  std::function<std::string(ServerWebhooks&, const Context&)> call;
};
const Operation kOperations[] = {
    {"create", Method::kPost, true,
     [](auto& api, const Context& c) {
       return MessageOf(api.Create(c, "", {{"name", Json::String("n")}}, Ignore));
     }},
    {"test", Method::kPost, true,
     [](auto& api, const Context& c) { return MessageOf(api.Test(c, "", "7", "model_version.created")); }},
    {"get", Method::kGet, false, [](auto& api, const Context& c) { return MessageOf(api.Get(c, "", "7", Ignore)); }},
    {"list", Method::kGet, false,
     [](auto& api, const Context& c) { return MessageOf(api.ListPage(c, {}, [](const Json&) {})); }},
    {"ask for workspaces", Method::kGet, false,
     [](auto& api, const Context& c) { return MessageOf(api.HasWorkspaces(c)); }},
    {"ask for the release", Method::kGet, false, [](auto& api, const Context& c) { return MessageOf(api.Version(c)); }},
    {"update", Method::kPatch, false,
     [](auto& api, const Context& c) {
       return MessageOf(api.Update(c, "", "7", {{"status", Json::String("ACTIVE")}}, Ignore));
     }},
    {"delete", Method::kDelete, false, [](auto& api, const Context& c) { return MessageOf(api.Delete(c, "", "7")); }},
};

// What the server answers when all is well.
Outcome Good(const HttpRequest& request) {
  if (request.url.ends_with("/version")) return Answer(200, "3.17.2");
  if (request.url.ends_with("/server-info")) return Answer(200, R"({"workspaces_enabled":true})", kJson);
  if (request.url.ends_with("/test")) return Answer(200, R"({"result":{"success":true}})", kJson);
  const bool is_of_one = request.method != Method::kDelete && request.url.find('?') == request.url.npos;
  return Answer(200, is_of_one ? R"({"webhook":{"webhook_id":"7"}})" : "{}", kJson);
}

struct Fixture {
  explicit Fixture(Outcome first_answer) : first(std::move(first_answer)) {}

  // Calls; of the operation's own requests, the first one is answered otherwise than well.
  std::string Call(const Operation& operation) {
    answer = [this, &operation](const HttpRequest& request) {
      if (request.method != operation.method) return Good(request);
      return ++requests == 1 ? first : Good(request);
    };
    return operation.call(client.api(), {{}, log});
  }

  Outcome first;
  std::function<Outcome(const HttpRequest&)> answer;
  int requests = 0;
  tfcpp::test::FakeClock clock;
  tfcpp::test::RecordingLogger log;
  ServerClient client{{.tracking_uri = std::string(kAddress), .sources = {{"tracking_uri", "the provider block"}}},
                      [](std::string_view) { return std::nullopt; },
                      "agent",
                      clock,
                      [] { return 0.0; },
                      [this](const auto&) {
                        return std::make_unique<tfcpp::test::AnsweringTransport>(
                            [this](const HttpRequest& request) { return answer(request); });
                      },
                      {}};
};

Error NoAnswer(ErrorCode code, const char* reason, bool was_sent) {
  return {.code = code, .message = "no answer", .reason = reason, .may_have_acted = was_sent};
}
// A server without the question has no workspaces.
bool SaysNo(const Operation& operation, const Outcome& answer) {
  return operation.name == std::string_view("ask for workspaces") && answer.has_value() && answer->status == 404;
}
Outcome Refused(int status) { return Answer(status, R"({"error_code":"X","message":"m"})", kJson); }
Outcome Page(int status) { return Answer(status, "<html>", {{"Content-Type", "text/html"}}); }

TEST(ServerClientTest, SendsAgainWhatCanHaveHadNoSecondEffect) {
  enum class Again { kNever, kUnlessItCreates, kAlways };
  const struct {
    std::string what;
    Outcome first;
    Again again;
  } kRows[] = {
      {"400", Refused(400), Again::kNever},
      {"401", Answer(401, "You are not authenticated."), Again::kNever},
      {"403", Answer(403, "Permission denied"), Again::kNever},
      {"404", Refused(404), Again::kNever},
      {"409", Refused(409), Again::kNever},
      {"408", Refused(408), Again::kUnlessItCreates},
      {"429", Refused(429), Again::kAlways},
      {"429 with a page", Page(429), Again::kAlways},
      {"500", Refused(500), Again::kNever},
      {"500 of a lost key", Answer(500, R"({"error_code":"INTERNAL_ERROR","message":""})", kJson), Again::kNever},
      {"500 with a page", Page(500), Again::kNever},
      {"501", Refused(501), Again::kNever},
      {"502", Page(502), Again::kUnlessItCreates},
      {"503", Refused(503), Again::kUnlessItCreates},
      {"504", Page(504), Again::kUnlessItCreates},
      {"no name", NoAnswer(ErrorCode::kUnavailable, "resolve", false), Again::kAlways},
      {"no connection", NoAnswer(ErrorCode::kUnavailable, "connect", false), Again::kAlways},
      {"a lost answer", NoAnswer(ErrorCode::kUnavailable, "lost", true), Again::kUnlessItCreates},
      {"no answer in time", NoAnswer(ErrorCode::kDeadlineExceeded, "timeout", true), Again::kUnlessItCreates},
      {"an unknown certificate", NoAnswer(ErrorCode::kUnavailable, "tls", false), Again::kNever},
  };
  for (const auto& row : kRows) {
    for (const Operation& operation : kOperations) {
      SCOPED_TRACE(tfcpp::Concat(row.what, " to ", operation.name));
      Fixture f(row.first);
      const std::string told = f.Call(operation);
      const bool again = row.again == Again::kAlways || (row.again == Again::kUnlessItCreates && !operation.creates);
      EXPECT_EQ(f.requests, again ? 2 : 1);
      EXPECT_EQ(f.clock.sleeps().size(), again ? 1U : 0U);
      EXPECT_EQ(told.empty(), again || SaysNo(operation, row.first)) << told;
    }
  }
}

// What SQLAlchemy says holds the row's values.
TEST(ServerClientTest, NeitherErrorsNorTheLogShowMoreOfSqlThanItsFirstLine) {
  constexpr char kMessage[] =
      R"((sqlite3.OperationalError) database is locked\n[SQL: INSERT INTO webhooks VALUES (?)]\n[parameters: ('canary')])";
  constexpr char kOnOneLine[] = "(sqlite3.OperationalError) database is locked [SQL: INSERT ('canary')]";
  for (const char* message : {kMessage, kOnOneLine}) {
    for (const int status : {400, 500, 503}) {
      for (const Operation& operation : kOperations) {
        SCOPED_TRACE(tfcpp::Concat(std::to_string(status), " to ", operation.name));
        Fixture f(Answer(status, tfcpp::Concat(R"({"error_code":"BAD_REQUEST","message":")", message, R"("})"), kJson));
        const std::string told = f.Call(operation);
        EXPECT_THAT(told, AllOf(Not(HasSubstr("canary")), Not(HasSubstr("SQL"))));
        EXPECT_THAT(told, f.requests == 1 ? HasSubstr("database is locked") : HasSubstr(""));
        EXPECT_THAT(f.log.text(), AllOf(HasSubstr("database is locked"), Not(HasSubstr("canary"))));
      }
    }
  }
}

// A clock for both: a wait that one of them asks for is seen as a sleep, in whichever order they are called.
TEST(ServerClientTest, ABusyServerDoesNotSlowTheWorkspaceNorTheOtherWayRound) {
  for (const bool server_is_busy : {true, false}) {
    for (const std::optional<double> limit : {std::optional<double>(1), std::optional<double>()}) {
      SCOPED_TRACE(tfcpp::Concat(server_is_busy ? "server" : "workspace", limit ? ", capped" : ", refused by 429"));
      tfcpp::test::FakeClock clock;
      tfcpp::NullLogger log;
      const Context context{{}, log};
      int busy_left = limit ? 0 : 5;  // how often 429 is answered
      const auto transport = [&](const auto&) {
        return std::make_unique<tfcpp::test::AnsweringTransport>([&](const HttpRequest& request) {
          if (busy_left > 0) {
            --busy_left;
            return Refused(429);
          }
          return Good(request);
        });
      };
      const auto no_variable = [](std::string_view) { return std::nullopt; };
      const auto no_jitter = [] { return 0.0; };
      ServerClient server({.tracking_uri = std::string(kAddress), .rate_limit = limit}, no_variable, "agent", clock,
                          no_jitter, transport, {});
      auto config = tfcpp::databricks::Resolve(
          {{"host", tfcpp::Secret("https://ws.example")}, {"token", tfcpp::Secret("t")}}, no_variable);
      config->rate_limit = limit;
      WorkspaceClient workspace(*config, no_variable, "agent", clock, no_jitter, transport);
      const std::function<bool()> of_server = [&] {
        return server.api().ListPage(context, {}, [](auto&) {}).has_value();
      };
      const std::function<bool()> of_workspace = [&] {
        return workspace.api().ListPage(context, {}, [](auto&) {}).has_value();
      };
      const auto& busy = server_is_busy ? of_server : of_workspace;
      const auto& other = server_is_busy ? of_workspace : of_server;
      for (int call = 0; call < 5; ++call) EXPECT_TRUE(busy());
      const std::size_t waited = clock.sleeps().size();
      EXPECT_GE(waited, 4U);
      EXPECT_TRUE(other());
      EXPECT_EQ(clock.sleeps().size(), waited) << "the other one waited";
      EXPECT_TRUE(busy());
      EXPECT_EQ(clock.sleeps().size(), waited + 1) << "the busy one no longer does";
    }
  }
}

}  // namespace
}  // namespace mlflow
