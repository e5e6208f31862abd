#include "databricks/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tfcpp::databricks {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

Environment Variables(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(std::string(name));
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

struct HostCase {
  const char* text;
  const char* host;  // "": refused
};

TEST(NormaliseHostTest, KeepsSchemeAndAuthority) {
  const HostCase kCases[] = {
      {"https://example.cloud.databricks.com", "https://example.cloud.databricks.com"},
      {"Example.cloud.databricks.com/?o=1", "https://example.cloud.databricks.com"},
      {"  https://EXAMPLE.com/  ", "https://example.com"},
      {"https://example.com/login.html#x", "https://example.com"},
      {"https://example.com?o=1", "https://example.com"},
      {"https://example.com:443", "https://example.com"},
      {"https://example.com:8443/x", "https://example.com:8443"},
      {"http://127.0.0.1:5000", "http://127.0.0.1:5000"},
      {"http://example.com:80", "http://example.com"},
      {"http://example.com:443", "http://example.com:443"},
      {"localhost:8080", "https://localhost:8080"},
      {"HTTPS://[2001:DB8::1]:8443/", "https://[2001:db8::1]:8443"},
      {"https://[::1]", "https://[::1]"},
      {"adb-1.2.azuredatabricks.net", "https://adb-1.2.azuredatabricks.net"},
      {"", ""},
      {"https://", ""},
      {"https:///path", ""},
      {"ftp://example.com", ""},
      {"https://user:pw@example.com", ""},
      {"token@example.com", ""},
      {"https://exa mple.com", ""},
      {"https://example.com:", ""},
      {"https://example.com:port", ""},
      {"https://example.com:123456", ""},
      {"https://:443", ""},
      {"https://[::1", ""},
      {"https://ex\xc3\xa4mple.com", ""},
      {"https://example.com\r\nX: y", ""},
  };
  for (const HostCase& c : kCases) {
    const auto host = NormaliseHost(c.text);
    EXPECT_EQ(host.has_value() ? *host : "", c.host) << c.text;
    if (!host.has_value()) {
      EXPECT_EQ(host.error().code, ErrorCode::kInvalidArgument) << c.text;
      EXPECT_THAT(host.error().message, HasSubstr("DATABRICKS_HOST")) << c.text;
    }
  }
}

TEST(NormaliseHostTest, DoesNotRepeatWhatMayBeASecret) {
  EXPECT_THAT(NormaliseHost("https://user:canary@example.com").error().message, Not(HasSubstr("canary")));
}

struct ResolveCase {
  const char* what;
  ConfigInput input;
  std::map<std::string, std::string> environment;
  const char* host;
  const char* token;
  const char* auth_type;
};

TEST(ResolveTest, TheBlockCountsBeforeTheEnvironment) {
  const ResolveCase kCases[] = {
      {"nothing", {}, {}, "", "", ""},
      {"block", {.host = "b.com", .token = Secret("t")}, {}, "https://b.com", "t", "pat"},
      {"environment", {}, {{"DATABRICKS_HOST", "e.com"}, {"DATABRICKS_TOKEN", "u"}}, "https://e.com", "u", "pat"},
      {"both",
       {.host = "b.com", .token = Secret("t")},
       {{"DATABRICKS_HOST", "e.com"}, {"DATABRICKS_TOKEN", "u"}},
       "https://b.com",
       "t",
       "pat"},
      {"each by itself", {.host = "b.com"}, {{"DATABRICKS_TOKEN", "u"}}, "https://b.com", "u", "pat"},
      {"empty is unset",
       {.host = "", .token = Secret("")},
       {{"DATABRICKS_HOST", "e.com"}, {"DATABRICKS_TOKEN", "u"}},
       "https://e.com",
       "u",
       "pat"},
      {"empty everywhere", {.host = ""}, {{"DATABRICKS_HOST", ""}, {"DATABRICKS_TOKEN", ""}}, "", "", ""},
      {"a bad one that is not used", {.host = "b.com"}, {{"DATABRICKS_HOST", "ftp://e"}}, "https://b.com", "", ""},
  };
  for (const ResolveCase& c : kCases) {
    const auto config = Resolve(c.input, Variables(c.environment));
    ASSERT_TRUE(config.has_value()) << c.what;
    EXPECT_EQ(config->host, c.host) << c.what;
    EXPECT_EQ(config->token, Secret(c.token)) << c.what;
    EXPECT_EQ(config->auth_type, c.auth_type) << c.what;
  }
}

TEST(ResolveTest, RefusesAHostThatIsNone) {
  EXPECT_FALSE(Resolve({.host = "https://"}, Variables({})).has_value());
  EXPECT_FALSE(Resolve({}, Variables({{"DATABRICKS_HOST", "ftp://x"}})).has_value());
}

TEST(ResolveTest, TimeoutsHaveDefaultsAndZeroIsAValue) {
  const auto defaults = Resolve({}, Variables({}));
  EXPECT_EQ(defaults->http_timeout, 60s);
  EXPECT_EQ(defaults->retry_timeout, 300s);
  const auto given = Resolve({.http_timeout_seconds = 5, .retry_timeout_seconds = 0}, Variables({}));
  EXPECT_EQ(given->http_timeout, 5s);
  EXPECT_EQ(given->retry_timeout, 0s);
}

}  // namespace
}  // namespace tfcpp::databricks
