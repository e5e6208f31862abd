#include "databricks/host.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tfcpp::databricks {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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

TEST(NormaliseHostTest, NothingFollowsANulInAnAddress) {
  EXPECT_FALSE(NormaliseHost(std::string_view("https://[::1\0x]:80", 18)).has_value());
}

struct FaultCase {
  const char* text;
  const char* words;
};

TEST(NormaliseHostTest, SaysWhatIsWrongAndShowsIt) {
  const FaultCase kCases[] = {
      {"https://https://x.com", "once"},
      {"http://HTTPS://x.com", "once"},
      {"https:/x.com", "once"},
      {"https:x.com", "once"},
      {"https://b\xc3\xbc"
       "cher.example",
       "punycode"},
      {"https://", "names no host"},
      {"https://:443", "names no host"},
      {"https://[::1", "IPv6 address is malformed"},
      {"https://[1::2::3]", "IPv6 address is malformed"},
      {"https://[]", "IPv6 address is malformed"},
      {"https://exa mple.com", "character that no host name has"},
      {"https://ex%41mple.com", "character that no host name has"},
      {"https://example..com", "a dot too many"},
      {"https://.example.com", "a dot too many"},
      {"https://example.com:", "port between 1 and 65535"},
      {"https://example.com:0", "port between 1 and 65535"},
      {"https://example.com:65536", "port between 1 and 65535"},
      {"ftp://example.com", "neither an https nor an http address"},
  };
  for (const FaultCase& c : kCases) {
    const auto host = NormaliseHost(c.text);
    ASSERT_FALSE(host.has_value()) << c.text;
    EXPECT_THAT(host.error().message, testing::AllOf(HasSubstr(std::string("\"") + c.text + "\""), HasSubstr(c.words)));
  }
  EXPECT_TRUE(NormaliseHost("https://example.com.").has_value());
  EXPECT_TRUE(NormaliseHost("https://http.example.com").has_value());
  EXPECT_TRUE(NormaliseHost("http:8080").has_value());
}

TEST(NormaliseHostTest, DoesNotRepeatWhatMayBeASecret) {
  for (const char* text : {"https://user:canary@example.com", "ftp://canary@x", "ftp://x/?canary", "ftp://x#canary",
                           "https://x\r\ncanary", "ftp://x\tcanary"}) {
    EXPECT_THAT(NormaliseHost(text).error().message, Not(HasSubstr("canary"))) << text;
  }
}

struct QueryCase {
  const char* text;
  const char* workspace_id;
  const char* account_id;
};

TEST(IdsInQueryTest, TakesWhatABrowserAddressTells) {
  const QueryCase kCases[] = {
      {"https://example.com/?o=123", "123", ""},
      {"https://example.com/?o=12x", "", ""},
      {"https://example.com/?w=Any&o=123", "Any", ""},
      {"https://example.com/?workspace_id=7&account_id=A-b", "7", "A-b"},
      {"https://example.com/?o=x&workspace_id=7", "7", ""},
      {"https://example.com/?a=1&account_id=2#o=3", "", "1"},
      {"https://example.com/?x&o=", "", ""},
      {"https://example.com", "", ""},
  };
  for (const QueryCase& c : kCases) {
    EXPECT_EQ(IdsInQuery(c.text).workspace_id, c.workspace_id) << c.text;
    EXPECT_EQ(IdsInQuery(c.text).account_id, c.account_id) << c.text;
  }
}

TEST(CloudOfHostTest, GoesByTheName) {
  EXPECT_EQ(CloudOfHost("https://adb-1.2.azuredatabricks.net"), Cloud::kAzure);
  EXPECT_EQ(CloudOfHost("https://adb-1.2.databricks.azure.us"), Cloud::kAzure);
  EXPECT_EQ(CloudOfHost("https://1.2.gcp.databricks.com:443"), Cloud::kGcp);
  EXPECT_EQ(CloudOfHost("https://x.cloud.databricks.com"), Cloud::kAws);
  EXPECT_EQ(CloudOfHost("https://azuredatabricks.net.example.com"), Cloud::kUnknown);
  EXPECT_EQ(CloudOfName("AZURE"), Cloud::kAzure);
  EXPECT_EQ(CloudOfName("moon"), Cloud::kUnknown);
}

TEST(IsAccountHostTest, GoesByTheName) {
  EXPECT_TRUE(IsAccountHost("https://accounts.cloud.databricks.com"));
  EXPECT_TRUE(IsAccountHost("https://accounts-dod.cloud.databricks.us"));
  EXPECT_FALSE(IsAccountHost("https://my-accounts.cloud.databricks.com"));
}

}  // namespace
}  // namespace tfcpp::databricks
