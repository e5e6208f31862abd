#include "mlflow_server/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "mlflow_server/attributes.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::mlflow_server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Texts = std::map<std::string, std::string>;

class ServerConfigTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string folder = ::testing::TempDir() + "home-XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    home_ = folder;
  }
  void TearDown() override { std::filesystem::remove_all(home_); }

  std::string Write(const std::string& name, const std::string& text) const {
    const std::string path = home_ + "/" + name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path) << text;
    return path;
  }
  void WriteCredentials(const std::string& text) const { Write(".mlflow/credentials", text); }

  Result<Config> With(const Texts& block, Texts variables = {}) const {
    ConfigInput input;
    for (const auto& [name, text] : block) input.emplace(name, Secret(text));
    variables.emplace("HOME", home_);
    return Resolve(input, [variables](std::string_view name) {
      const auto found = variables.find(std::string(name));
      return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
  }
  static std::string MessageOf(const Result<Config>& result) {
    return result.has_value() ? "" : result.error().message;
  }

  std::string home_;
};

TEST_F(ServerConfigTest, NothingIsNoError) {
  const auto config = With({});
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->tracking_uri, "");
  EXPECT_THAT(config->warnings, IsEmpty());
  EXPECT_THAT(config->Secrets(), IsEmpty());
}

TEST_F(ServerConfigTest, TheAddressIsThatOfTheBlockThenTheRegistrysThenTheTrackingServers) {
  const Texts both{{"MLFLOW_REGISTRY_URI", "https://registry"}, {"MLFLOW_TRACKING_URI", "https://tracking"}};
  const struct {
    Texts block;
    Texts variables;
    const char* address;
    const char* source;
  } kCases[] = {
      {{{"tracking_uri", "https://block"}}, both, "https://block", "the provider block"},
      {{}, both, "https://registry", "the variable MLFLOW_REGISTRY_URI"},
      {{{"tracking_uri", ""}}, both, "https://registry", "the variable MLFLOW_REGISTRY_URI"},
      {{{"tracking_uri", " \n"}}, both, "https://registry", "the variable MLFLOW_REGISTRY_URI"},
      {{}, {{"MLFLOW_REGISTRY_URI", "HTTP://r"}}, "http://r", "the variable MLFLOW_REGISTRY_URI"},
      {{},
       {{"MLFLOW_REGISTRY_URI", "databricks-uc"}, {"MLFLOW_TRACKING_URI", "http://t"}},
       "http://t",
       "the variable MLFLOW_TRACKING_URI"},
      {{},
       {{"MLFLOW_REGISTRY_URI", "sqlite:///m.db"}, {"MLFLOW_TRACKING_URI", "http://t/\n"}},
       "http://t",
       "the variable MLFLOW_TRACKING_URI"},
  };
  for (const auto& each : kCases) {
    const auto config = With(each.block, each.variables);
    ASSERT_TRUE(config.has_value()) << config.error().message;
    EXPECT_EQ(config->tracking_uri, each.address);
    EXPECT_EQ(config->sources.at("tracking_uri"), each.source);
  }
}

TEST_F(ServerConfigTest, EveryAttributeCountsFromTheBlockElseFromItsVariable) {
  const std::string pem = Write("both.pem", "-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n");
  const Texts values{{"tracking_uri", "https://h"},      {"tracking_username", "me"},
                     {"tracking_password", "pw"},        {"tracking_token", "tok"},
                     {"tracking_server_cert_path", pem}, {"tracking_client_cert_path", pem},
                     {"tracking_insecure_tls", "true"},  {"tracking_workspace", "team-a"}};
  for (const AttributeInfo& info : Attributes()) {
    if (!info.is_own()) continue;
    const std::string name(info.name);
    const std::string value = values.at(name);
    // A user name and a password need each other.
    Texts more;
    if (name == "tracking_username") more = {{"tracking_password", "x"}};
    if (name == "tracking_password") more = {{"tracking_username", "x"}};
    Texts block = more;
    block[name] = value;
    Texts variables;
    for (const auto& [other, text] : more) variables["MLFLOW_" + ToUpper(other)] = text;
    variables[std::string(info.variable)] = value;
    EXPECT_EQ(With(block).value().sources.at(name), "the provider block") << name;
    EXPECT_EQ(With({}, variables).value().sources.at(name), "the variable " + std::string(info.variable)) << name;
    EXPECT_EQ(With(block, variables).value().sources.at(name), "the provider block") << name;
    for (const char* unset : {"", " ", "\n"}) {
      if (info.text == TextKind::kPassword && std::string(unset) == " ") continue;
      Texts with_unset = {{name, unset}};
      EXPECT_EQ(With(with_unset, variables).value().sources.at(name), "the variable " + std::string(info.variable));
    }
    Texts with_control = more;
    with_control[name] = "canary\x01x";
    EXPECT_THAT(MessageOf(With(with_control)), AllOf(HasSubstr(name), Not(HasSubstr("canary")))) << name;
  }
}

TEST_F(ServerConfigTest, CredentialsAreThoseOfTheFirstLevelThatHasAny) {
  const Texts block_basic{{"tracking_username", "block"}, {"tracking_password", "block-pw"}};
  const Texts block_token{{"tracking_token", "block-token"}};
  const Texts env_basic{{"MLFLOW_TRACKING_USERNAME", "env"}, {"MLFLOW_TRACKING_PASSWORD", "env-pw"}};
  const Texts env_token{{"MLFLOW_TRACKING_TOKEN", "env-token"}};
  const std::string file = "[mlflow]\nmlflow_tracking_username = file\nmlflow_tracking_password = file-pw\n";
  const struct {
    Texts block;
    Texts variables;
    std::string file;
    const char* username;
    const char* password;
    const char* token;
  } kCases[] = {
      {block_basic, env_token, file, "block", "block-pw", ""},
      {block_token, env_basic, file, "", "", "block-token"},
      {{}, env_basic, file, "env", "env-pw", ""},
      {{}, env_token, file, "", "", "env-token"},
      {{}, {}, file, "file", "file-pw", ""},
      {{}, {}, "[other]\nmlflow_tracking_username = file\n", "", "", ""},
      // A user name is completed by the password of the next level that has one.
      {{{"tracking_username", "block"}}, env_basic, file, "block", "env-pw", ""},
      {{{"tracking_username", "block"}}, {}, file, "block", "file-pw", ""},
      {{}, {{"MLFLOW_TRACKING_USERNAME", "env"}}, "[mlflow]\nmlflow_tracking_password = file-pw", "env", "file-pw", ""},
      // As configparser reads it: no comments within a line, no quotes, keys in any case, %% for %.
      {{},
       {},
       "[mlflow]\nMLflow_Tracking_Username: \"me\"\nmlflow_tracking_password = a # b;%%\n",
       "\"me\"",
       "a # b;%",
       ""},
  };
  for (const auto& each : kCases) {
    WriteCredentials(each.file);
    const auto config = With(each.block, each.variables);
    ASSERT_TRUE(config.has_value()) << config.error().message;
    EXPECT_EQ(config->tracking_username, each.username);
    EXPECT_EQ(config->tracking_password.Reveal(), each.password);
    EXPECT_EQ(config->tracking_token.Reveal(), each.token);
  }
}

TEST_F(ServerConfigTest, CredentialsThatContradictOrLackSomethingAreErrorsThatNameTheirSources) {
  const struct {
    Texts block;
    Texts variables;
    std::string file;
    std::vector<const char*> told;
  } kCases[] = {
      {{{"tracking_username", "u"}, {"tracking_password", "canary"}, {"tracking_token", "canary"}},
       {},
       "",
       {"tracking_username from the provider block", "tracking_token from the provider block"}},
      {{},
       {{"MLFLOW_TRACKING_USERNAME", "u"}, {"MLFLOW_TRACKING_TOKEN", "canary"}},
       "",
       {"the variable MLFLOW_TRACKING_USERNAME", "the variable MLFLOW_TRACKING_TOKEN"}},
      {{},
       {{"MLFLOW_TRACKING_PASSWORD", "canary"}, {"MLFLOW_TRACKING_TOKEN", "canary"}},
       "",
       {"tracking_password from the variable", "tracking_token from the variable"}},
      {{{"tracking_username", "u"}}, {}, "", {"tracking_username comes from the provider block", "no password"}},
      {{{"tracking_username", "u"}}, {{"MLFLOW_TRACKING_TOKEN", "canary"}}, "", {"no password"}},
      {{}, {}, "[mlflow]\nmlflow_tracking_username = u\n", {"/.mlflow/credentials", "no password"}},
      {{{"tracking_password", "canary"}}, {}, "", {"tracking_password comes from the provider block", "no user name"}},
      {{{"tracking_username", "a:b"}, {"tracking_password", "canary"}}, {}, "", {"contains a colon"}},
      {{}, {}, "[mlflow\ncanary", {"/.mlflow/credentials is malformed: line 1"}},
  };
  for (const auto& each : kCases) {
    WriteCredentials(each.file);
    const auto config = With(each.block, each.variables);
    ASSERT_FALSE(config.has_value());
    for (const char* text : each.told) EXPECT_THAT(config.error().message, HasSubstr(text));
    EXPECT_THAT(config.error().message, Not(HasSubstr("canary")));
  }
}

TEST_F(ServerConfigTest, AFileThatIsNotNeededDoesNoHarm) {
  WriteCredentials("no section");
  EXPECT_TRUE(With({{"tracking_token", "t"}}).has_value());
  EXPECT_TRUE(With({}, {{"MLFLOW_TRACKING_USERNAME", "u"}, {"MLFLOW_TRACKING_PASSWORD", "p"}}).has_value());
  EXPECT_FALSE(With({}).has_value());
}

TEST_F(ServerConfigTest, FilesOfCertificatesAreUsableOrToldOf) {
  const std::string cert = Write("cert.pem", "-----BEGIN CERTIFICATE-----\n");
  const std::string key = Write("key.pem", "-----BEGIN PRIVATE KEY-----\n");
  const struct {
    Texts block;
    const char* told;
  } kCases[] = {
      {{{"tracking_server_cert_path", home_}}, "Name one PEM file"},
      {{{"tracking_client_cert_path", home_}}, "Name one PEM file"},
      {{{"tracking_server_cert_path", home_ + "/none"}}, "tracking_server_cert_path from the provider block"},
      {{{"tracking_client_cert_path", home_ + "/none"}}, "tracking_client_cert_path from the provider block"},
      {{{"tracking_client_cert_path", cert}}, "holds no private key"},
      {{{"tracking_client_cert_path", key}}, "holds no certificate"},
      {{{"tracking_server_cert_path", cert}, {"tracking_insecure_tls", "true"}}, "contradict each other"},
  };
  for (const auto& each : kCases) EXPECT_THAT(MessageOf(With(each.block)), HasSubstr(each.told));
  EXPECT_EQ(MessageOf(With({{"tracking_server_cert_path", cert}, {"tracking_insecure_tls", "0"}})), "");
}

TEST_F(ServerConfigTest, TheSwitchIsWhatMlflowsOwnClientsTake) {
  for (const char* text : {"true", "True", "TRUE", "1"}) {
    EXPECT_TRUE(With({}, {{"MLFLOW_TRACKING_INSECURE_TLS", text}}).value().tracking_insecure_tls) << text;
  }
  for (const char* text : {"false", "False", "0", ""}) {
    EXPECT_FALSE(With({}, {{"MLFLOW_TRACKING_INSECURE_TLS", text}}).value().tracking_insecure_tls) << text;
  }
  EXPECT_THAT(MessageOf(With({}, {{"MLFLOW_TRACKING_INSECURE_TLS", "yes"}})), HasSubstr("must be true or false"));
}

TEST_F(ServerConfigTest, WarnsOfCredentialsThatAnybodyCanRead) {
  const struct {
    const char* address;
    Texts credentials;
    bool warned;
  } kCases[] = {
      {"http://mlflow.example.com", {{"tracking_token", "t"}}, true},
      {"http://10.0.0.1:5000", {{"tracking_username", "u"}, {"tracking_password", "p"}}, true},
      {"http://mlflow.example.com", {}, false},
      {"https://mlflow.example.com", {{"tracking_token", "t"}}, false},
      {"http://localhost:5000", {{"tracking_token", "t"}}, false},
      {"http://127.0.0.1:5000", {{"tracking_token", "t"}}, false},
      {"http://[::1]:5000", {{"tracking_token", "t"}}, false},
  };
  for (const auto& each : kCases) {
    Texts block = each.credentials;
    block["tracking_uri"] = each.address;
    EXPECT_EQ(!With(block).value().warnings.empty(), each.warned) << each.address;
  }
}

TEST_F(ServerConfigTest, OriginNamesSourcesAndWhatIsNotSupported) {
  EXPECT_THAT(OriginOf(With({}).value()), HasSubstr("No credentials are set"));
  EXPECT_THAT(OriginOf(With({{"tracking_token", "canary"}}).value()),
              AllOf(HasSubstr("a token from the provider block"), Not(HasSubstr("canary"))));
  const Texts basic{{"MLFLOW_TRACKING_USERNAME", "u"}, {"MLFLOW_TRACKING_PASSWORD", "canary"}};
  EXPECT_THAT(OriginOf(With({}, basic).value()),
              AllOf(HasSubstr("a user name from the variable MLFLOW_TRACKING_USERNAME"), Not(HasSubstr("canary"))));
  const auto both = With({}, {{"MLFLOW_TRACKING_AWS_SIGV4", "true"}, {"MLFLOW_TRACKING_AUTH", "plugin"}}).value();
  EXPECT_THAT(OriginOf(both),
              HasSubstr("MLFLOW_TRACKING_AWS_SIGV4 and MLFLOW_TRACKING_AUTH are set, but not supported"));
  EXPECT_THAT(OriginOf(With({}, {{"MLFLOW_TRACKING_AWS_SIGV4", "false"}}).value()), Not(HasSubstr("SIGV4")));
}

TEST_F(ServerConfigTest, WorkspaceNamesAreChecked) {
  EXPECT_THAT(MessageOf(With({}, {{"MLFLOW_WORKSPACE", "Team A"}})),
              HasSubstr("tracking_workspace from the variable MLFLOW_WORKSPACE must consist"));
}

}  // namespace
}  // namespace tfcpp::mlflow_server
