// The chain: which strategy signs in, what is told when none does, and what is kept.
#include <thread>

#include "databricks/auth/strategies.h"
#include "sign_in_fixture.h"

namespace tfcpp::databricks {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(StrategiesTest, AreInTheirOrder) {
  std::vector<std::string_view> names;
  for (const Strategy& strategy : Strategies()) names.push_back(strategy.name);
  EXPECT_THAT(names,
              testing::ElementsAre("pat", "basic", "oauth-m2m", "databricks-cli", "metadata-service", "github-oidc",
                                   "azure-devops-oidc", "env-oidc", "file-oidc", "github-oidc-azure", "azure-msi",
                                   "azure-client-secret", "azure-cli", "google-credentials", "google-id"));
}

const Texts kTwoWays{{"ACTIONS_ID_TOKEN_REQUEST_URL", "{host}/idtoken"},
                     {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "r-canary"},
                     {"DATABRICKS_OIDC_TOKEN", "env-canary"}};

TEST_F(SignInTest, TheFirstThatWorksIsKept) {
  environment = kTwoWays;
  Answer({kDiscovery,
          {"GET /idtoken", R"(403 {"message":"no id-token: write"})"},
          {"POST /token", R"({"access_token":"t"})"}});
  const auto sign_in = Make({});
  EXPECT_EQ(server.log(), "");  // nothing is called before it is needed
  EXPECT_EQ(*Headers(*sign_in), std::vector<std::string>{"Authorization: Bearer t"});
  EXPECT_EQ(*Headers(*sign_in), std::vector<std::string>{"Authorization: Bearer t"});
  EXPECT_EQ(server.count("GET /idtoken"), 1);
  EXPECT_EQ(server.count("POST /token"), 1);
  EXPECT_THAT(log.text(), HasSubstr("INFO signed in auth_type=env-oidc"));
  EXPECT_THAT(log.text(), HasSubstr("WARN could not sign in auth_type=github-oidc"));
}

TEST_F(SignInTest, WhenNoneWorksEachIsToldAndTheAnswerIsKept) {
  environment = kTwoWays;
  Answer({kDiscovery, {"GET /idtoken", R"(403 {"message":"no r-canary"})"}, {"POST /token", R"(401 {"error":"bad"})"}});
  const auto sign_in = Make({{"client_id", "sp"}});
  const auto first = Headers(*sign_in);
  ASSERT_FALSE(first.has_value());
  const std::string& text = first.error().message;
  EXPECT_EQ(first.error().code, ErrorCode::kUnauthenticated);
  EXPECT_FALSE(first.error().may_have_acted);
  // What failed comes first, then what was begun, then the rest.
  EXPECT_LT(text.find("github-oidc: "), text.find("env-oidc: "));
  EXPECT_LT(text.find("env-oidc: POST"), text.find("oauth-m2m: client_secret"));
  EXPECT_LT(text.find("oauth-m2m: client_secret"), text.find("pat: token"));
  for (const Strategy& strategy : Strategies()) {
    EXPECT_THAT(text, HasSubstr("\n  " + std::string(strategy.name) + ": "));
  }
  for (const char* usual : {"DATABRICKS_TOKEN", "DATABRICKS_CLIENT_SECRET", "databricks auth login --host"}) {
    EXPECT_THAT(text, HasSubstr(usual));
  }
  EXPECT_THAT(text, Not(HasSubstr("canary")));
  EXPECT_EQ(Headers(*sign_in).error(), first.error());
  EXPECT_EQ(server.count("GET /idtoken"), 1);
}

TEST_F(SignInTest, AStopIsNotKept) {
  environment = {{"DATABRICKS_OIDC_TOKEN", "env-canary"}};
  Answer({kDiscovery, {"POST /token", R"({"access_token":"t"})"}});
  const auto sign_in = Make({});
  std::stop_source stopped;
  stopped.request_stop();
  EXPECT_EQ(sign_in->Headers({stopped.get_token(), log}).error().code, ErrorCode::kCancelled);
  EXPECT_TRUE(Headers(*sign_in).has_value());
}

TEST_F(SignInTest, PassingTroubleOfTheEndpointIsWaitedFor) {
  environment = {{"DATABRICKS_OIDC_TOKEN", "env-canary"}};
  Answer({kDiscovery, {"POST /token", R"({"access_token":"t"})"}});
  server.Answer("POST /token", "", 503, {{"Retry-After", "7"}}, 1);
  server.Answer("POST /token", "", 429, {}, 1);
  const auto sign_in = Make({});
  EXPECT_TRUE(Headers(*sign_in).has_value());
  EXPECT_EQ(clock.sleeps(), (std::vector<Clock::Duration>{std::chrono::seconds(1), std::chrono::seconds(7)}));
}

TEST_F(SignInTest, ARefusedTokenIsRenewedOnce) {
  environment = {{"DATABRICKS_OIDC_TOKEN", "env-canary"}};
  Answer({kDiscovery, {"POST /token", R"({"access_token":"second"})"}});
  server.Answer("POST /token", R"({"access_token":"first"})", 200, {}, 1);
  const auto sign_in = Make({});
  const auto first = sign_in->Headers({{}, log});
  // Several calls were under way with the refused token: one renewal serves them all.
  EXPECT_TRUE(sign_in->Invalidate(*first));
  EXPECT_EQ(*Headers(*sign_in), std::vector<std::string>{"Authorization: Bearer second"});
  EXPECT_TRUE(sign_in->Invalidate(*first));
  EXPECT_EQ(*Headers(*sign_in), std::vector<std::string>{"Authorization: Bearer second"});
  EXPECT_EQ(server.count("POST /token"), 2);
}

TEST_F(SignInTest, AHostThatHangsOnMetadataIsNoReasonToHang) {
  Answer({kDiscovery, {"POST /token", R"({"access_token":"t"})"}});
  server.Answer("GET /.well-known/databricks-config", "", 503);
  environment = {{"DATABRICKS_OIDC_TOKEN", "x"}};
  const auto sign_in = Make({});
  EXPECT_TRUE(Headers(*sign_in).has_value());
  EXPECT_EQ(server.count("GET /.well-known/databricks-config"), 2);  // one retry, without waiting
  EXPECT_TRUE(clock.sleeps().empty());
}

Result<std::vector<Strategy>> Candidates(ConfigInput block, const Texts& variables) {
  const Environment environment = [&](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(std::string(name));
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
  const auto config = Resolve(block, environment);
  return FindCandidates(*config, environment);
}

TEST(OutlookTest, TellsWhatCanBeToldWithoutACall) {
  const Secret host("https://example.cloud.databricks.com");
  const Secret token("t");
  const struct {
    ConfigInput block;
    Texts variables;
    bool by_own_token;
    const char* names;
  } kCases[] = {
      {{{"host", host}, {"token", token}}, kTwoWays, true, "pat"},
      {{{"host", host}, {"token", token}, {"auth_type", Secret("pat")}}, kTwoWays, true, "pat"},
      {{{"host", host}}, kTwoWays, false, "github-oidc or env-oidc"},
      {{{"host", host}, {"token", token}, {"auth_type", Secret("env-oidc")}}, kTwoWays, false, "env-oidc"},
      {{{"host", host}, {"username", Secret("me")}, {"password", Secret("p")}}, {}, false, "basic"},
      // A token needs a host, so it does not sign in where only a resource id says where.
      {{{"azure_workspace_resource_id", Secret("/subscriptions/s/x")}, {"azure_use_msi", Secret("true")}},
       {},
       false,
       "azure-msi"},
  };
  for (const auto& c : kCases) {
    const SignInOutlook outlook = OutlookOf(*Candidates(c.block, c.variables));
    EXPECT_EQ(outlook.by_own_token, c.by_own_token) << c.names;
    EXPECT_EQ(outlook.names, c.names);
  }
}

TEST(FindCandidatesTest, TellsEveryObstacle) {
  const std::string nothing = Candidates({}, {}).error().message;
  EXPECT_THAT(nothing, HasSubstr("host (DATABRICKS_HOST) is not set"));
  for (const Strategy& strategy : Strategies()) {
    EXPECT_THAT(nothing, HasSubstr("\n  " + std::string(strategy.name) + ": "));
  }
  const std::string begun = Candidates({{"host", Secret("x.com")}, {"password", Secret("canary")}}, {}).error().message;
  EXPECT_LT(begun.find("basic: username (DATABRICKS_USERNAME) is not set"), begun.find("pat: "));
  EXPECT_THAT(begun, Not(HasSubstr("canary")));
}

TEST(FindCandidatesTest, RefusesUnknownAuthTypes) {
  EXPECT_THAT(Candidates({{"auth_type", Secret("oauth")}}, {}).error().message,
              testing::AllOf(HasSubstr("\"oauth\" (from the provider block)"), HasSubstr("oauth-m2m, databricks-cli")));
  EXPECT_THAT(Candidates({}, {{"DATABRICKS_AUTH_TYPE", "external-browser"}}).error().message, HasSubstr("browser"));
}

}  // namespace
}  // namespace tfcpp::databricks
