// What tfcpp/base/url.h reads in an address is what libcurl calls.
#include <curl/curl.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::rest {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

// "https h.example 443"; empty: libcurl takes it for no address.
std::string AsCalled(const std::string& text) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return "";
  std::string all;
  for (const CURLUPart part : {CURLUPART_SCHEME, CURLUPART_HOST, CURLUPART_PORT}) {
    char* value = nullptr;
    if (curl_url_get(url.get(), part, &value, CURLU_DEFAULT_PORT) != CURLUE_OK) return "";
    all += Concat(all.empty() ? "" : " ", value);
    curl_free(value);
  }
  return ToLower(all);
}

std::string AsRead(const std::string& text) {
  const Url url = Url::Split(text);
  if ((!url.HasScheme("https") && !url.HasScheme("http")) || !FindHostFault(url).empty()) return "";
  const std::string_view port = url.port.value_or(url.HasScheme("https") ? "443" : "80");
  return ToLower(Concat(*url.scheme, " ", url.host, " ", port));
}

TEST(UrlAsCalledTest, WhatIsTakenIsReadAsItIsCalled) {
  for (const char* text :
       {"https://h.example/p?q#f", "HTTPS://H.Example:8443", "http://localhost:1/x", "http://127.0.0.1:80",
        "http://[::1]:8080/", "http://[2001:db8::1]/", "http://127.0.0.1.example", "https://me:pw@h.example/x",
        "http://localhost:1@evil.example/", "http://127.0.0.1@evil.example", "http://evil.example/@localhost",
        "http://evil.example?@localhost", "http://evil.example#@localhost", "http://localhost:80:@evil.example",
        "https://xn--bcher-kva.example", "https://h_1.example."}) {
    ASSERT_NE(AsRead(text), "") << text;
    EXPECT_EQ(AsRead(text), AsCalled(text)) << text;
  }
}

// libcurl takes some of them, and calls something that is not what stands there.
TEST(UrlAsCalledTest, WhatLibcurlWouldReadOtherwiseIsNotTaken) {
  for (const char* text :
       {"http://localhost\\@evil.example\\", "http://localhost%2eevil.example", "http://%6cocalhost", "https:h.example",
        "https:/h.example", "//h.example", "h.example", "ftp://h.example", "https://", "https://a b",
        "http://h.example:", "http://h.example:0", "http://[::1", "http://[::1%25lo]/", "file:///etc/passwd", ""}) {
    EXPECT_EQ(AsRead(text), "") << text;
  }
}

}  // namespace
}  // namespace tfcpp::rest
