// What strategies read from files and the environment besides the attributes: each setting that names a file says what
// is wrong with that file, and each token loses what stands at its ends and makes no second line.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "sign_in_fixture.h"

namespace tfcpp::databricks {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SourcesTest : public SignInTest {
 protected:
  SourcesTest() { std::filesystem::create_directories(home_ + "/.config/gcloud"); }
  ~SourcesTest() override { std::filesystem::remove_all(home_); }

  const std::string home_ = testing::TempDir() + "sources-" + std::to_string(getpid());
};

// A setting that names a file, and what errors call the file.
struct FileSetting {
  const char* auth_type;
  const char* attribute;  // or
  const char* variable;
  bool shows_path = true;  // a path in the place of a secret may be one
};
const FileSetting kFileSettings[] = {
    {"file-oidc", "databricks_id_token_filepath", nullptr},
    {"file-oidc", nullptr, "DATABRICKS_OIDC_TOKEN_FILEPATH"},
    {"google-id", nullptr, "GOOGLE_APPLICATION_CREDENTIALS"},
    {"google-credentials", "google_credentials", nullptr, false},  // last: from here on the paths are known secrets
    {"google-credentials", nullptr, "GOOGLE_CREDENTIALS", false},
};

TEST_F(SourcesTest, EachSettingThatNamesAFileSaysWhatIsWrongWithIt) {
  const std::string large = home_ + "/large";
  std::ofstream(large) << std::string((1u << 20) + 1, 'x');
  const struct {
    std::string path;
    const char* words;
  } kCases[] = {{home_, "is a folder, not a file"},
                {home_ + "/missing", "does not exist"},
                {"/proc/self/mem", "cannot be read (Input/output error)"},
                {large, "is too large"}};
  Answer({kDiscovery});
  for (const FileSetting& setting : kFileSettings) {
    for (const auto& c : kCases) {
      SCOPED_TRACE(std::string(setting.auth_type) + " " + c.path);
      Texts block{{"auth_type", setting.auth_type}, {"cloud", "GCP"}};
      environment.clear();
      if (setting.attribute != nullptr) block[setting.attribute] = c.path;
      if (setting.variable != nullptr) environment[setting.variable] = c.path + "\n";
      if (setting.auth_type == std::string("google-id")) block["google_service_account"] = "sa@p.iam";
      const auto headers = Headers(*Make(block));
      ASSERT_FALSE(headers.has_value());
      EXPECT_THAT(headers.error().message, HasSubstr(c.words));
      if (setting.shows_path) {
        EXPECT_THAT(headers.error().message, HasSubstr(c.path));
      } else {
        EXPECT_THAT(headers.error().message, Not(HasSubstr(c.path)));
      }
    }
  }
}

TEST_F(SourcesTest, GcloudsOwnFileMayBeAFolderToo) {
  const std::string path = home_ + "/.config/gcloud/application_default_credentials.json";
  std::filesystem::create_directory(path);
  environment = {{"HOME", home_}};
  const auto headers =
      Headers(*Make({{"auth_type", "google-id"}, {"cloud", "GCP"}, {"google_service_account", "sa@p.iam"}}));
  EXPECT_THAT(headers.error().message, HasSubstr(path + " is a folder, not a file"));
}

TEST_F(SourcesTest, AnIdTokenMayComeThroughAPipe) {
  const std::string pipe = home_ + "/pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  Answer({kDiscovery, {"POST /token", R"({"access_token":"t"})"}});
  std::thread writer([&] { std::ofstream(pipe) << "id-canary\n"; });
  const auto headers = Headers(*Make({{"auth_type", "file-oidc"}, {"databricks_id_token_filepath", pipe}}));
  writer.join();
  ASSERT_TRUE(headers.has_value()) << headers.error().message;
  EXPECT_THAT(server.log(), HasSubstr("subject_token=id-canary subject"));
}

TEST_F(SourcesTest, EachTokenLosesWhatStandsAtItsEnds) {
  const std::string file = home_ + "/token";
  std::ofstream(file) << " \tid-canary \r\n\n";
  const Texts::value_type exchanged{"POST /token", R"({"access_token":"t"})"};
  const Texts job{{"SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "{host}/org/\n"},
                  {"SYSTEM_TEAMPROJECTID", "p\n"},
                  {"SYSTEM_HOSTTYPE", " build"},
                  {"SYSTEM_PLANID", "plan"},
                  {"SYSTEM_JOBID", "job\r\n"},
                  {"SYSTEM_ACCESSTOKEN", "system-canary\n"}};
  const std::string path = "POST /org/p/_apis/distributedtask/hubs/build/plans/plan/jobs/job/oidctoken";
  const struct {
    const char* auth_type;
    SignInCase c;
  } kCases[] = {
      {"pat", {"block", {{"token", "\n pat \r\n"}}, {}, {"Authorization: Bearer pat"}, {}}},
      {"pat", {"variable", {}, {}, {"Authorization: Bearer pat"}, {}, {{"DATABRICKS_TOKEN", "pat\n"}}}},
      {"pat",
       {"ids",
        {{"token", "pat"}, {"workspace_id", "12\n"}},
        {},
        {"Authorization: Bearer pat", "X-Databricks-Workspace-Id: 12"},
        {}}},
      // "me:p " in base64: blanks belong to a password.
      {"basic",
       {"password", {{"username", " me\n"}, {"password", "p \r\n"}}, {}, {"Authorization: Basic bWU6cCA="}, {}}},
      {"env-oidc",
       {"variable",
        {},
        {kDiscovery, exchanged},
        {"Authorization: Bearer t"},
        {"subject_token=id-canary subject"},
        {{"DATABRICKS_OIDC_TOKEN", "id-canary\r\n"}}}},
      {"file-oidc",
       {"file",
        {{"databricks_id_token_filepath", file + "\n"}},
        {kDiscovery, exchanged},
        {"Authorization: Bearer t"},
        {"subject_token=id-canary subject"}}},
      {"azure-devops-oidc",
       {"job",
        {},
        {kDiscovery, exchanged, {path, R"({"oidcToken":"id-canary"})"}},
        {"Authorization: Bearer t"},
        {path + " authorization=Bearer system-canary api-version"},
        job}},
  };
  for (const auto& [auth_type, c] : kCases) Check(auth_type, c);
}

TEST_F(SourcesTest, NoTokenMakesASecondLine) {
  const std::string file = home_ + "/two-lines";
  std::ofstream(file) << "canary\nX-Evil: 1\n";
  const Texts job{{"SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "{host}/org/"},
                  {"SYSTEM_TEAMPROJECTID", "p"},
                  {"SYSTEM_HOSTTYPE", "build"},
                  {"SYSTEM_PLANID", "plan"},
                  {"SYSTEM_JOBID", "job"},
                  {"SYSTEM_ACCESSTOKEN", "canary\r\nX-Evil: 1"}};
  const struct {
    const char* auth_type;
    SignInCase c;
  } kCases[] = {
      {"env-oidc",
       {"variable",
        {},
        {kDiscovery},
        {},
        {"the variable DATABRICKS_OIDC_TOKEN contains a line break"},
        {{"DATABRICKS_OIDC_TOKEN", "canary\r\nX-Evil: 1"}}}},
      {"file-oidc",
       {"file", {{"databricks_id_token_filepath", file}}, {}, {}, {"the file " + file + " contains a line break"}}},
      {"azure-devops-oidc", {"job", {}, {}, {}, {"SYSTEM_ACCESSTOKEN contains a line break"}, job}},
      {"github-oidc",
       {"answer",
        {},
        {{"GET /idtoken", R"({"value":"canary\r\nX-Evil: 1"})"}},
        {},
        {"the field subject_token contains a line break"},
        {{"ACTIONS_ID_TOKEN_REQUEST_URL", "{host}/idtoken"}, {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "r"}}}},
      {"env-oidc",
       {"a token that is fetched",
        {},
        {{"POST /token", R"({"access_token":"canary\nX-Evil: 1"})"}},
        {},
        {"no usable access_token"},
        {{"DATABRICKS_OIDC_TOKEN", "id"}}}},
  };
  for (const auto& [auth_type, c] : kCases) Check(auth_type, c);
  EXPECT_THAT(server.log(), Not(HasSubstr("Evil")));
}

TEST_F(SourcesTest, SaysWhereHostAndCredentialsComeFrom) {
  Answer({kDiscovery, {"POST /token", R"({"access_token":"t"})"}});
  environment = {{"DATABRICKS_TOKEN", "pat"}, {"DATABRICKS_CLIENT_ID", "sp"}};
  const auto by_pat = Make({{"auth_type", "pat"}, {"workspace_id", "1"}});
  ASSERT_TRUE(Headers(*by_pat).has_value());
  EXPECT_EQ(by_pat->Origin(),
            "host comes from the provider block, workspace_id from the provider block, token from the variable "
            "DATABRICKS_TOKEN.");
  const auto by_oauth = Make({{"auth_type", "oauth-m2m"}, {"client_secret", "s"}});
  ASSERT_TRUE(Headers(*by_oauth).has_value());
  EXPECT_EQ(by_oauth->Origin(),
            "host comes from the provider block, client_id from the variable DATABRICKS_CLIENT_ID, client_secret from "
            "the provider block. The token was fetched by oauth-m2m.");
}

}  // namespace
}  // namespace tfcpp::databricks
