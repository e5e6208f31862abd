#include "databricks/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scripted_transport.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

using rest::Effect;
using rest::JsonCall;
using test::Answer;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kHost[] = "https://ws.example";
constexpr char kSecret[] = "dapi-c4nary-\"tail\"";

Error Mapped(const rest::HttpResponse& response, Effect effect = Effect::kNone, const char* host = kHost) {
  const rest::KnownSecrets secrets({Secret(kSecret)});
  return ToError(host, {.method = rest::Method::kPost, .path = "/p", .effect = effect}, response, secrets);
}
Error Mapped(int status, std::string body) { return Mapped(Answer(status, std::move(body))); }

struct StatusCase {
  int status;
  ErrorCode code;
  bool write_may_have_acted;
};

TEST(ToErrorTest, ByStatus) {
  const StatusCase kCases[] = {
      {200, ErrorCode::kMalformed, true},          {302, ErrorCode::kMalformed, true},
      {307, ErrorCode::kMalformed, true},          {400, ErrorCode::kInvalidArgument, false},
      {401, ErrorCode::kUnauthenticated, false},   {403, ErrorCode::kPermissionDenied, false},
      {404, ErrorCode::kNotFound, false},          {408, ErrorCode::kDeadlineExceeded, true},
      {409, ErrorCode::kAlreadyExists, false},     {418, ErrorCode::kInternal, false},
      {429, ErrorCode::kResourceExhausted, false}, {499, ErrorCode::kCancelled, false},
      {500, ErrorCode::kInternal, true},           {501, ErrorCode::kUnimplemented, true},
      {502, ErrorCode::kUnavailable, true},        {503, ErrorCode::kUnavailable, true},
      {504, ErrorCode::kDeadlineExceeded, true},   {599, ErrorCode::kInternal, true},
  };
  for (const StatusCase& c : kCases) {
    const Error read = Mapped(Answer(c.status));
    EXPECT_EQ(read.code, c.code) << c.status;
    EXPECT_FALSE(read.may_have_acted) << c.status;
    EXPECT_EQ(read.reason, "") << c.status;
    for (const Effect effect : {Effect::kIdempotent, Effect::kCreates}) {
      EXPECT_EQ(Mapped(Answer(c.status), effect).may_have_acted, c.write_may_have_acted) << c.status;
    }
  }
}

struct ServiceCodeCase {
  const char* service_code;
  ErrorCode code;
};

TEST(ToErrorTest, TheServicesCodeCountsBeforeTheStatus) {
  const ServiceCodeCase kCases[] = {
      {"INVALID_PARAMETER_VALUE", ErrorCode::kInvalidArgument},
      {"INVALID_STATE", ErrorCode::kInvalidArgument},
      {"PERMISSION_DENIED", ErrorCode::kPermissionDenied},
      {"RESOURCE_DOES_NOT_EXIST", ErrorCode::kNotFound},
      {"RESOURCE_ALREADY_EXISTS", ErrorCode::kAlreadyExists},
      {"ALREADY_EXISTS", ErrorCode::kAlreadyExists},
      {"ABORTED", ErrorCode::kAlreadyExists},
      {"REQUEST_LIMIT_EXCEEDED", ErrorCode::kResourceExhausted},
      {"RESOURCE_EXHAUSTED", ErrorCode::kResourceExhausted},
      {"SOMETHING_NEW", ErrorCode::kInternal},
  };
  for (const ServiceCodeCase& c : kCases) {
    const Error error = Mapped(500, std::string(R"({"error_code":")") + c.service_code + R"(","message":"said"})");
    EXPECT_EQ(error.code, c.code) << c.service_code;
    EXPECT_EQ(error.reason, c.service_code);
    EXPECT_THAT(error.message,
                StartsWith(std::string("POST /p on https://ws.example answered 500 ") + c.service_code + ": said."));
  }
}

struct FormCase {
  const char* body;
  const char* first_line;  // after "POST /p on https://ws.example answered "
  const char* reason;
};

TEST(ToErrorTest, ReadsEveryFormOfBody) {
  const FormCase kCases[] = {
      {R"({"error_code":"INVALID_STATE","message":"m"})", "400 INVALID_STATE: m.", "INVALID_STATE"},
      {R"({"error_code":400,"message":"m"})", "400 Bad Request: m.", ""},
      {R"({"error_code":"400","message":"m."})", "400 Bad Request: m.", ""},
      {R"({"error_code":null,"message":"m"})", "400 Bad Request: m.", ""},
      {R"({"error":"old"})", "400 Bad Request: old.", ""},
      {R"({"detail":"scim","status":"400"})", "400 Bad Request: scim.", ""},
      {R"({"message":{"a":1},"error":"e"})", "400 Bad Request: e.", ""},
      {R"({})", "400 Bad Request.", ""},
      {"", "400 Bad Request.", ""},
      {"  plain text\n", "400 Bad Request: plain text.", ""},
      {"two\r\nlines\x1b[31m", "400 Bad Request: two  lines\xef\xbf\xbd[31m.", ""},
      {"\v\f{\"error_code\":\"X\",\"message\":\"m\"}\v\f", "400 X: m.", "X"},
      {"bad \xff utf", "400 Bad Request: bad \xef\xbf\xbd utf.", ""},
      {R"(["a"])", R"(400 Bad Request: ["a"].)", ""},
      {"{\"error_code\":\"CUT", "400 Bad Request: {\"error_code\":\"CUT.", ""},
      {"<html>secret page</html>", "400 Bad Request: an HTML page.", ""},
  };
  for (const FormCase& c : kCases) {
    const Error error = Mapped(400, c.body);
    const std::string line = error.message.substr(0, error.message.find('\n'));
    EXPECT_EQ(line, std::string("POST /p on https://ws.example answered ") + c.first_line) << c.body;
    EXPECT_EQ(error.reason, c.reason) << c.body;
  }
}

TEST(ToErrorTest, CutsLongTexts) {
  const Error error = Mapped(400, std::string(100'000, 'x'));
  EXPECT_LT(error.message.size(), 2400u);
  EXPECT_THAT(error.message, HasSubstr("more bytes)"));
}

struct AdviceCase {
  int status;
  const char* body;
  const char* host;
  const char* advice;
};

TEST(ToErrorTest, SaysWhatToDo) {
  const AdviceCase kCases[] = {
      {401, "", kHost, "DATABRICKS_TOKEN"},
      {403, "", kHost, "CAN MANAGE"},
      {200, "<html>", kHost, "login page"},
      {404, "", kHost, "MLflow server"},
      {404, "<html>", kHost, "MLflow server"},
      {200, "<html>", "https://accounts.azuredatabricks.net", "account console"},
      {401, "", "https://accounts-dod.cloud.databricks.us", "account console"},
      {404, "", "https://accounts.cloud.databricks.com", "account console"},
      {302, "", "https://accounts.cloud.databricks.com", "account console"},
      {302, "", kHost, "login page"},
      {403, "<html>", kHost, "login page"},
      {400, "", kHost, "Mend what its message names"},
      {409, "", kHost, "Plan and apply again"},
      {429, "", kHost, "-parallelism"},
      {500, "", kHost, "request id"},
      {503, "", kHost, "request id"},
  };
  for (const AdviceCase& c : kCases) {
    const Error error = Mapped(Answer(c.status, c.body), Effect::kNone, c.host);
    const auto at = error.message.find("\n\n");
    ASSERT_NE(at, std::string::npos) << c.status;
    EXPECT_THAT(error.message.substr(at), HasSubstr(c.advice)) << c.status;
  }
  // What there is to do about a missing thing depends on what was asked for.
  EXPECT_THAT(Mapped(404, R"({"error_code":"RESOURCE_DOES_NOT_EXIST"})").message, Not(HasSubstr("\n")));
}

struct RefusalCase {
  int status;
  const char* body;
  ErrorCode code;
  bool of_token;
  const char* advice;
};

// As the service sends them: the code is a number, which is no code, and only the words tell.
TEST(ToErrorTest, TellsWhoIsKeptOutFromWhoLacksARight) {
  const RefusalCase kCases[] = {
      {403, R"({"error_code":403,"message":"Invalid access token."})", ErrorCode::kUnauthenticated, true, "expired"},
      {403, R"({"error_code":"403","message":"Invalid access token. [ReqId: 1]"})", ErrorCode::kUnauthenticated, true,
       "expired"},
      {403, R"({"error_code":403,"message":"INVALID TOKEN"})", ErrorCode::kUnauthenticated, true, "expired"},
      {403, R"j({"error_code":403,"message":"Token is expiring within 30 seconds. (token expired)"})j",
       ErrorCode::kUnauthenticated, true, "expired"},
      {403, R"({"error_code":"PERMISSION_DENIED","message":"Invalid access token."})", ErrorCode::kUnauthenticated,
       true, "expired"},
      {403, R"({"message":"Invalid access token."})", ErrorCode::kUnauthenticated, true, "expired"},
      {403, "Invalid access token.", ErrorCode::kUnauthenticated, true, "expired"},
      {401, "", ErrorCode::kUnauthenticated, true, "expired"},
      {401, R"({"error_code":401,"message":"Token is expired"})", ErrorCode::kUnauthenticated, true, "expired"},
      {401, R"({"error_code":"UNAUTHENTICATED","message":"no"})", ErrorCode::kUnauthenticated, true, "expired"},
      {403, R"({"error_code":403,"message":"Unauthorized access to Org: 123"})", ErrorCode::kUnauthenticated, false,
       "DATABRICKS_WORKSPACE_ID"},
      {403, R"({"error_code":403,"message":"Invalid access to Org: 123"})", ErrorCode::kUnauthenticated, false,
       "DATABRICKS_WORKSPACE_ID"},
      {403,
       R"({"error_code":403,"message":"Source IP address: 1.2.3.4 is blocked by Databricks IP ACL for workspace: 5"})",
       ErrorCode::kUnauthenticated, false, "IP access list"},
      {403, R"({"error_code":403,"message":"Unauthorized network access to workspace: 5"})",
       ErrorCode::kUnauthenticated, false, "IP access list"},
      {403, R"({"error_code":"PERMISSION_DENIED","message":"No right on model 'invalid token'"})",
       ErrorCode::kPermissionDenied, false, "CAN MANAGE"},
      {403, R"({"error_code":403,"message":"Forbidden"})", ErrorCode::kPermissionDenied, false, "CAN MANAGE"},
      {403, "", ErrorCode::kPermissionDenied, false, "CAN MANAGE"},
      {400, R"({"error_code":"INVALID_PARAMETER_VALUE","message":"Invalid token"})", ErrorCode::kInvalidArgument, false,
       "Mend"},
      {404, R"({"error_code":404,"message":"Invalid access token."})", ErrorCode::kNotFound, false, "no such path"},
  };
  for (const RefusalCase& c : kCases) {
    const auto response = Answer(c.status, c.body);
    const Error error = ToError(kHost, {.path = "/p"}, response, rest::KnownSecrets(), "host comes from here.");
    EXPECT_EQ(error.code, c.code) << c.body;
    EXPECT_EQ(RefusesToken(response), c.of_token) << c.body;
    EXPECT_THAT(error.message, HasSubstr(c.advice)) << c.body;
    EXPECT_THAT(error.message, Not(HasSubstr("403 403"))) << c.body;
    const bool is_kept_out = c.code == ErrorCode::kUnauthenticated;
    EXPECT_EQ(error.message.find("\n\nhost comes from here.") != std::string::npos, is_kept_out) << c.body;
    EXPECT_EQ(error.message.find("CAN MANAGE") == std::string::npos, c.code != ErrorCode::kPermissionDenied) << c.body;
  }
}

TEST(ToErrorTest, TheReasonStandsInAHeaderWhereTheBodyHasNone) {
  for (const char* body : {"", "<html>Error 403</html>"}) {
    const auto response = Answer(403, body, {{"X-Databricks-Reason-Phrase", "Invalid access token."}});
    EXPECT_TRUE(RefusesToken(response)) << body;
    EXPECT_THAT(Mapped(response).message, HasSubstr("answered 403 Forbidden: Invalid access token.\n\nThe token"))
        << body;
  }
}

TEST(ToErrorTest, KnowsAWorkspaceOfAPrivateNetwork) {
  const auto answer = Answer(302, "", {{"Location", "/login.html?error=private-link-validation-error"}});
  EXPECT_THAT(Mapped(answer).message, HasSubstr("private network"));
}

TEST(ToErrorTest, NamesTheRequestId) {
  for (const char* name : {"X-Request-Id", "x-databricks-request-id", "X-Databricks-Org-Request-Id"}) {
    EXPECT_THAT(Mapped(Answer(400, "", {{name, "r-1"}})).message,
                HasSubstr("answered 400 Bad Request (request id r-1)."));
  }
  EXPECT_THAT(Mapped(Answer(400, "", {{"x-request-id", ""}})).message, Not(HasSubstr("request id")));
}

TEST(ToErrorTest, TellsOfTheWaiting) {
  rest::HttpResponse response = Answer(429, "m", {{"x-tfcpp-waited", "The service's own words."}});
  response.waited = "Tried 5 times in 34 s.";
  EXPECT_THAT(Mapped(response).message, HasSubstr("429 Too Many Requests: m. Tried 5 times in 34 s.\n\n"));
}

// --- What comes from outside ---

// Each place of an answer whose text gets into an error, with that text in it.
std::vector<std::pair<std::string, rest::HttpResponse>> Places(const std::string& text) {
  const auto body = [&](const char* code, const char* member) {
    return Json::Object({{"error_code", Json::String(code)}, {member, Json::String(text)}}).Write();
  };
  std::vector<std::pair<std::string, rest::HttpResponse>> places = {
      {"message", Answer(400, body("X", "message"))},
      {"message behind \\v and \\f", Answer(400, "\v\f\v" + body("X", "message") + "\f\v")},
      {"error", Answer(400, body("X", "error"))},
      {"detail", Answer(400, body("X", "detail"))},
      {"error_code", Answer(400, body("", "error_code"))},
      {"plain text", Answer(500, text)},
      {"no object", Answer(500, Json::Array({Json::String(text)}).Write())},
      {"cut JSON", Answer(500, body("X", "message").substr(0, body("X", "message").size() - 2))},
      {"a success that is a page", Answer(200, "<html>" + text)},
  };
  for (const char* header : {"x-request-id", "x-databricks-request-id", "x-databricks-org-request-id", "Location",
                             "WWW-Authenticate", "Retry-After", "x-tfcpp-waited"}) {
    places.emplace_back(header, Answer(302, "", {{header, text}}));
  }
  return places;
}

TEST(ToErrorTest, NoPlaceShowsASecret) {
  for (const std::string& text :
       {std::string(kSecret), "bad " + std::string(kSecret) + ".", std::string("bad dapi-c4nary-..."),
        std::string("bad dapi-c4nary-\\u0022tail\\u0022"), std::string("bad dapi-c4nary-%22tail%22"),
        std::string("bad dapi-c4nary-&quot;tail&quot;"), std::string("bad ZGFwaS1jNG5hcnktInRhaWwi"),
        std::string("bad 646170692d63346e6172792d227461696c22"), std::string(120, 'x') + " " + kSecret,
        std::string(2040, 'x') + " " + kSecret, std::string(70'000, ' ') + kSecret}) {
    for (const auto& [place, answer] : Places(text)) {
      const Error error = Mapped(answer);
      SCOPED_TRACE(place + " has " + text.substr(0, 60));
      for (const char* part : {"dapi-c4n", "c4nary", "tail", "ZGFwaS1j", "64617069"}) {
        EXPECT_THAT(error.message, Not(HasSubstr(part)));
        EXPECT_THAT(error.reason, Not(HasSubstr(part)));
      }
    }
  }
}

TEST(ToErrorTest, EveryPlaceIsReadableAndBounded) {
  const std::string commands =
      "\x1b[2J\x1b]0;title\x07\xc2\x9b"
      "31m\xe2\x80\xae\xe2\x81\xa6\x7f\xff\b\r\n\t";
  for (const std::string& text : {commands, commands + std::string(20u << 20, 'x'), std::string(1u << 20, '\x1b')}) {
    for (const auto& [place, answer] : Places(text)) {
      const Error error = Mapped(answer);
      SCOPED_TRACE(place);
      EXPECT_LT(error.message.size(), 4096u);
      EXPECT_LT(error.reason.size(), 200u);
      const std::string first_line = error.message.substr(0, error.message.find("\n\n"));
      for (const std::string& shown : {first_line, error.reason}) {
        EXPECT_EQ(Readable(shown), shown);
        EXPECT_THAT(shown, Not(HasSubstr("\n")));
      }
    }
  }
}

TEST(ToMisfitTest, ShowsTheServicesWordsAsToErrorDoes) {
  const rest::KnownSecrets secrets({Secret(kSecret)});
  const rest::JsonAnswer answer{.headers = {{"x-request-id", std::string(kSecret) + "\x1b"}}};
  EXPECT_EQ(
      ToMisfit(kHost, {.path = "/p"}, answer, "there is no webhook in it", secrets).message,
      "GET /p on https://ws.example answered 200, but in another form than documented: there is no webhook in it "
      "(request id **REDACTED**\xef\xbf\xbd).\n\nCheck host (DATABRICKS_HOST): it may be no Databricks workspace.");
}

}  // namespace
}  // namespace tfcpp::databricks
