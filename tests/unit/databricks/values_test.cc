// What is taken off the ends of each setting's value and which characters it must not have, wherever it comes from; and
// that each setting that names a file says what is wrong with that file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "databricks/attributes.h"
#include "databricks/config.h"

namespace tfcpp::databricks {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Texts = std::map<std::string, std::string>;

Result<Config> ResolveTexts(const Texts& block, const Texts& variables = {}) {
  ConfigInput input;
  for (const auto& [name, text] : block) input.emplace(name, Secret(text));
  return Resolve(input, [&](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(std::string(name));
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

std::string ErrorOf(const Result<Config>& config) { return config.has_value() ? "no error" : config.error().message; }

// The value of a text attribute; nullopt for one of another type.
std::optional<std::string> TextIn(const Config& config, const AttributeInfo& info) {
  if (const auto* text = std::get_if<std::string Config::*>(&info.target)) return config.**text;
  if (const auto* secret = std::get_if<Secret Config::*>(&info.target)) return (config.**secret).Reveal();
  return std::nullopt;
}

// One for each kind.
struct Rule {
  TextKind kind;
  const char* what_counts;  // of kGiven
  std::string refused;      // within a value
  std::string taken;
};
const std::string kGiven = " \t v x \t\r\n";
const std::string kControls("\0\t\r\n\x1b\x7f", 6);
const std::string kLineBreaks("\0\r\n", 3);
const std::string kOthers = "\t\x1b\x7f";
const Rule kRules[] = {
    {TextKind::kPlain, "v x", kControls, ""},           {TextKind::kForm, "v x", kLineBreaks, kOthers},
    {TextKind::kPassword, " \t v x \t", kControls, ""}, {TextKind::kFormSecret, " \t v x \t", kLineBreaks, kOthers},
    {TextKind::kJson, " \t v x \t\r\n", "", kControls},
};

TEST(ValuesTest, EachKindHasItsRule) {
  for (const Rule& rule : kRules) {
    EXPECT_EQ(Trimmed(rule.kind, kGiven), rule.what_counts);
    for (const char c : rule.refused) EXPECT_NE(FaultOf(rule.kind, std::string("a") + c + "b"), "") << int{c};
    for (const char c : rule.taken) EXPECT_EQ(FaultOf(rule.kind, std::string("a") + c + "b"), "") << int{c};
    EXPECT_EQ(FaultOf(rule.kind, "a b\xc3\xa4"), "");
  }
}

TEST(ValuesTest, ATenantIsAGuidOrADomainName) {
  EXPECT_EQ(Trimmed(TextKind::kTenant, " t\n"), "t");
  for (const char* text : {"6e0b2a10-0000-4000-8000-00000000000a", "contoso.onmicrosoft.com", "Contoso-1", "common"}) {
    EXPECT_EQ(FaultOf(TextKind::kTenant, text), "") << text;
  }
  for (const char* text :
       {"", "..", ".a", "a/b", "a b", "a?b", "a#b", "a%2fb", "a@b", "a:1", "a_b", "\xc3\xa4", "\xff"}) {
    EXPECT_EQ(FaultOf(TextKind::kTenant, text), "is neither a GUID nor a domain name") << text;
  }
}

TEST(ValuesTest, EachSettingHasItsKind) {
  const std::map<std::string, TextKind> kKinds = {
      {"password", TextKind::kPassword},
      {"client_secret", TextKind::kFormSecret},
      {"google_credentials", TextKind::kJson},
      {"azure_client_secret", TextKind::kFormSecret},
      {"client_id", TextKind::kForm},
      {"azure_client_id", TextKind::kForm},
      {"google_service_account", TextKind::kForm},
      {"scopes", TextKind::kForm},
      {"audience", TextKind::kForm},
      {"azure_tenant_id", TextKind::kTenant},
  };
  for (const AttributeInfo& info : Attributes()) {
    const auto found = kKinds.find(std::string(info.name));
    EXPECT_EQ(info.text, found == kKinds.end() ? TextKind::kPlain : found->second) << info.name;
  }
}

class EverySettingTest : public testing::Test {
 protected:
  EverySettingTest() { std::filesystem::create_directory(home_); }
  ~EverySettingTest() override { std::filesystem::remove_all(home_); }

  // `text` as the value of the attribute from each source that can hold it, by the source's name. A line of a profile
  // file ends where the text's line ends.
  std::map<std::string, Result<Config>> FromEverySource(const AttributeInfo& info, const std::string& text) const {
    const std::string name(info.name);
    std::map<std::string, Result<Config>> configs;
    configs.emplace("the provider block", ResolveTexts({{name, text}}));
    if (!info.variable.empty()) {
      const std::string variable(info.variable);
      configs.emplace("the variable " + variable, ResolveTexts({}, {{variable, text}}));
    }
    if (text.find('\n') == std::string::npos && text.find('\r') == std::string::npos) {
      const std::string file = home_ + "/profiles";
      std::ofstream(file, std::ios::binary) << "[p]\n" << name << " = \"" << text << "\"\n";
      configs.emplace("profile p of " + file, ResolveTexts({{"config_file", file}, {"profile", "p"}}));
    }
    return configs;
  }

  // Those of text whose value alone makes no other error.
  static bool IsPlainText(const AttributeInfo& info) {
    return TextIn(Config(), info).has_value() && info.name != "profile" && info.name != "config_file" &&
           info.name != "host";
  }

  const std::string home_ = testing::TempDir() + "values-" + std::to_string(getpid());
};

TEST_F(EverySettingTest, LosesWhatStandsAtItsEnds) {
  std::size_t settings = 0;
  for (const AttributeInfo& info : Attributes()) {
    if (!IsPlainText(info)) continue;
    ++settings;
    for (const auto& [source, config] : FromEverySource(info, "v\n")) {
      ASSERT_TRUE(config.has_value()) << source << ": " << ErrorOf(config);
      EXPECT_EQ(TextIn(*config, info), info.text == TextKind::kJson ? "v\n" : "v") << info.name << " in " << source;
    }
    for (const auto& [source, config] : FromEverySource(info, " v ")) {
      const bool keeps_blanks = Trimmed(info.text, " ") == " ";
      EXPECT_EQ(TextIn(*config, info), keeps_blanks ? " v " : "v") << info.name << " in " << source;
    }
  }
  EXPECT_GT(settings, 20u);
}

TEST_F(EverySettingTest, RefusesControlCharactersAndNamesTheSource) {
  for (const AttributeInfo& info : Attributes()) {
    if (!IsPlainText(info)) continue;
    for (const char c : kControls) {
      const std::string text = std::string("canary") + c + "X-Evil: 1";
      for (const auto& [source, config] : FromEverySource(info, text)) {
        if (FaultOf(info.text, text).empty()) {
          EXPECT_EQ(TextIn(*config, info), text) << info.name << " in " << source;
        } else {
          EXPECT_THAT(ErrorOf(config),
                      AllOf(HasSubstr(std::string(info.name) + " in " + source + " contains a line break"),
                            Not(HasSubstr("canary"))))
              << int{c};
        }
      }
    }
  }
}

TEST_F(EverySettingTest, OfBlanksOnlyIsUnset) {
  for (const AttributeInfo& info : Attributes()) {
    if (std::holds_alternative<Unused>(info.target) || info.text == TextKind::kJson) continue;
    const auto config = ResolveTexts({{std::string(info.name), "\r\n"}});
    ASSERT_TRUE(config.has_value()) << info.name << ": " << ErrorOf(config);
    EXPECT_FALSE(config->IsSet(info.name)) << info.name;
    EXPECT_THAT(config->near_misses,
                ElementsAre(std::string(info.name) + " in the provider block has only blanks, which count as unset."));
  }
}

TEST_F(EverySettingTest, OfOtherTypesTakesLineEndsToo) {
  const auto config = ResolveTexts({{"azure_use_msi", " true\n"},
                                    {"rate_limit", "3\r\n"},
                                    {"http_timeout_seconds", "7\n"},
                                    {"host", "\n example.com\r\n"},
                                    {"scopes", "b\n, a"}});
  ASSERT_TRUE(config.has_value()) << ErrorOf(config);
  EXPECT_TRUE(config->azure_use_msi);
  EXPECT_EQ(config->rate_limit, 3.0);
  EXPECT_EQ(config->http_timeout, std::chrono::seconds(7));
  EXPECT_EQ(config->host, "https://example.com");
  EXPECT_THAT(config->scopes, ElementsAre("a", "b"));
  EXPECT_THAT(ErrorOf(ResolveTexts({{"scopes", "a\nb"}})), HasSubstr("scopes in the provider block contains a line"));
  // The ids in the query of a host become headers as well.
  EXPECT_THAT(ErrorOf(ResolveTexts({{"host", "x.com/?w=1\r\nX-Evil: 1"}})),
              HasSubstr("host in the provider block contains a line break"));
}

// --- The profile file, which is read here; what other settings name is read by their users ---

TEST_F(EverySettingTest, AProfileFileThatCannotBeReadSaysWhy) {
  const std::string large = home_ + "/large";
  std::ofstream(large) << std::string((1u << 20) + 1, '#');
  const struct {
    std::string path;
    const char* words;
  } kCases[] = {{home_, "is a folder, not a file"},
                {home_ + "/missing", "does not exist"},
                {"/proc/self/mem", "Input/output error"},
                {large, "is too large"}};
  for (const auto& c : kCases) {
    for (const Texts& more : {Texts{}, Texts{{"profile", "p"}}}) {
      Texts block = more;
      block["config_file"] = c.path + "\n";
      EXPECT_THAT(ErrorOf(ResolveTexts(block)), AllOf(HasSubstr("The profile file " + c.path), HasSubstr(c.words)));
      EXPECT_THAT(ErrorOf(ResolveTexts(more, {{"DATABRICKS_CONFIG_FILE", c.path}})), HasSubstr(c.words));
    }
  }
}

TEST_F(EverySettingTest, ADefaultProfileFileThatCannotBeReadCountsAsAbsent) {
  const std::string path = home_ + "/.databrickscfg";
  std::filesystem::create_directory(path);
  const auto config = ResolveTexts({}, {{"HOME", home_}});
  ASSERT_TRUE(config.has_value()) << ErrorOf(config);
  const auto told = HasSubstr("The profile file " + path + " is a folder, not a file");
  EXPECT_THAT(config->warnings, ElementsAre(AllOf(told, HasSubstr("counts as absent"))));
  EXPECT_THAT(config->near_misses, ElementsAre(told));
  // It is looked at only where it would count, and must be there where a profile is named.
  EXPECT_THAT(ResolveTexts({{"token", "t"}}, {{"HOME", home_}})->warnings, IsEmpty());
  EXPECT_THAT(ErrorOf(ResolveTexts({{"profile", "p"}}, {{"HOME", home_}})), HasSubstr("is a folder, not a file"));
}

// --- Near misses ---

TEST_F(EverySettingTest, NearMissesAreNamedWithTheirFile) {
  const std::string path = home_ + "/.databrickscfg";
  const struct {
    const char* file;
    Texts block;
    std::vector<std::string> words;  // of the only near miss; none: there is none
  } kCases[] = {
      {"[default]\nhost = x.com\n",
       {},
       {path, "no section [DEFAULT]", "It has [default]", "DATABRICKS_CONFIG_PROFILE"}},
      {"[work]\nhost = x.com\n", {}, {path, "no section [DEFAULT]", "Its profiles are: work."}},
      {"", {}, {path, "The file has no profiles."}},
      {"HOST = x.com\n", {}, {"\"HOST\"", "profile DEFAULT of " + path, "host is"}},
      {"export host = x.com\n", {}, {"\"export host\"", "host is"}},
      {"export DATABRICKS_HOST=x.com\n", {}, {"\"export DATABRICKS_HOST\"", "host is"}},
      {"DATABRICKS_TOKEN: x\n", {}, {"\"DATABRICKS_TOKEN\"", "token is"}},
      {"client-id = x\n", {}, {"\"client-id\"", "client_id is"}},
      {"\"host\" = x\n", {}, {"host is"}},
      {"hosts = x\n", {}, {"\"hosts\"", "host is"}},
      {"host = x.com\n", {{"token", "t"}}, {path + " was left out", "token is set (from the provider block)"}},
      {"token = t\n", {{"host", "x.com"}}, {path + " was left out", "host is set (from the provider block)"}},
      {"host = x.com\nHOST = y.com\n", {}, {}},
      {"jobs-api-version = 2.1\nport = 1\n", {}, {}},
      {"host = x.com\n", {{"profile", "DEFAULT"}, {"token", "t"}}, {}},
  };
  for (const auto& c : kCases) {
    std::ofstream(path) << c.file;
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto config = ResolveTexts(c.block, {{"HOME", home_}});
    ASSERT_TRUE(config.has_value()) << c.file << ErrorOf(config);
    ASSERT_EQ(config->near_misses.size(), c.words.empty() ? 0u : 1u) << c.file;
    for (const std::string& word : c.words) EXPECT_THAT(config->near_misses[0], HasSubstr(word)) << c.file;
  }
  EXPECT_THAT(
      ErrorOf(ResolveTexts({{"profile", "default"}}, {{"HOME", home_}})),
      HasSubstr("no section [default], which the provider block names as the profile. It has [DEFAULT], which is"));
}

}  // namespace
}  // namespace tfcpp::databricks
