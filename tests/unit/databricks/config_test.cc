#include "databricks/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <set>

#include "databricks/attributes.h"

namespace tfcpp::databricks {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Texts = std::map<std::string, std::string>;

Environment Variables(Texts variables) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(std::string(name));
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

ConfigInput Block(const Texts& texts) {
  ConfigInput input;
  for (const auto& [name, text] : texts) input.emplace(name, Secret(text));
  return input;
}

Result<Config> ResolveTexts(const Texts& block, const Texts& variables = {}) {
  return Resolve(Block(block), Variables(variables));
}

std::string ErrorOf(const Texts& block, const Texts& variables = {}) {
  const auto config = ResolveTexts(block, variables);
  return config.has_value() ? "no error" : config.error().message;
}

TEST(AttributesTest, AreTheVendorsWithTheirSecrets) {
  std::set<std::string> names;
  std::vector<std::string> secrets;
  for (const AttributeInfo& info : Attributes()) {
    EXPECT_TRUE(names.emplace(info.name).second) << info.name;
    if (info.sensitive()) secrets.emplace_back(info.name);
  }
  EXPECT_EQ(names.size(), 42u);  // the vendor's 41 and ca_cert_file
  EXPECT_THAT(secrets, ElementsAre("metadata_service_url", "token", "password", "google_credentials",
                                   "azure_client_secret", "actions_id_token_request_token", "client_secret"));
  EXPECT_EQ(Spell("azure_use_msi"), "azure_use_msi (ARM_USE_MSI)");
  EXPECT_EQ(Spell("scopes"), "scopes");
}

struct PrecedenceCase {
  const char* what;
  Texts block;
  Texts variables;
  const char* host;
  const char* token;
};

TEST(ResolveTest, TheBlockCountsBeforeTheEnvironment) {
  const Texts kVariables{{"DATABRICKS_HOST", "e.com"}, {"DATABRICKS_TOKEN", "u"}};
  const PrecedenceCase kCases[] = {
      {"nothing", {}, {}, "", ""},
      {"block", {{"host", "b.com"}, {"token", "t"}}, {}, "https://b.com", "t"},
      {"environment", {}, kVariables, "https://e.com", "u"},
      {"both", {{"host", "b.com"}, {"token", "t"}}, kVariables, "https://b.com", "t"},
      {"each by itself", {{"host", "b.com"}}, {{"DATABRICKS_TOKEN", "u"}}, "https://b.com", "u"},
      {"empty is unset", {{"host", ""}, {"token", ""}}, kVariables, "https://e.com", "u"},
      {"empty everywhere", {{"host", ""}}, {{"DATABRICKS_HOST", ""}, {"DATABRICKS_TOKEN", ""}}, "", ""},
      {"a bad one that is not used", {{"host", "b.com"}}, {{"DATABRICKS_HOST", "ftp://e"}}, "https://b.com", ""},
  };
  for (const PrecedenceCase& c : kCases) {
    const auto config = ResolveTexts(c.block, c.variables);
    ASSERT_TRUE(config.has_value()) << c.what;
    EXPECT_EQ(config->host, c.host) << c.what;
    EXPECT_EQ(config->token, Secret(c.token)) << c.what;
  }
}

TEST(ResolveTest, ReadsEveryType) {
  const auto config = ResolveTexts({{"azure_use_msi", "true"},
                                    {"rate_limit", "2.5"},
                                    {"retry_timeout_seconds", "0"},
                                    {"http_timeout_seconds", "5"},
                                    {"scopes", " b, a,,b"},
                                    {"cluster_id", "unused"}});
  EXPECT_TRUE(config->azure_use_msi);
  EXPECT_EQ(config->rate_limit, 2.5);
  EXPECT_EQ(config->retry_timeout, 0s);
  EXPECT_EQ(config->http_timeout, 5s);
  EXPECT_THAT(config->scopes, ElementsAre("a", "b"));
  const auto defaults = ResolveTexts({});
  EXPECT_EQ(defaults->http_timeout, 60s);
  EXPECT_EQ(defaults->retry_timeout, 300s);
  EXPECT_EQ(defaults->rate_limit, std::nullopt);
  EXPECT_THAT(defaults->scopes, ElementsAre("all-apis"));
}

TEST(ResolveTest, FalseAndZeroInTheBlockAreValues) {
  const auto config = ResolveTexts({{"azure_use_msi", "false"}, {"rate_limit", "0"}},
                                   {{"ARM_USE_MSI", "true"}, {"DATABRICKS_RATE_LIMIT", "15"}});
  EXPECT_FALSE(config->azure_use_msi);
  EXPECT_EQ(config->rate_limit, std::nullopt);
}

TEST(ResolveTest, NamesTheSourceOfABadValueWithoutShowingIt) {
  for (const char* yes : {"1", "t", "T", "TRUE", "true", "True"}) {
    EXPECT_TRUE(ResolveTexts({}, {{"ARM_USE_MSI", yes}})->azure_use_msi) << yes;
  }
  for (const char* no : {"0", "f", "F", "FALSE", "false", "False"}) {
    EXPECT_FALSE(ResolveTexts({}, {{"ARM_USE_MSI", no}})->azure_use_msi) << no;
  }
  EXPECT_EQ(ErrorOf({}, {{"ARM_USE_MSI", "canary"}}),
            "azure_use_msi in the variable ARM_USE_MSI must be true or false.");
  EXPECT_THAT(ErrorOf({}, {{"DATABRICKS_RATE_LIMIT", "-1"}}), HasSubstr("DATABRICKS_RATE_LIMIT must be a number"));
  EXPECT_THAT(ErrorOf({}, {{"DATABRICKS_RATE_LIMIT", "nan"}}), HasSubstr("DATABRICKS_RATE_LIMIT must be a number"));
  EXPECT_THAT(ErrorOf({{"http_timeout_seconds", "0"}}), HasSubstr("at least 1"));
  // A host is no secret; without it nobody sees what is wrong.
  EXPECT_THAT(ErrorOf({}, {{"DATABRICKS_HOST", "ftp://shown"}}),
              testing::AllOf(HasSubstr("the variable DATABRICKS_HOST"), HasSubstr("\"ftp://shown\"")));
}

TEST(ResolveTest, TakesIdsFromTheHost) {
  EXPECT_EQ(ResolveTexts({{"host", "x.com/?o=7&a=acc"}})->workspace_id, "7");
  EXPECT_EQ(ResolveTexts({{"host", "x.com/?o=7&a=acc"}})->account_id, "acc");
  EXPECT_EQ(ResolveTexts({{"host", "x.com/?o=7"}, {"workspace_id", "8"}})->workspace_id, "8");
  EXPECT_EQ(ResolveTexts({{"host", "x.com/?o=7"}, {"workspace_id", "none"}})->workspace_id, "");
}

TEST(ResolveTest, RenamesOldAuthTypes) {
  EXPECT_EQ(ResolveTexts({{"auth_type", "google-creds"}})->auth_type, "google-credentials");
  EXPECT_EQ(ResolveTexts({{"auth_type", "google-accounts"}})->auth_type, "google-id");
  EXPECT_EQ(ResolveTexts({{"auth_type", "google-workspace"}})->auth_type, "google-id");
}

TEST(ResolveTest, WarnsAboutUnverifiedTls) {
  EXPECT_THAT(ResolveTexts({{"skip_verify", "true"}})->warnings, ElementsAre(HasSubstr("ca_cert_file")));
  EXPECT_THAT(ResolveTexts({{"skip_verify", "false"}})->warnings, IsEmpty());
}

TEST(ConflictTest, NamesAllSourcesOfBothMethods) {
  const std::string text = ErrorOf({{"token", "canary"}}, {{"ARM_CLIENT_ID", "a"}, {"ARM_CLIENT_SECRET", "canary"}});
  for (const char* part :
       {"pat: token from the provider block", "azure_client_id from the variable ARM_CLIENT_ID",
        "azure_client_secret from the variable ARM_CLIENT_SECRET", "auth_type = pat", "DATABRICKS_AUTH_TYPE"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, Not(HasSubstr("canary")));
}

TEST(ConflictTest, Table) {
  struct Case {
    const char* what;
    Texts block;
    bool conflict;
  };
  const Case kCases[] = {
      {"principal with file", {{"client_id", "a"}, {"databricks_id_token_filepath", "f"}}, true},
      {"the same with auth_type",
       {{"client_id", "a"}, {"databricks_id_token_filepath", "f"}, {"auth_type", "file-oidc"}},
       false},
      {"principal with variable", {{"client_id", "a"}, {"oidc_token_env", "V"}}, true},
      {"one method", {{"client_id", "a"}, {"client_secret", "b"}}, false},
      {"google and basic", {{"google_credentials", "a"}, {"username", "b"}}, true},
      {"a flag that is off", {{"token", "a"}, {"azure_use_msi", "false"}}, false},
      {"a flag that is on", {{"token", "a"}, {"azure_use_msi", "true"}}, true},
      {"GitHub's variables are of no method", {{"token", "a"}, {"actions_id_token_request_url", "b"}}, false},
  };
  for (const Case& c : kCases) EXPECT_EQ(!ResolveTexts(c.block).has_value(), c.conflict) << c.what;
}

class ProfileTest : public testing::Test {
 protected:
  ProfileTest() : home_(testing::TempDir() + "home" + std::to_string(getpid())) {
    mkdir(home_.c_str(), 0700);
    Write("[DEFAULT]\nhost = d.com\ntoken = dt\n[dev]\nhost = dev.com\nusername = me\npassword = canary\n[empty]\n");
  }
  ~ProfileTest() override {
    std::remove(path().c_str());
    rmdir(home_.c_str());
  }
  std::string path() const { return home_ + "/.databrickscfg"; }
  void Write(const std::string& text, mode_t mode = 0600) {
    std::ofstream(path()) << text;
    chmod(path().c_str(), mode);
  }
  Texts Home(Texts more = {}) const {
    more.emplace("HOME", home_);
    return more;
  }

  std::string home_;
};

TEST_F(ProfileTest, IsTakenWhenNothingElseIsSet) {
  EXPECT_EQ(ResolveTexts({}, Home())->host, "https://d.com");
  EXPECT_EQ(ResolveTexts({}, Home())->profile, "DEFAULT");
  EXPECT_EQ(ResolveTexts({}, Home({{"DATABRICKS_TOKEN", "t"}}))->host, "");  // skipped
  EXPECT_EQ(ResolveTexts({{"host", "b.com"}}, Home())->token, Secret());
  EXPECT_EQ(ResolveTexts({{"account_id", "a"}}, Home())->host, "https://d.com");
}

TEST_F(ProfileTest, NamedItCountsAfterBlockAndEnvironment) {
  const auto config = ResolveTexts({{"profile", "dev"}, {"host", "b.com"}}, Home());
  EXPECT_EQ(config->host, "https://b.com");
  EXPECT_EQ(config->password, Secret("canary"));
  EXPECT_EQ(ResolveTexts({}, Home({{"DATABRICKS_CONFIG_PROFILE", "dev"}}))->host, "https://dev.com");
  EXPECT_EQ(ResolveTexts({{"config_file", "~/.databrickscfg"}, {"profile", "dev"}}, Home())->host, "https://dev.com");
  EXPECT_THAT(ErrorOf({{"profile", "dev"}}, Home({{"DATABRICKS_TOKEN", "t"}})),
              HasSubstr("username from profile dev of " + path()));
}

TEST_F(ProfileTest, ItsOwnDefaultCounts) {
  Write("[__settings__]\ndefault_profile = other\n[other]\nhost = o.com\n");
  EXPECT_EQ(ResolveTexts({}, Home())->host, "https://o.com");
  Write("[__settings__]\ndefault_profile = gone\n[other]\nhost = o.com\n");
  EXPECT_THAT(ErrorOf({}, Home()), HasSubstr("no section [gone], which its own default_profile names"));
}

TEST_F(ProfileTest, WhatIsNamedMustBeThere) {
  EXPECT_EQ(ErrorOf({{"profile", "prod"}}, Home()),
            "The profile file " + path() +
                " has no section [prod], which the provider block names as the profile. Its profiles are: DEFAULT, "
                "dev.");
  EXPECT_THAT(ErrorOf({{"profile", "empty"}}, Home()), HasSubstr("no section [empty]"));
  EXPECT_THAT(ErrorOf({{"profile", "__settings__"}}, Home()), HasSubstr("reserved"));
  std::remove(path().c_str());
  const std::string gone = ErrorOf({}, Home({{"DATABRICKS_CONFIG_PROFILE", "prod"}}));
  EXPECT_THAT(gone, HasSubstr("The profile file " + path()));
  EXPECT_THAT(gone, HasSubstr("profile prod (named by the variable DATABRICKS_CONFIG_PROFILE)"));
  EXPECT_THAT(ErrorOf({{"config_file", "/nowhere/cfg"}}), HasSubstr("/nowhere/cfg (named by the provider block)"));
  EXPECT_EQ(ErrorOf({}, Home()), "no error");
}

TEST_F(ProfileTest, MalformedIsAnError) {
  Write("[a\n");
  EXPECT_THAT(ErrorOf({}, Home()), HasSubstr(path() + " is malformed: line 1 "));
}

TEST_F(ProfileTest, SecretsThatOthersCanReadGetAWarning) {
  const std::string secret = "[DEFAULT]\nhost = d.com\n[x]\ntoken = canary\n";
  Write(secret, 0644);
  EXPECT_THAT(ResolveTexts({}, Home())->warnings, ElementsAre(HasSubstr("chmod 600 " + path())));
  Write(secret, 0640);
  EXPECT_THAT(ResolveTexts({}, Home())->warnings, testing::SizeIs(1));
  Write(secret, 0600);
  EXPECT_THAT(ResolveTexts({}, Home())->warnings, IsEmpty());
  Write("[DEFAULT]\nhost = d.com\n", 0644);
  EXPECT_THAT(ResolveTexts({}, Home())->warnings, IsEmpty());
}

TEST_F(ProfileTest, ValuesHaveTheirTypes) {
  Write("[DEFAULT]\nazure_use_msi = yes\n");
  EXPECT_THAT(ErrorOf({}, Home()), HasSubstr("azure_use_msi in profile DEFAULT of " + path() + " must be true"));
  Write("[DEFAULT]\nscopes = b, a\nunknown_key = x\nrate_limit = 3\n");
  EXPECT_THAT(ResolveTexts({}, Home())->scopes, ElementsAre("a", "b"));
  EXPECT_EQ(ResolveTexts({}, Home())->rate_limit, 3.0);
}

TEST(ConfigTest, GivesItsSecrets) {
  EXPECT_THAT(ResolveTexts({{"token", "t"}, {"client_id", "no"}, {"auth_type", "pat"}})->Secrets(),
              ElementsAre(Secret("t")));
}

}  // namespace
}  // namespace tfcpp::databricks
