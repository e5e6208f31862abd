// The strategies that run another program, here a script in place of it.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "sign_in_fixture.h"

namespace tfcpp::databricks {
namespace {

class CliTest : public SignInTest {
 protected:
  CliTest() : folder_(std::filesystem::path(testing::TempDir()) / ("cli" + std::to_string(getpid()))) {
    std::filesystem::create_directory(folder_);
    path_ = {{"PATH", "/nowhere:" + folder_.string()}};
  }
  ~CliTest() override { std::filesystem::remove_all(folder_); }

  // A program that notes its arguments. `padding`: the real CLI is large.
  void Install(const std::string& name, const std::string& script, std::size_t padding = 0) {
    const std::filesystem::path file = folder_ / name;
    std::ofstream(file) << "#!/bin/sh\necho \"$*\" >> " << (folder_ / "calls").string() << "\n"
                        << script << "\nexit\n"
                        << std::string(padding, '#');
    chmod(file.c_str(), 0700);
  }
  std::string Calls() {
    std::ifstream in(folder_ / "calls");
    std::string calls(std::istreambuf_iterator<char>(in), {});
    std::filesystem::remove(folder_ / "calls");
    return calls;
  }

  std::filesystem::path folder_;
  Texts path_;
};

constexpr std::size_t kLarge = 1u << 20;

std::string Cli(const std::string& version, const std::string& answer) {
  return "if [ $1 = version ]; then echo 'Databricks CLI v" + version + "'; else " + answer + "; fi";
}
std::string Printing(const std::string& json) { return "echo '" + json + "'"; }
const std::string kCliToken =
    R"({"access_token":"t-canary","token_type":"Bearer","expiry":"2026-01-01T02:00:00.5+01:00"})";

TEST_F(CliTest, DatabricksCli) {
  const std::string config_file = (folder_ / "cfg").string();
  std::ofstream(config_file) << Filled("[P]\nhost = {host}\n[Q]\nhost = {host}\nscopes = a\n");
  const Texts kProfile{{"profile", "P"}, {"config_file", config_file}};
  struct Case {
    SignInCase sign_in;
    std::string version;
    std::string answer;
    std::string calls;
  };
  const std::vector<std::string> headers{"Authorization: Bearer t-canary"};
  const Case kCases[] = {
      {{"host", {}, {}, headers, {}}, "0.200.0", Printing(kCliToken), "version\nauth token --host {host}\n"},
      {{"profile of an old one", kProfile, {}, headers, {}},
       "0.207.0",
       Printing(kCliToken),
       "version\nauth token --host {host}\n"},
      {{"profile", kProfile, {}, headers, {}}, "0.207.1", Printing(kCliToken), "version\nauth token --profile P\n"},
      {{"new", kProfile, {}, headers, {}},
       "0.296.0",
       Printing(kCliToken),
       "version\nauth token --profile P --force-refresh\n"},
      {{"scopes of the profile", {{"profile", "Q"}, {"config_file", config_file}}, {}, headers, {}},
       "0.300.1",
       Printing(kCliToken),
       "version\nauth token --profile Q --force-refresh\n"},
      {{"not logged in", {}, {}, {}, {"failed with exit code 1: Error: no login, run auth login"}},
       "0.300.0",
       "echo Error: no login, run auth login >&2; exit 1",
       "version\nauth token --host {host} --force-refresh\n"},
      {{"no end, in Go's form", {}, {}, headers, {}},
       "0.200.0",
       Printing(R"({"access_token":"t-canary","token_type":"Bearer","expiry":"0001-01-01T00:00:00Z"})"),
       "version\nauth token --host {host}\n"},
      {{"no expiry", {}, {}, {}, {"without a readable expiry"}},
       "0.300.0",
       Printing(R"({"access_token":"canary"})"),
       "version\nauth token --host {host} --force-refresh\n"},
      {{"no JSON", {}, {}, {}, {"did not print JSON"}},
       "0.300.0",
       "echo canary",
       "version\nauth token --host {host} --force-refresh\n"},
      {{"scopes", {{"scopes", "a"}}, {}, {}, {"scopes is set"}}, "0.300.0", "", ""},
  };
  for (Case c : kCases) {
    Install("databricks", Cli(c.version, c.answer), kLarge);
    c.sign_in.environment = path_;
    Check("databricks-cli", c.sign_in);
    EXPECT_EQ(Calls(), Filled(c.calls)) << c.sign_in.what;
  }
}

TEST_F(CliTest, DatabricksCliIsLookedUp) {
  const std::string elsewhere = (folder_ / "dbx").string();
  Install("dbx", Cli("0.300.0", Printing(kCliToken)), kLarge);
  const SignInCase kCases[] = {
      {"missing", {}, {}, {}, {"the Databricks CLI is not in PATH"}, path_},
      {"no program", {{"databricks_cli_path", "/nowhere/dbx"}}, {}, {}, {"DATABRICKS_CLI_PATH", "no program"}, path_},
      {"path", {{"databricks_cli_path", elsewhere}}, {}, {"Authorization: Bearer t-canary"}, {}},
      {"name", {{"databricks_cli_path", "dbx"}}, {}, {"Authorization: Bearer t-canary"}, {}, path_},
  };
  for (const SignInCase& c : kCases) Check("databricks-cli", c);
  Install("databricks", "exit 0");
  Check("databricks-cli", {"old", {}, {}, {}, {"databricks is the old Python CLI"}, path_});
}

TEST_F(CliTest, AzureCli) {
  const std::string application = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
  const std::string user = R"({"user":{"type":"user"}})";
  const std::string principal = R"({"user":{"type":"servicePrincipal","name":"x"}})";
  const std::string identity =
      R"({"user":{"type":"servicePrincipal","assignedIdentityInfo":"MSI","name":"systemAssignedIdentity"}})";
  const std::string token = Printing(R"({"accessToken":"t-canary","expires_on":1767229200,"tokenType":"Bearer"})");
  const std::vector<std::string> headers{"Authorization: Bearer t-canary",
                                         "X-Databricks-Azure-SP-Management-Token: t-canary"};
  const std::string get = "account get-access-token --resource " + application + " --output json";
  struct Case {
    SignInCase sign_in;
    std::string account;
    std::string answer;
    std::string call;  // among others
  };
  const Texts kAzure{{"cloud", "Azure"}};
  const Texts kTenant{{"cloud", "Azure"}, {"azure_tenant_id", "ten"}};
  const Texts kResource{{"azure_workspace_resource_id", "/subscriptions/sub/rest"}};
  const Case kCases[] = {
      {{"user", kTenant, {}, headers, {}}, user, token, get + " --tenant ten\n"},
      {{"no tenant", kAzure, {}, headers, {}}, user, token, get + "\n"},
      {{"subscription",
        kResource,
        {},
        {"X-Databricks-Azure-Workspace-Resource-Id: /subscriptions/sub/rest", headers[0], headers[1]},
        {}},
       user,
       token,
       get + " --subscription sub\n"},
      {{"managed identity", kTenant, {}, headers, {}}, identity, token, get + "\n"},
      {{"service principal", kTenant, {}, headers, {}},
       principal,
       "case \"$*\" in *tenant*) echo other tenant >&2; exit 1;; *) " + token + ";; esac",
       get + "\n"},
      {{"no management token", kTenant, {}, {headers[0]}, {}},
       user,
       "case \"$*\" in *management*) exit 1;; *) " + token + ";; esac",
       get + " --tenant ten\n"},
      {{"logged out", kTenant, {}, {}, {"failed with exit code 1: Please run 'az login'"}},
       user,
       "echo \"Please run 'az login'\" >&2; exit 1",
       get + " --tenant ten\n"},
  };
  for (Case c : kCases) {
    Install("az", "if [ $2 = show ]; then " + Printing(c.account) + "; else " + c.answer + "; fi");
    c.sign_in.environment = path_;
    Check("azure-cli", c.sign_in);
    EXPECT_THAT(Calls(), testing::HasSubstr(c.call)) << c.sign_in.what;
  }
  Check("azure-cli", {"missing", kAzure, {}, {}, {"the Azure CLI (az) is not in PATH"}, {{"PATH", "/nowhere"}}});
}

TEST_F(CliTest, EndsWithAStop) {
  Install("databricks", "exec sleep 1000", kLarge);
  environment = path_;
  const auto sign_in = Make({{"auth_type", "databricks-cli"}});
  std::thread stopper([&] {
    while (!std::filesystem::exists(folder_ / "calls")) std::this_thread::yield();
    stop.request_stop();
  });
  EXPECT_EQ(Headers(*sign_in).error().code, ErrorCode::kCancelled);
  stopper.join();
}

}  // namespace
}  // namespace tfcpp::databricks
