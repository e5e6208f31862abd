// What an address tells about where a call of it goes. libcurl reads it, as it does when it calls: what is checked is
// what is called. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>

namespace tfcpp::http {

struct Origin {
  std::string scheme;  // "https" or "http"
  std::string host;    // in lower case; an IPv6 address in brackets
};

// Nullopt: it is no absolute address of one of the two schemes.
std::optional<Origin> OriginOf(const std::string& url);

// "localhost", or an address of this machine's loopback interface.
bool IsLoopback(const Origin& origin);

}  // namespace tfcpp::http
