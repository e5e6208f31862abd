// Every place that may name an address to which a sign-in sends something.
#include "databricks/auth/safe_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "databricks/auth/sign_in.h"
#include "google_key.h"
#include "support/scripted_transport.h"
#include "tfcpp/testing/fake_clock.h"

namespace tfcpp::databricks {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Texts = std::map<std::string, std::string>;

const char kToken[] = R"({"access_token":"t","expires_in":3600})";

// Answers by address, without its query; 404 for the rest.
class Internet final : public rest::HttpTransport {
 public:
  explicit Internet(Texts answers) : answers_(std::move(answers)) {}
  Result<rest::HttpResponse> Send(const Context&, const rest::HttpRequest& request) override {
    const std::string address = request.url.substr(0, request.url.find('?'));
    called.push_back(address);
    const auto found = answers_.find(address);
    return found == answers_.end() ? test::Answer(404) : test::Answer(200, found->second);
  }
  std::vector<std::string> called;

 private:
  Texts answers_;
};

// {there} stands for an address, such as http://evil.example, that the place names.
struct Place {
  const char* name;
  Texts block;
  Texts answers;
  Texts environment = {};
};

const Texts::value_type kTokenAnswer{"{there}/token", kToken};

Texts WithDiscovery(Texts answers) {
  answers.insert({"{ws}/oidc/.well-known/oauth-authorization-server", R"({"token_endpoint":"{ws}/token"})"});
  answers.insert({"{ws}/token", kToken});
  return answers;
}

std::vector<Place> Places() {
  const Texts kPrincipal{{"auth_type", "oauth-m2m"}, {"client_id", "id"}, {"client_secret", "s-canary"}};
  Texts with_discovery_url = kPrincipal;
  with_discovery_url["discovery_url"] = "{there}/discover";
  const Texts kDiscovery{{"{ws}/oidc/.well-known/oauth-authorization-server", R"({"token_endpoint":"{there}/token"})"},
                         kTokenAnswer};
  const std::string kImpersonation = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/sa:";
  return {
      {"the discovery document", kPrincipal, kDiscovery},
      {"the discovery document, for an exchange",
       {{"auth_type", "env-oidc"}},
       kDiscovery,
       {{"DATABRICKS_OIDC_TOKEN", "id-canary"}}},
      {"the host's metadata",
       kPrincipal,
       {{"{ws}/.well-known/databricks-config", R"({"oidc_endpoint":"{there}/oidc"})"},
        {"{there}/oidc/.well-known/oauth-authorization-server", R"({"token_endpoint":"https://ok.example/token"})"},
        {"https://ok.example/token", kToken}}},
      {"discovery_url",
       with_discovery_url,
       {{"{there}/discover", R"({"token_endpoint":"https://ok.example/token"})"},
        {"https://ok.example/token", kToken}}},
      {"GitHub's variable",
       {{"auth_type", "github-oidc"}},
       WithDiscovery({{"{there}/id", R"({"value":"id-canary"})"}}),
       {{"ACTIONS_ID_TOKEN_REQUEST_URL", "{there}/id"}, {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-canary"}}},
      {"GitHub's variable, for Azure",
       {{"auth_type", "github-oidc-azure"}, {"azure_client_id", "id"}, {"azure_tenant_id", "t"}, {"cloud", "Azure"}},
       {{"{there}/id", R"({"value":"id-canary"})"}, {"https://login.microsoftonline.com/t/oauth2/token", kToken}},
       {{"ACTIONS_ID_TOKEN_REQUEST_URL", "{there}/id"}, {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-canary"}}},
      {"Azure DevOps's variable",
       {{"auth_type", "azure-devops-oidc"}},
       WithDiscovery({{"{there}/org/p/_apis/distributedtask/hubs/build/plans/1/jobs/2/oidctoken",
                       R"({"oidcToken":"id-canary"})"}}),
       {{"SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "{there}/org/"},
        {"SYSTEM_TEAMPROJECTID", "p"},
        {"SYSTEM_HOSTTYPE", "build"},
        {"SYSTEM_PLANID", "1"},
        {"SYSTEM_JOBID", "2"},
        {"SYSTEM_ACCESSTOKEN", "system-canary"}}},
      {"token_uri of a key",
       {{"auth_type", "google-credentials"}, {"cloud", "GCP"}, {"google_credentials", "{key}"}},
       {kTokenAnswer}},
      {"token_uri of a key that may impersonate",
       {{"auth_type", "google-id"}, {"cloud", "GCP"}, {"google_service_account", "sa"}},
       {kTokenAnswer,
        {kImpersonation + "generateIdToken", Concat(R"({"token":")", Jwt(), R"("})")},
        {kImpersonation + "generateAccessToken", R"({"accessToken":"a","expireTime":"2026-01-01T01:00:00Z"})"}},
       {{"GOOGLE_APPLICATION_CREDENTIALS", "{key}"}}},
  };
}

class SafeAddressTest : public testing::Test {
 protected:
  std::string Filled(std::string text, const std::string& workspace, const std::string& there) const {
    for (const auto& [mark, value] : {std::pair<std::string, std::string>{"{ws}", workspace},
                                      {"{there}", there},
                                      {"{key}", KeyFile(there + "/token", key_)}}) {
      for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += value.size()) {
        text.replace(at, mark.size(), value);
      }
    }
    return text;
  }

  // Signs in; gives what became of it, and fills `called`.
  Result<std::vector<rest::Header>> SignInBy(const Place& place, const std::string& workspace,
                                             const std::string& there) {
    ConfigInput input{{"host", Secret(workspace)}};
    for (const auto& [name, value] : place.block) input.emplace(name, Secret(Filled(value, workspace, there)));
    const auto environment = [&](std::string_view name) -> std::optional<std::string> {
      const auto found = place.environment.find(std::string(name));
      return found == place.environment.end() ? std::nullopt : std::optional(Filled(found->second, workspace, there));
    };
    Texts answers;
    for (const auto& [address, body] : place.answers) {
      answers.emplace(Filled(address, workspace, there), Filled(body, workspace, there));
    }
    Internet internet(answers);
    const auto config = Resolve(input, environment);
    if (!config.has_value()) return config.error();
    rest::KnownSecrets secrets(config->Secrets());
    SignIn sign_in(*config, environment, internet, clock_, secrets, [] { return 0.0; });
    NullLogger log;
    auto headers = sign_in.Headers({{}, log});
    called_ = internet.called;
    return headers;
  }

  const std::string key_ = NewKey();
  test::FakeClock clock_;
  std::vector<std::string> called_;
};

struct AddressCase {
  const char* workspace;
  const char* there;
  bool is_safe;
};

TEST_F(SafeAddressTest, EveryPlaceThatNamesAnAddress) {
  constexpr char kHttps[] = "https://ws.example";
  constexpr char kHttp[] = "http://ws.example:8080";
  const AddressCase kCases[] = {
      {kHttps, "https://there.example", true},
      {kHttps, "HTTPS://there.example:8443", true},
      {kHttps, "http://there.example", false},
      {kHttps, "http://ws.example", false},
      {kHttps, "http://localhost:1234", false},
      {kHttps, "http://127.0.0.1", false},
      {kHttps, "HtTp://there.example", false},
      {kHttps, "ftp://there.example", false},
      {kHttps, "there.example", false},
      {kHttps, "//there.example", false},
      {kHttp, "https://there.example", true},
      {kHttp, "http://ws.example:9090", true},
      {kHttp, "http://localhost:1234", true},
      {kHttp, "http://127.0.0.1:1234", true},
      {kHttp, "http://[::1]:1234", true},
      {kHttp, "http://there.example", false},
      {kHttp, "http://ws.example@there.example", false},
      {kHttp, "http://localhost:1@there.example", false},
      {kHttp, "http://ws.example.there.example", false},
  };
  for (const Place& place : Places()) {
    for (const AddressCase& c : kCases) {
      SCOPED_TRACE(Concat(place.name, " of ", c.workspace, " names ", c.there));
      const auto headers = SignInBy(place, c.workspace, c.there);
      const bool is_called = std::any_of(called_.begin(), called_.end(), [&](const std::string& address) {
        return address.rfind(Concat(c.there, "/"), 0) == 0;
      });
      if (c.is_safe) {
        EXPECT_TRUE(headers.has_value()) << headers.error().message;
        EXPECT_TRUE(is_called);
      } else {
        ASSERT_FALSE(headers.has_value());
        EXPECT_FALSE(is_called);
        EXPECT_THAT(headers.error().message, HasSubstr("must name an https address"));
        // Nothing else was called instead.
        for (const std::string& address : called_)
          EXPECT_THAT(address, AnyOf(StartsWith(c.workspace), StartsWith("https://")));
      }
    }
  }
}

// They are http in every cloud, and get no secret.
TEST_F(SafeAddressTest, AMachinesOwnIdentityIsAskedByHttp) {
  const Place kPlaces[] = {
      {"Azure",
       {{"auth_type", "azure-msi"}, {"azure_use_msi", "true"}, {"cloud", "Azure"}},
       {{"http://169.254.169.254/metadata/identity/oauth2/token", kToken}}},
      {"Google",
       {{"auth_type", "google-id"}, {"cloud", "GCP"}, {"google_service_account", "sa"}},
       {{"http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token", kToken},
        {"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/sa:generateIdToken",
         Concat(R"({"token":")", Jwt(), R"("})")},
        {"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/sa:generateAccessToken",
         R"({"accessToken":"a"})"}}},
      {"a metadata service",
       {{"auth_type", "metadata-service"}, {"metadata_service_url", "http://127.0.0.1:1234/md"}},
       {{"http://127.0.0.1:1234/md", kToken}}},
  };
  for (const Place& place : kPlaces) {
    const auto headers = SignInBy(place, "https://ws.example", "");
    EXPECT_TRUE(headers.has_value()) << place.name << ": " << headers.error().message;
  }
}

// The workspace's own address may come from an answer, too: then all later calls go there, with the token.
TEST_F(SafeAddressTest, TheResourceManagerNamesAnHttpsWorkspace) {
  for (const bool is_safe : {true, false}) {
    const std::string named = is_safe ? "adb-1.2.azuredatabricks.net" : "http://adb-1.2.azuredatabricks.net";
    Internet internet({{"http://169.254.169.254/metadata/identity/oauth2/token", kToken},
                       {"https://management.azure.com/subscriptions/s/w",
                        Concat(R"({"properties":{"workspaceUrl":")", named, R"("}})")}});
    const auto environment = [](std::string_view) { return std::optional<std::string>(); };
    const auto config =
        Resolve({{"azure_use_msi", Secret("true")}, {"azure_workspace_resource_id", Secret("/subscriptions/s/w")}},
                environment);
    ASSERT_TRUE(config.has_value());
    rest::KnownSecrets secrets;
    SignIn sign_in(*config, environment, internet, clock_, secrets, [] { return 0.0; });
    NullLogger log;
    const auto host = sign_in.Host({{}, log});
    ASSERT_EQ(host.has_value(), is_safe);
    if (!is_safe) {
      EXPECT_THAT(host.error().message, HasSubstr("must name an https address"));
    }
  }
}

}  // namespace
}  // namespace tfcpp::databricks
