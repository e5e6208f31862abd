#include "tfcpp/base/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tfcpp/base/strings.h"

namespace tfcpp {
namespace {

// "scheme|user|host|port|path|query|fragment"; "-" is what an address does not have.
std::string PartsOf(std::string_view text) {
  const Url url = Url::Split(text);
  const auto or_dash = [](const std::optional<std::string_view>& part) { return part.value_or("-"); };
  return Concat(or_dash(url.scheme), "|", or_dash(url.user), "|", url.host, "|", or_dash(url.port), "|", url.path, "|",
                or_dash(url.query), "|", or_dash(url.fragment));
}

TEST(UrlTest, HasParts) {
  const struct {
    const char* text;
    const char* parts;
  } kCases[] = {
      {"https://h.example", "https|-|h.example|-||-|-"},
      {"HTTPS://H.Example:8443/p/q?a=1&b#f", "HTTPS|-|H.Example|8443|/p/q|a=1&b|f"},
      {"h.example:80/x", "-|-|h.example|80|/x|-|-"},
      {"https://h?o=1", "https|-|h|-||o=1|-"},
      {"https://h#f?no=query", "https|-|h|-||-|f?no=query"},
      {"https://h/?#", "https|-|h|-|/||"},
      {"https://me:p@w@h/x@y", "https|me:p@w|h|-|/x@y|-|-"},
      {"https://@h", "https||h|-||-|-"},
      {"http://localhost:1@evil.example/", "http|localhost:1|evil.example|-|/|-|-"},
      {"http://evil.example/@localhost", "http|-|evil.example|-|/@localhost|-|-"},
      {"http://evil.example?@localhost", "http|-|evil.example|-||@localhost|-"},
      {"http://evil.example#@localhost", "http|-|evil.example|-||-|@localhost"},
      {"http://evil.example\\@localhost", "http|evil.example\\|localhost|-||-|-"},
      {"https://[2001:db8::1]:8443/x", "https|-|[2001:db8::1]|8443|/x|-|-"},
      {"https://[::1]", "https|-|[::1]|-||-|-"},
      {"https://me@[::1]:1", "https|me|[::1]|1||-|-"},
      {"https://[::1", "https|-|[|:1||-|-"},
      {"https://h:", "https|-|h|||-|-"},
      {"https://:443", "https|-||443||-|-"},
      {"https://a:b:c", "https|-|a|b:c||-|-"},
      {"://h", "|-|h|-||-|-"},
      {"https:///p", "https|-||-|/p|-|-"},
      {"https:/h", "-|-|https||/h|-|-"},
      {"h/login?next=https://other", "-|-|h|-|/login|next=https://other|-"},
      {"/subscriptions/s/x", "-|-||-|/subscriptions/s/x|-|-"},
      {"", "-|-||-||-|-"},
  };
  for (const auto& c : kCases) EXPECT_EQ(PartsOf(c.text), c.parts) << c.text;
}

TEST(UrlTest, MoreThanHost) {
  for (const char* text :
       {"", "https://", "https:///", "https://h", "https://h/", "h.example", "x.com:80", "HTTP://[::1]:1/"}) {
    EXPECT_FALSE(HasMoreThanHost(text)) << text;
  }
  for (const char* text :
       {"https://h/x", "https:///x", "h/x", "https://h?", "https://h?x", "https://h#x", "https://x@h", "https://a b/",
        "https:h", "https://h:x", "a b://h", "https://\xc3\xbc", "https://https://h", "://h", "/x", "some words"}) {
    EXPECT_TRUE(HasMoreThanHost(text)) << text;
  }
}

TEST(UrlTest, AuthorityIsWhatMayBeShown) {
  EXPECT_EQ(Url::Split("https://me:canary@h:1/canary?canary#canary").authority, "h:1");
  EXPECT_EQ(Url::Split("proxy.example:3128").authority, "proxy.example:3128");
  EXPECT_EQ(Url::Split("me:canary@[::1]:1").authority, "[::1]:1");
}

TEST(UrlTest, SchemesAreComparedInAnyCase) {
  EXPECT_TRUE(Url::Split("HttpS://h").HasScheme("https"));
  EXPECT_FALSE(Url::Split("http://h").HasScheme("https"));
  EXPECT_FALSE(Url::Split("https:h").HasScheme("https"));
}

TEST(UrlTest, FaultsHaveWordsAndShowNothing) {
  const struct {
    const char* text;
    const char* words;  // "": there is no fault
  } kCases[] = {
      {"https://h.example", ""},
      {"https://h_1.Example-2.:65535/x y\n", ""},
      {"h:1", ""},
      {"https://[::1]:1", ""},
      {"https://[::ffff:127.0.0.1]", ""},
      {"https://http.example", ""},
      {"http:8080", ""},
      {"https://me@h", "must not carry a user name or password"},
      {"https://@h", "must not carry a user name or password"},
      {"https://https://h", "must have https:// once, at its beginning"},
      {"http://HTTPS://h", "must have https:// once, at its beginning"},
      {"https:/h", "must have https:// once, at its beginning"},
      {"https:h", "must have https:// once, at its beginning"},
      {"", "names no host"},
      {"https://", "names no host"},
      {"https:///x", "names no host"},
      {"https://:443", "names no host"},
      {"https://[::1", "its IPv6 address is malformed"},
      {"https://[]", "its IPv6 address is malformed"},
      {"https://[1::2::3]", "its IPv6 address is malformed"},
      {"https://[127.0.0.1]", "its IPv6 address is malformed"},
      {"https://[::1%25lo]", "its IPv6 address is malformed"},
      {"https://[::1]x:1", "its IPv6 address is malformed"},
      {"https://b\xc3\xbc"
       "cher.example",
       "punycode"},
      {"https://h h", "a character that no host name has"},
      {"https://h%41", "a character that no host name has"},
      {"https://h\\x", "a character that no host name has"},
      {"https://h\r\nX", "a character that no host name has"},
      {"https://a..b", "a dot too many"},
      {"https://.a", "a dot too many"},
      {"https://h:", "no port between 1 and 65535"},
      {"https://h:0", "no port between 1 and 65535"},
      {"https://h:65536", "no port between 1 and 65535"},
      {"https://h:99999999999999999999", "no port between 1 and 65535"},
      {"https://h:+1", "no port between 1 and 65535"},
      {"https://h:1x", "no port between 1 and 65535"},
      {"https://a:b:c", "no port between 1 and 65535"},
  };
  for (const auto& c : kCases) {
    const std::string fault(FindUrlFault(Url::Split(c.text)));
    EXPECT_EQ(fault.empty(), std::string(c.words).empty()) << c.text << ": " << fault;
    EXPECT_THAT(fault, testing::HasSubstr(c.words)) << c.text;
  }
  const Url with_nul = Url::Split(std::string_view("https://[::1\0x]:80", 18));
  EXPECT_THAT(std::string(FindUrlFault(with_nul)), testing::HasSubstr("IPv6 address is malformed"));
  EXPECT_EQ(FindHostFault(Url::Split("https://me:pw@h")), "");
}

TEST(UrlTest, KnowsThisMachine) {
  for (const char* host :
       {"localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]"}) {
    EXPECT_TRUE(IsThisMachine(host)) << host;
  }
  for (const char* host : {"", "localhost.", "localhost.example", "127.0.0.1.example", "127.1", "128.0.0.1", "0.0.0.0",
                           "[::2]", "[::]", "[localhost]"}) {
    EXPECT_FALSE(IsThisMachine(host)) << host;
  }
}

}  // namespace
}  // namespace tfcpp
