#include "databricks/host.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/strings.h"

namespace tfcpp::databricks {
namespace {

constexpr std::size_t kMaxShown = 200;

// `text` is not shown where it may hold a secret.
Error BadHost(std::string_view text, std::string_view what) {
  const bool may_hold_secret = text.find('@') != text.npos || HasControl(text);
  const std::string shown =
      may_hold_secret ? ""
                      : Concat("\"", Truncate(OneLine(text.substr(0, text.find_first_of("?#"))), kMaxShown), "\" ");
  return {.code = ErrorCode::kInvalidArgument,
          .message = Concat("host (DATABRICKS_HOST) ", shown, what,
                            ". It should look like https://example.cloud.databricks.com.")};
}

bool IsHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

std::string_view FindNameFault(std::string_view name) {
  if (name.empty()) return "names no host";
  if (name.front() == '[') {
    in6_addr address{};
    // inet_pton looks no further than a NUL.
    const bool is_address = name.back() == ']' && name.find('\0') == name.npos &&
                            inet_pton(AF_INET6, std::string(name.substr(1, name.size() - 2)).c_str(), &address) == 1;
    return is_address ? "" : "names no usable host: its IPv6 address is malformed";
  }
  if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    return "names no usable host: it has letters beyond ASCII, which must be in punycode, as in xn--bcher-kva.example";
  }
  if (!std::all_of(name.begin(), name.end(), IsHostCharacter))
    return "names no usable host: it has a character that no host name has";
  if (name.front() == '.' || name.find("..") != name.npos) return "names no usable host: it has a dot too many";
  return "";
}

bool IsPort(std::string_view port) {
  unsigned number = 0;
  const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
  return read.ec == std::errc() && read.ptr == port.data() + port.size() && number >= 1 && number <= 65'535;
}

struct NameAndPort {
  std::string_view name;
  std::optional<std::string_view> port;
};
NameAndPort Parts(std::string_view authority) {
  const std::size_t bracket = authority.find(']');
  const std::size_t colon = authority.find(':', bracket == authority.npos ? 0 : bracket);
  if (colon == authority.npos) return {authority, std::nullopt};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

// The name alone: without scheme and port.
std::string_view NameOf(std::string_view host) {
  if (const auto scheme = host.find("://"); scheme != host.npos) host.remove_prefix(scheme + 3);
  return host.substr(0, host.find(':'));
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool IsInt64(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

std::string QueryValue(std::string_view text, std::string_view key) {
  const auto begin = text.find('?');
  if (begin == text.npos) return "";
  text = text.substr(begin + 1, text.find('#', begin) - begin - 1);
  for (const std::string_view pair : Split(text, '&')) {
    const auto equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == key) return std::string(pair.substr(equals + 1));
  }
  return "";
}

}  // namespace

std::string_view FindAuthorityFault(std::string_view authority) {
  if (authority.find('@') != authority.npos) return "must not carry a user name or password";
  const auto [name, port] = Parts(authority);
  // Of "https://https://x", and of "https:/x" or "https:x" without a scheme before it.
  if (port.has_value() && !IsPort(*port) && (EqualsIgnoreCase(name, "https") || EqualsIgnoreCase(name, "http"))) {
    return "must have https:// once, at its beginning";
  }
  if (const std::string_view fault = FindNameFault(name); !fault.empty()) return fault;
  if (port.has_value() && !IsPort(*port)) return "names no port between 1 and 65535 after its colon";
  return "";
}

Result<std::string> NormaliseHost(std::string_view text) {
  const std::string_view trimmed = Trim(text);
  const std::string lower = ToLower(trimmed);
  std::string_view rest = lower;
  std::string_view scheme = "https";
  if (const auto end = rest.find("://"); end != rest.npos) {
    scheme = rest.substr(0, end);
    rest.remove_prefix(end + 3);
  }
  if (scheme != "https" && scheme != "http") return BadHost(trimmed, "is neither an https nor an http address");
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::string_view fault = FindAuthorityFault(authority); !fault.empty()) return BadHost(trimmed, fault);
  const auto [name, port] = Parts(authority);
  const bool is_default = !port.has_value() || *port == (scheme == "https" ? "443" : "80");
  return is_default ? Concat(scheme, "://", name) : Concat(scheme, "://", name, ":", *port);
}

PromotedIds IdsInQuery(std::string_view host_text) {
  const std::string_view text = Trim(host_text);
  PromotedIds ids;
  ids.workspace_id = QueryValue(text, "w");
  for (const char* key : {"o", "workspace_id"}) {
    if (ids.workspace_id.empty() && IsInt64(QueryValue(text, key))) ids.workspace_id = QueryValue(text, key);
  }
  ids.account_id = QueryValue(text, "a");
  if (ids.account_id.empty()) ids.account_id = QueryValue(text, "account_id");
  return ids;
}

bool IsAccountHost(std::string_view host) {
  const std::string_view name = NameOf(host);
  return name.substr(0, 9) == "accounts." || name.substr(0, 13) == "accounts-dod.";
}

Cloud CloudOfHost(std::string_view host) {
  constexpr std::array<std::pair<std::string_view, Cloud>, 6> kSuffixes = {{
      {".azuredatabricks.net", Cloud::kAzure},
      {".databricks.azure.us", Cloud::kAzure},
      {".databricks.azure.cn", Cloud::kAzure},
      {".gcp.databricks.com", Cloud::kGcp},
      {".cloud.databricks.com", Cloud::kAws},
      {".cloud.databricks.us", Cloud::kAws},
  }};
  for (const auto& [suffix, cloud] : kSuffixes) {
    if (EndsWith(NameOf(host), suffix)) return cloud;
  }
  return Cloud::kUnknown;
}

Cloud CloudOfName(std::string_view name) {
  for (const Cloud cloud : {Cloud::kAws, Cloud::kAzure, Cloud::kGcp}) {
    if (EqualsIgnoreCase(name, ToString(cloud))) return cloud;
  }
  return Cloud::kUnknown;
}

std::string_view ToString(Cloud cloud) {
  switch (cloud) {
    case Cloud::kAws:
      return "AWS";
    case Cloud::kAzure:
      return "Azure";
    case Cloud::kGcp:
      return "GCP";
    case Cloud::kUnknown:
      break;
  }
  return "unknown";
}

}  // namespace tfcpp::databricks
