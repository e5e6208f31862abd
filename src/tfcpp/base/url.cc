// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/base/url.h"

#include <algorithm>
#include <charconv>

#include "tfcpp/base/ip_address.h"
#include "tfcpp/base/strings.h"

namespace tfcpp {
namespace {

// Takes what follows the first `separator` off `text`, with the separator itself.
std::optional<std::string_view> TakeTail(std::string_view& text, char separator) {
  const auto at = text.find(separator);
  if (at == text.npos) return std::nullopt;
  const std::string_view tail = text.substr(at + 1);
  text = text.substr(0, at);
  return tail;
}

bool IsHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool IsBracketed(std::string_view host) { return host.size() > 1 && host.front() == '[' && host.back() == ']'; }

std::string_view FindNameFault(std::string_view name) {
  if (name.empty()) return "names no host";
  if (name.front() == '[') {
    const bool is_ipv6 = IsBracketed(name) && name.find(':') != name.npos && ParseIpAddress(WithoutBrackets(name));
    return is_ipv6 ? "" : "names no usable host: its IPv6 address is malformed";
  }
  if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    return "names no usable host: it has letters beyond ASCII, which must be in punycode, as in xn--bcher-kva.example";
  }
  if (!std::all_of(name.begin(), name.end(), IsHostCharacter)) {
    return "names no usable host: it has a character that no host name has";
  }
  if (name.front() == '.' || name.find("..") != name.npos) return "names no usable host: it has a dot too many";
  return "";
}

bool IsPort(std::string_view port) {
  unsigned number = 0;
  const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
  return read.ec == std::errc() && read.ptr == port.data() + port.size() && number >= 1 && number <= 65'535;
}

}  // namespace

HostAndPort SplitPort(std::string_view authority) {
  const std::size_t bracket = authority.find(']');
  const std::size_t colon = authority.find(':', bracket == authority.npos ? 0 : bracket);
  if (colon == authority.npos) return {authority, std::nullopt};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

Url Url::Split(std::string_view text) {
  constexpr std::string_view kSchemeEnd = "://";
  Url url;
  if (const auto end = text.find(kSchemeEnd); end != text.npos && text.find_first_of("/?#") > end) {
    url.scheme = text.substr(0, end);
    text.remove_prefix(end + kSchemeEnd.size());
  }
  url.fragment = TakeTail(text, '#');
  url.query = TakeTail(text, '?');
  const std::size_t path_at = std::min(text.find('/'), text.size());
  url.path = text.substr(path_at);
  url.authority = text.substr(0, path_at);
  if (const auto at = url.authority.rfind('@'); at != url.authority.npos) {
    url.user = url.authority.substr(0, at);
    url.authority.remove_prefix(at + 1);
  }
  const HostAndPort parts = SplitPort(url.authority);
  url.host = parts.host;
  url.port = parts.port;
  return url;
}

bool Url::HasScheme(std::string_view wanted) const { return scheme.has_value() && EqualsIgnoreCase(*scheme, wanted); }

std::string_view FindHostFault(const Url& url) {
  if (const std::string_view fault = FindNameFault(url.host); !fault.empty()) return fault;
  if (url.port.has_value() && !IsPort(*url.port)) return "names no port between 1 and 65535 after its colon";
  return "";
}

std::string_view FindUrlFault(const Url& url) {
  if (url.user.has_value()) return "must not carry a user name or password";
  // Of "https://https://x", and of "https:/x" or "https:x" without a scheme before it.
  const bool is_scheme = EqualsIgnoreCase(url.host, "https") || EqualsIgnoreCase(url.host, "http");
  if (is_scheme && url.port.has_value() && !IsPort(*url.port)) return "must have https:// once, at its beginning";
  return FindHostFault(url);
}

bool IsScheme(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-' ||
           c == '.';
  });
}

bool HasMoreThanHost(std::string_view text) {
  const Url url = Url::Split(text);
  const bool is_scheme = !url.scheme.has_value() || IsScheme(*url.scheme);
  const bool is_host = url.authority.empty() || FindUrlFault(url).empty();
  return url.user.has_value() || url.query.has_value() || url.fragment.has_value() || url.path.size() > 1 ||
         !is_scheme || !is_host;
}

std::optional<std::string> ShownAddress(std::string_view text) {
  constexpr std::size_t kMaxShown = 200;
  if (text.find('@') != text.npos || HasControl(text)) return std::nullopt;
  return Truncate(OneLine(text.substr(0, text.find_first_of("?#"))), kMaxShown);
}

std::string_view WithoutBrackets(std::string_view host) {
  return IsBracketed(host) ? host.substr(1, host.size() - 2) : host;
}

bool IsThisMachine(std::string_view host) {
  if (EqualsIgnoreCase(host, "localhost")) return true;
  const auto address = ParseIpAddress(WithoutBrackets(host));
  return address.has_value() && IsLoopback(*address);
}

}  // namespace tfcpp
