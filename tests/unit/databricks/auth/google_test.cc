// The strategies of Google.
#include <cstdio>
#include <fstream>

#include "google_key.h"
#include "sign_in_fixture.h"
#include "tfcpp/base/base64.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

// The claims of the assertions that a server was sent.
std::string Claims(const std::string& log) {
  std::string claims;
  for (std::size_t at = 0; (at = log.find("assertion=", at)) != std::string::npos; ++at) {
    const std::string jwt = log.substr(at + 10, log.find_first_of(" \n", at) - at - 10);
    claims += DecodeBase64Url(Split(jwt, '.').at(1)).value_or("?") + "\n";
  }
  return claims;
}

TEST_F(SignInTest, GoogleCredentials) {
  server.Answer("POST /key-token", R"({"access_token":"a-canary","expires_in":3600})");
  server.Answer("POST /key-token", Concat(R"({"id_token":")", Jwt(), R"("})"), 200, {}, 1);
  const std::string key = KeyFile("{host}/key-token", NewKey());
  Check("google-credentials", {"JSON",
                               {{"google_credentials", key}, {"cloud", "GCP"}},
                               {},
                               {Concat("Authorization: Bearer ", Jwt()), "X-Databricks-GCP-SA-Access-Token: a-canary"},
                               {"grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer"}});
  EXPECT_EQ(
      Claims(server.log()),
      Filled(R"({"iss":"sa@p.iam","sub":"sa@p.iam","aud":"{host}/key-token","iat":1767225600,"exp":1767229200,)"
             R"("target_audience":"{host}"})"
             "\n"
             R"({"iss":"sa@p.iam","sub":"sa@p.iam","aud":"{host}/key-token","iat":1767225600,"exp":1767229200,)"
             R"("scope":"https://www.googleapis.com/auth/cloud-platform https://www.googleapis.com/auth/compute"})"
             "\n"));
}

TEST_F(SignInTest, GoogleCredentialsFail) {
  const std::string path = testing::TempDir() + "/key.json";
  std::ofstream(path) << Filled(KeyFile("{host}/key-token", "canary"));
  const SignInCase kCases[] = {
      {"bad key", {{"google_credentials", path}, {"cloud", "GCP"}}, {}, {}, {"no unencrypted RSA private key"}},
      {"no file", {{"google_credentials", "canary.json"}, {"cloud", "GCP"}}, {}, {}, {"neither JSON nor the path"}},
      {"cut JSON", {{"google_credentials", "{canary"}, {"cloud", "GCP"}}, {}, {}, {"begins like JSON"}},
      {"other cloud", {{"google_credentials", path}, {"cloud", "AWS"}}, {}, {}, {"on AWS, not on GCP"}},
      {"not set", {{"cloud", "GCP"}}, {}, {}, {"google_credentials (GOOGLE_CREDENTIALS) is not set"}},
  };
  for (const SignInCase& c : kCases) Check("google-credentials", c);
  std::remove(path.c_str());
}

TEST_F(SignInTest, GoogleId) {
  const std::string key = testing::TempDir() + "/adc_key.json";
  const std::string login = testing::TempDir() + "/adc_login.json";
  const std::string other = testing::TempDir() + "/adc_other.json";
  std::ofstream(key) << Filled(KeyFile("{host}/key-token", NewKey()));
  std::ofstream(login)
      << R"({"type":"authorized_user","client_id":"c","client_secret":"s-canary","refresh_token":"r-canary"})";
  std::ofstream(other) << R"({"type":"external_account"})";
  const Texts kBlock{{"google_service_account", "sa@p.iam"}, {"cloud", "GCP"}};
  const std::string id_path = "POST /v1/projects/-/serviceAccounts/sa%40p.iam:generateIdToken";
  const std::string access_path = "POST /v1/projects/-/serviceAccounts/sa%40p.iam:generateAccessToken";
  for (std::string path : {id_path, access_path}) {
    const bool is_id = path == id_path;
    path.replace(path.find("%40"), 3, "@");
    server.Answer(path, is_id ? Concat(R"({"token":")", Jwt(), R"("})")
                              : R"({"accessToken":"a-canary","expireTime":"2026-01-01T01:00:00Z"})");
  }
  const std::vector<std::string> headers{Concat("Authorization: Bearer ", Jwt()),
                                         "X-Databricks-GCP-SA-Access-Token: a-canary"};
  const SignInCase kCases[] = {
      {"machine",
       kBlock,
       {{"GET /computeMetadata/v1/instance/service-accounts/default/token", R"({"access_token":"m-canary"})"}},
       headers,
       {"token metadata-flavor=Google\n", "authorization=Bearer m-canary"}},
      {"login",
       kBlock,
       {{"POST /google", R"({"access_token":"l-canary"})"}},
       headers,
       {"client_id=c client_secret=s-canary grant_type=refresh_token refresh_token=r-canary\n",
        "authorization=Bearer l-canary"},
       {{"GOOGLE_APPLICATION_CREDENTIALS", login}}},
      {"key",
       kBlock,
       {{"POST /key-token", R"({"access_token":"k-canary"})"}},
       headers,
       {"authorization=Bearer k-canary"},
       {{"GOOGLE_APPLICATION_CREDENTIALS", key}}},
      {"other", kBlock, {}, {}, {"a type that is not supported"}, {{"GOOGLE_APPLICATION_CREDENTIALS", other}}},
      {"not set", {{"cloud", "GCP"}}, {}, {}, {"DATABRICKS_GOOGLE_SERVICE_ACCOUNT"}},
  };
  for (const SignInCase& c : kCases) Check("google-id", c);
  for (const std::string& path : {key, login, other}) std::remove(path.c_str());
}

}  // namespace
}  // namespace tfcpp::databricks
