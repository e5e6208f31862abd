#include "http/url.h"

#include <curl/curl.h>

#include <memory>

#include "base/strings.h"

namespace tfcpp::http {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

// Empty: the address has no such part.
std::string Part(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string copy(text);
  curl_free(text);
  return copy;
}

}  // namespace

std::optional<Origin> OriginOf(const std::string& url) {
  const std::unique_ptr<CURLU, FreeUrl> parsed(curl_url());
  if (parsed == nullptr || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return std::nullopt;
  Origin origin{Part(parsed.get(), CURLUPART_SCHEME), ToLower(Part(parsed.get(), CURLUPART_HOST))};
  if ((origin.scheme != "https" && origin.scheme != "http") || origin.host.empty()) return std::nullopt;
  return origin;
}

bool IsLoopback(const Origin& origin) {
  const bool is_v4 = origin.host.find_first_not_of("0123456789.") == std::string::npos;
  return origin.host == "localhost" || origin.host == "[::1]" || (is_v4 && origin.host.rfind("127.", 0) == 0);
}

}  // namespace tfcpp::http
