#include "rest/no_proxy.h"

#include <gtest/gtest.h>

namespace tfcpp::rest {
namespace {

struct Case {
  const char* no_proxy;
  const char* url;
  bool direct;
};

TEST(NoProxyTest, ThisMachineNeedsNoSetting) {
  for (const char* url : {"http://localhost", "https://localhost:8443/x", "http://LOCALHOST", "http://127.0.0.1:80",
                          "http://127.255.3.4", "http://[::1]:5000/x", "https://[::1]", "http://[::ffff:127.0.0.1]",
                          "http://[0:0:0:0:0:0:0:1]", "http://user:pw@127.0.0.1/"}) {
    EXPECT_TRUE(GoesDirectly(url, "")) << url;
    EXPECT_TRUE(GoesDirectly(url, "example.com")) << url;
  }
  for (const char* url :
       {"http://ws.localhost", "http://localhost.example.com", "http://localhost.", "http://mylocalhost",
        "http://126.0.0.1", "http://128.0.0.1", "http://0.0.0.0", "http://[::2]", "http://[::]", "http://10.0.0.1",
        "http://[::ffff:126.0.0.1]", "http://[::127.0.0.1]", "http://127.0.0.1.example.com", "http://127.1"}) {
    EXPECT_FALSE(GoesDirectly(url, "")) << url;
  }
}

TEST(NoProxyTest, FollowsGo) {
  const Case kCases[] = {
      // A name covers itself and what is below.
      {"example.com", "https://example.com", true},
      {"example.com", "https://a.b.example.com", true},
      {"example.com", "https://notexample.com", false},
      {"example.com", "https://example.com.evil.org", false},
      {"example.com", "https://com", false},
      {"EXAMPLE.com", "https://ws.Example.COM/x?y", true},
      {"example", "https://example", true},
      // A dot or a star before it: only what is below.
      {".example.com", "https://example.com", false},
      {".example.com", "https://a.example.com", true},
      {"*.example.com", "https://example.com", false},
      {"*.example.com", "https://a.b.example.com", true},
      {"*.example.com", "https://aexample.com", false},
      {"*example.com", "https://aexample.com", false},
      {"a*.example.com", "https://ab.example.com", false},
      // Ports.
      {"example.com:443", "https://example.com", true},
      {"example.com:443", "https://example.com:443/x", true},
      {"example.com:443", "https://example.com:8443", false},
      {"example.com:80", "https://example.com", false},
      {"example.com:80", "http://example.com", true},
      {".example.com:8443", "https://a.example.com:8443", true},
      {"*.example.com:8443", "https://a.example.com", false},
      {"example.com:", "https://example.com:8443", true},
      {":443", "https://example.com", false},
      // Commas separate, and blanks do not.
      {"a.org, example.com ,b.org", "https://example.com", true},
      {"a.org,,example.com", "https://example.com", true},
      {"a.org example.com", "https://example.com", false},
      {"example.com;a.org", "https://example.com", false},
      // Addresses.
      {"10.0.0.1", "https://10.0.0.1", true},
      {"10.0.0.1", "https://10.0.0.2", false},
      {"10.0.0.1", "https://a.10.0.0.1", false},
      {"10.0.0.1:8443", "https://10.0.0.1:8443", true},
      {"10.0.0.1:8443", "https://10.0.0.1", false},
      {"0.0.1", "https://10.0.0.1", false},
      {".0.0.1", "https://10.0.0.1", false},
      {"2001:db8::1", "https://[2001:DB8:0::1]", true},
      {"[2001:db8::1]:443", "https://[2001:db8::1]", true},
      {"[2001:db8::1]:443", "https://[2001:db8::1]:8443", false},
      {"::ffff:10.0.0.1", "https://10.0.0.1", true},
      {"10.0.0.1", "https://[::ffff:10.0.0.1]", true},
      // Blocks of addresses.
      {"10.0.0.0/8", "https://10.255.1.2:8443", true},
      {"10.0.0.0/8", "https://11.0.0.1", false},
      {"10.0.0.77/30", "https://10.0.0.78", true},
      {"10.0.0.77/30", "https://10.0.0.80", false},
      {"10.0.0.1/32", "https://10.0.0.1", true},
      {"10.0.0.1/32", "https://10.0.0.0", false},
      {"0.0.0.0/0", "https://10.0.0.1", true},
      {"0.0.0.0/0", "https://[2001:db8::1]", false},
      {"::/0", "https://[2001:db8::1]", true},
      {"::/0", "https://10.0.0.1", false},
      {"2001:db8::/33", "https://[2001:db8:7fff::1]", true},
      {"2001:db8::/33", "https://[2001:db8:8000::1]", false},
      {"10.0.0.0/8", "https://example.com", false},
      {"10.0.0.0/33", "https://10.0.0.1", false},
      {"10.0.0.0/x", "https://10.0.0.1", false},
      {"10.0.0.0/8:443", "https://10.0.0.1", false},
      // Everything.
      {"*", "https://example.com", true},
      {"*", "https://10.0.0.1", true},
      {"a.org, *", "https://[2001:db8::1]", true},
      {"*:443", "https://example.com", false},
      // Nothing.
      {"", "https://example.com", false},
      {" , ", "https://example.com", false},
      {".", "https://example.com", false},
      {"*.", "https://example.com", false},
  };
  for (const Case& c : kCases) EXPECT_EQ(GoesDirectly(c.url, c.no_proxy), c.direct) << c.no_proxy << " " << c.url;
}

}  // namespace
}  // namespace tfcpp::rest
