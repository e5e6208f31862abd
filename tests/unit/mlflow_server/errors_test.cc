// What servers 3.3.2, 3.10.1 and 3.17.2 answer when something is wrong, and what is told of it.
#include "mlflow_server/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/scripted_transport.h"

namespace tfcpp::mlflow_server {
namespace {

using rest::Effect;
using rest::Header;
using rest::Method;
using test::Answer;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<Header> kHtml = {{"Content-Type", "text/html; charset=utf-8"}};

Config Configured() {
  Config config;
  config.tracking_uri = "https://h/ml";
  config.sources = {{"tracking_uri", "the variable MLFLOW_TRACKING_URI"}, {"tracking_token", "the provider block"}};
  config.tracking_token = Secret("canary-token");
  return config;
}

std::string Json(const char* code, const char* message) {
  return std::string(R"({"error_code":")") + code + R"(","message":")" + message + R"("})";
}

struct Row {
  rest::HttpResponse answer;
  ErrorCode code;
  const char* reason;
  const char* attribute;
  std::vector<const char*> told;
};

const Row kRows[] = {
    {Answer(400, Json("INVALID_PARAMETER_VALUE", "Webhook name 'x y' is invalid.")),
     ErrorCode::kInvalidArgument,
     "INVALID_PARAMETER_VALUE",
     "name",
     {"Webhook name 'x y' is invalid", "Mend what its message names"}},
    {Answer(400, Json("INVALID_PARAMETER_VALUE", "Webhook URL must include a hostname")),
     ErrorCode::kInvalidArgument,
     "INVALID_PARAMETER_VALUE",
     "url",
     {"must include a hostname"}},
    {Answer(400, Json("INVALID_PARAMETER_VALUE", "Cannot resolve Webhook URL hostname 'x': no")),
     ErrorCode::kInvalidArgument,
     "INVALID_PARAMETER_VALUE",
     "url",
     {"Cannot resolve"}},
    {Answer(400, Json("INVALID_PARAMETER_VALUE", "Invalid webhook URL scheme: 'http'. Allowed schemes are: https.")),
     ErrorCode::kInvalidArgument,
     "INVALID_PARAMETER_VALUE",
     "url",
     {"MLFLOW_WEBHOOK_ALLOWED_SCHEMES", "operator"}},
    {Answer(400, Json("INVALID_PARAMETER_VALUE",
                      "Webhook URL must not resolve to a non-public IP address. 'h' resolves to 10.0.0.1.")),
     ErrorCode::kInvalidArgument,
     "INVALID_PARAMETER_VALUE",
     "url",
     {"MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS", "operator"}},
    {Answer(400, Json("INVALID_PARAMETER_VALUE", "Invalid action 'deleted' for entity 'registered_model'.")),
     ErrorCode::kInvalidArgument,
     "INVALID_PARAMETER_VALUE",
     "events",
     {"Invalid action"}},
    {Answer(400, Json("INVALID_PARAMETER_VALUE", "max_results must be between 1 and 1000.")),
     ErrorCode::kInvalidArgument,
     "INVALID_PARAMETER_VALUE",
     "",
     {"max_results"}},
    {Answer(400,
            Json("BAD_REQUEST", R"((sqlite3.IntegrityError) UNIQUE failed\nDETAIL: canary\n[SQL: INSERT canary])")),
     ErrorCode::kInvalidArgument,
     "BAD_REQUEST",
     "",
     {"(sqlite3.IntegrityError) UNIQUE failed"}},
    {Answer(503, Json("TEMPORARILY_UNAVAILABLE",
                      R"((sqlite3.OperationalError) database is locked\n[SQL: INSERT]\n[parameters: ('canary')])")),
     ErrorCode::kUnavailable,
     "TEMPORARILY_UNAVAILABLE",
     "",
     {"database is locked", "Try again"}},
    {Answer(401, "You are not authenticated. Please see https://www.mlflow.org/docs", kHtml),
     ErrorCode::kUnauthenticated,
     "",
     "",
     {"401 Unauthorized", "a token from the provider block (Bearer)", "does not accept the token",
      "a user name and a password"}},
    {Answer(403, "Permission denied", kHtml),
     ErrorCode::kPermissionDenied,
     "",
     "",
     {"403 Forbidden: Permission denied", "only administrators"}},
    {Answer(403, "Permission denied"),
     ErrorCode::kPermissionDenied,
     "",
     "",
     {"only administrators", "3.11", "a token from the provider block"}},
    {Answer(403, Json("PERMISSION_DENIED", "Permission denied")),
     ErrorCode::kPermissionDenied,
     "PERMISSION_DENIED",
     "",
     {"only administrators"}},
    {Answer(403, "Invalid Host header - possible DNS rebinding attack detected"),
     ErrorCode::kPermissionDenied,
     "",
     "",
     {"--allowed-hosts"}},
    {Answer(403, "Cross-origin request blocked"), ErrorCode::kPermissionDenied, "", "", {"Origin"}},
    {Answer(404, "<html>Not Found</html>", kHtml),
     ErrorCode::kNotFound,
     kNoApi,
     "",
     {"--static-prefix", "3.3 or later", "the variable MLFLOW_TRACKING_URI"}},
    {Answer(404, ""), ErrorCode::kNotFound, kNoApi, "", {"--static-prefix"}},
    {Answer(405, "<html>", kHtml), ErrorCode::kNotFound, kNoApi, "", {"405 Method Not Allowed", "--static-prefix"}},
    {Answer(404, Json("RESOURCE_DOES_NOT_EXIST", "Webhook with ID 1 not found.")),
     ErrorCode::kNotFound,
     "RESOURCE_DOES_NOT_EXIST",
     "",
     {"Webhook with ID 1 not found"}},
    {Answer(404, Json("RESOURCE_DOES_NOT_EXIST", "no such thing")),
     ErrorCode::kNotFound,
     "RESOURCE_DOES_NOT_EXIST",
     "",
     {"no such thing", "does not have what was asked for", "MLFLOW_TRACKING_URI", "--static-prefix"}},
    {Answer(404, Json("RESOURCE_DOES_NOT_EXIST", "Workspace 'nope' not found")),
     ErrorCode::kNotFound,
     kWorkspaceNotFound,
     "",
     {"Workspace 'nope' not found", "MLFLOW_WORKSPACE", "terraform state rm"}},
    {Answer(500, Json("FEATURE_DISABLED", "Workspace APIs are not available")),
     ErrorCode::kInvalidArgument,
     "FEATURE_DISABLED",
     "",
     {"Remove workspace"}},
    {Answer(500, Json("INTERNAL_ERROR", "")),
     ErrorCode::kInternal,
     "INTERNAL_ERROR",
     "",
     {"MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY", "differs between its workers"}},
    {Answer(500, Json("INTERNAL_ERROR", "boom")), ErrorCode::kInternal, "INTERNAL_ERROR", "", {"boom", "Try again"}},
    {Answer(500, "<html>Internal Server Error</html>", kHtml), ErrorCode::kInternal, kServerPage, "", {"an HTML page"}},
    {Answer(501, Json("NOT_IMPLEMENTED", "")),
     ErrorCode::kUnimplemented,
     "NOT_IMPLEMENTED",
     "",
     {"must be a database"}},
    {Answer(502, "<html>", kHtml), ErrorCode::kUnavailable, "", "", {"a proxy before it"}},
    {Answer(504, ""), ErrorCode::kDeadlineExceeded, "", "", {"a proxy before it"}},
    {Answer(302, "", {{"Location", "https://login.example.com/x?canary"}}),
     ErrorCode::kMalformed,
     "",
     "",
     {"redirects to https://login.example.com,", "its prefix"}},
    {Answer(302, "", {{"Location", "https://canary-token.\xff.example.com/"}}),
     ErrorCode::kMalformed,
     "",
     "",
     {"redirects to https://**REDACTED**.\uFFFD.example.com,"}},
    {Answer(308, "", {{"Location", "/x"}}), ErrorCode::kMalformed, "", "", {"The address redirects, which"}},
    {Answer(200, "<html>Log in</html>", kHtml), ErrorCode::kMalformed, "", "", {"a login page or a proxy"}},
    {Answer(200, Json("INTERNAL_ERROR", "x")),
     ErrorCode::kMalformed,
     "",
     "",
     {"answered 200 INTERNAL_ERROR: x", "a login page or a proxy"}},
};

TEST(ServerErrorsTest, EveryRowSaysWhatToDo) {
  const rest::KnownSecrets secrets({Secret("canary-token")});
  const rest::JsonCall call{.method = Method::kPost, .path = "/api/2.0/mlflow/webhooks", .effect = Effect::kCreates};
  for (const Row& row : kRows) {
    const Error error = ToError(Configured(), call, row.answer, secrets);
    SCOPED_TRACE(std::to_string(row.answer.status) + " " + row.answer.body);
    EXPECT_EQ(error.code, row.code);
    EXPECT_EQ(error.reason, row.reason);
    EXPECT_EQ(error.attribute, row.attribute);
    EXPECT_THAT(error.message, HasSubstr("POST /api/2.0/mlflow/webhooks on https://h/ml answered " +
                                         std::to_string(row.answer.status)));
    for (const char* text : row.told) EXPECT_THAT(error.message, HasSubstr(text));
    EXPECT_THAT(error.message, Not(HasSubstr("canary")));
    const bool refused = row.answer.status >= 400 && row.answer.status < 500;
    EXPECT_EQ(error.may_have_acted, !refused && error.reason != "FEATURE_DISABLED");
  }
}

TEST(ServerErrorsTest, ARedirectToHttpsSaysHowToWriteTheAddress) {
  Config config = Configured();
  config.tracking_uri = "http://H:80/ml";
  const struct {
    const char* location;
    bool is_the_same_host;
  } kLocations[] = {
      {"https://h/ml/x", true}, {"https://h:8443/", true}, {"https://other/ml", false}, {"http://h/x", false}};
  for (const auto& row : kLocations) {
    const Error error =
        ToError(config, {.path = "/x"}, Answer(301, "", {{"Location", row.location}}), rest::KnownSecrets());
    const bool told = error.message.find("tracking_uri (from the variable MLFLOW_TRACKING_URI) begin with https://") !=
                      std::string::npos;
    EXPECT_EQ(told, row.is_the_same_host) << error.message;
    EXPECT_EQ(error.message.find("its prefix") == std::string::npos, row.is_the_same_host) << error.message;
  }
}

TEST(ServerErrorsTest, ReadsHaveNoEffect) {
  const rest::KnownSecrets secrets;
  const rest::JsonCall call{.path = "/x"};
  for (const Row& row : kRows) EXPECT_FALSE(ToError(Configured(), call, row.answer, secrets).may_have_acted);
}

TEST(ServerErrorsTest, AMisfitNamesWhatIsOdd) {
  const rest::KnownSecrets secrets;
  const rest::JsonCall call{.method = Method::kPatch, .path = "/x", .effect = Effect::kIdempotent};
  const Error error = ToMisfit("https://h", call, {.body = {}, .status = 200}, "it is odd", secrets);
  EXPECT_EQ(error.code, ErrorCode::kMalformed);
  EXPECT_TRUE(error.may_have_acted);
  EXPECT_THAT(error.message, HasSubstr("PATCH /x on https://h answered 200, but in another form than documented"));
}

}  // namespace
}  // namespace tfcpp::mlflow_server
