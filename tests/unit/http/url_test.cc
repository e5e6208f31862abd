#include "http/url.h"

#include <gtest/gtest.h>

namespace tfcpp::http {
namespace {

struct UrlCase {
  const char* url;
  const char* origin;  // "": it is no address
  bool loopback;
};

TEST(OriginOfTest, ReadsAddressesAsTheyAreCalled) {
  const UrlCase kCases[] = {
      {"https://h.example/p?q#f", "https://h.example", false},
      {"HTTPS://H.Example:8443", "https://h.example", false},
      {"http://localhost:1/x", "http://localhost", true},
      {"http://LOCALHOST", "http://localhost", true},
      {"http://127.0.0.1:80", "http://127.0.0.1", true},
      {"http://127.9.9.9", "http://127.9.9.9", true},
      {"http://[::1]:8080/", "http://[::1]", true},
      {"http://[::2]/", "http://[::2]", false},
      {"http://128.0.0.1", "http://128.0.0.1", false},
      {"http://127.0.0.1.example", "http://127.0.0.1.example", false},
      {"http://localhost.example", "http://localhost.example", false},
      {"http://localhost:1@evil.example/", "http://evil.example", false},
      {"http://127.0.0.1@evil.example", "http://evil.example", false},
      {"http://evil.example/@localhost", "http://evil.example", false},
      {"http://evil.example#@localhost", "http://evil.example", false},
      {"ftp://localhost", "", false},
      {"file:///etc/passwd", "", false},
      {"localhost", "", false},
      {"//localhost/x", "", false},
      {"https://", "", false},
      {"https://a b", "", false},
      {"", "", false},
  };
  for (const UrlCase& c : kCases) {
    const auto origin = OriginOf(c.url);
    EXPECT_EQ(origin.has_value() ? origin->scheme + "://" + origin->host : "", c.origin) << c.url;
    EXPECT_EQ(origin.has_value() && IsLoopback(*origin), c.loopback) << c.url;
  }
}

}  // namespace
}  // namespace tfcpp::http
