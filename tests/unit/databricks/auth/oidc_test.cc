// The four strategies that exchange an ID token.
#include <cstdio>
#include <fstream>

#include "sign_in_fixture.h"

namespace tfcpp::databricks {
namespace {

const Texts::value_type kExchanged{"POST /token", R"({"access_token":"t-canary","expires_in":3600})"};
const std::string kExchange = "POST /token ";

TEST_F(SignInTest, GithubOidc) {
  const Texts kJob{{"ACTIONS_ID_TOKEN_REQUEST_URL", "{host}/idtoken?v=2"},
                   {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-canary"}};
  const SignInCase kCases[] = {
      {"default audience",
       {},
       {kDiscovery, kExchanged, {"GET /idtoken", R"({"value":"id-canary"})"}},
       {"Authorization: Bearer t-canary"},
       {"GET /idtoken authorization=Bearer request-canary audience={host}/token v=2\n",
        "POST /token grant_type=urn:ietf:params:oauth:grant-type:token-exchange scope=all-apis subject_token=id-canary "
        "subject_token_type=urn:ietf:params:oauth:token-type:jwt\n"},
       kJob},
      {"audience and principal",
       {{"audience", "aud"}, {"client_id", "sp"}},
       {},
       {"Authorization: Bearer t-canary"},
       {"audience=aud v=2\n", "POST /token client_id=sp grant_type="},
       kJob},
      {"no job", {}, {}, {}, {"ACTIONS_ID_TOKEN_REQUEST_URL", "are not set"}},
  };
  for (const SignInCase& c : kCases) Check("github-oidc", c);
}

TEST_F(SignInTest, GithubOidcTakesTheAudienceOfTheHost) {
  Check("github-oidc",
        {"metadata",
         {},
         {{"GET /.well-known/databricks-config", R"({"token_federation_default_oidc_audiences":["first","second"]})"},
          kDiscovery,
          kExchanged,
          {"GET /idtoken", R"({"value":"id-canary"})"}},
         {"Authorization: Bearer t-canary"},
         {"audience=first\n"},
         {{"ACTIONS_ID_TOKEN_REQUEST_URL", "{host}/idtoken"}, {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-canary"}}});
}

TEST_F(SignInTest, AzureDevopsOidc) {
  const Texts kJob{{"SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "{host}/org/"},
                   {"SYSTEM_TEAMPROJECTID", "p"},
                   {"SYSTEM_HOSTTYPE", "build"},
                   {"SYSTEM_PLANID", "plan"},
                   {"SYSTEM_JOBID", "job"},
                   {"SYSTEM_ACCESSTOKEN", "system-canary"}};
  Texts unmapped = kJob;
  unmapped.erase("SYSTEM_ACCESSTOKEN");
  const std::string path = "POST /org/p/_apis/distributedtask/hubs/build/plans/plan/jobs/job/oidctoken";
  const SignInCase kCases[] = {
      {"job",
       {{"client_id", "sp"}},
       {kDiscovery, kExchanged, {path, R"({"oidcToken":"id-canary"})"}},
       {"Authorization: Bearer t-canary"},
       {path + " authorization=Bearer system-canary api-version=7.2-preview.1\n", "subject_token=id-canary"},
       kJob},
      {"token not mapped", {}, {}, {}, {"SYSTEM_ACCESSTOKEN is not set", "$(System.AccessToken)"}, unmapped},
      {"no job", {}, {}, {}, {"no job of Azure DevOps"}},
  };
  for (const SignInCase& c : kCases) Check("azure-devops-oidc", c);
}

TEST_F(SignInTest, EnvOidc) {
  const SignInCase kCases[] = {
      {"default variable",
       {},
       {kDiscovery, kExchanged},
       {"Authorization: Bearer t-canary"},
       {"subject_token=id-canary"},
       {{"DATABRICKS_OIDC_TOKEN", "id-canary"}}},
      {"named variable",
       {{"oidc_token_env", "MINE"}, {"client_id", "sp"}},
       {},
       {"Authorization: Bearer t-canary"},
       {"subject_token=mine-canary", "client_id=sp"},
       {{"MINE", "mine-canary"}}},
      {"not set", {{"oidc_token_env", "MINE"}}, {}, {}, {"the variable MINE is not set, though oidc_token_env"}},
      {"refused",
       {},
       {{"POST /token", R"(400 {"error":"invalid_grant","error_description":"bad id-canary"})"}},
       {},
       {"invalid_grant: bad **REDACTED**"},
       {{"DATABRICKS_OIDC_TOKEN", "id-canary"}}},
  };
  for (const SignInCase& c : kCases) Check("env-oidc", c);
}

TEST_F(SignInTest, FileOidc) {
  const std::string path = testing::TempDir() + "/id_token";
  const std::string empty = testing::TempDir() + "/no_token";
  std::ofstream(path) << "id-canary\n";
  std::ofstream(empty) << "\n";
  const SignInCase kCases[] = {
      {"file",
       {{"databricks_id_token_filepath", path}, {"client_id", "sp"}},
       {kDiscovery, kExchanged},
       {"Authorization: Bearer t-canary"},
       {"client_id=sp", "subject_token=id-canary subject"}},
      {"empty", {{"databricks_id_token_filepath", empty}}, {}, {}, {"no_token is empty"}},
      {"missing", {{"databricks_id_token_filepath", "/nowhere/x"}}, {}, {}, {"the file /nowhere/x does not exist"}},
      {"not set", {}, {}, {}, {"DATABRICKS_OIDC_TOKEN_FILEPATH"}},
  };
  for (const SignInCase& c : kCases) Check("file-oidc", c);
  std::remove(path.c_str());
  std::remove(empty.c_str());
}

}  // namespace
}  // namespace tfcpp::databricks
