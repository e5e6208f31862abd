#include "databricks/host.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::databricks {
namespace {

Error BadHost(std::string_view text, std::string_view what) {
  const auto shown = ShownAddress(text);
  return {.code = ErrorCode::kInvalidArgument,
          .message = Concat("host (DATABRICKS_HOST) ", shown.has_value() ? Concat("\"", *shown, "\" ") : "", what,
                            ". It should look like https://example.cloud.databricks.com.")};
}

bool IsInt64(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

std::string QueryValue(std::string_view query, std::string_view key) {
  for (const std::string_view pair : Split(query, '&')) {
    const auto equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == key) return std::string(pair.substr(equals + 1));
  }
  return "";
}

}  // namespace

Result<std::string> NormaliseHost(std::string_view text) {
  const std::string_view trimmed = Trim(text);
  const std::string lower = ToLower(trimmed);
  const Url url = Url::Split(lower);
  const std::string_view scheme = url.scheme.value_or("https");
  if (scheme != "https" && scheme != "http") return BadHost(trimmed, "is neither an https nor an http address");
  if (const std::string_view fault = FindUrlFault(url); !fault.empty()) return BadHost(trimmed, fault);
  const bool is_default = !url.port.has_value() || *url.port == (scheme == "https" ? "443" : "80");
  return Concat(scheme, "://", is_default ? url.host : url.authority);
}

PromotedIds IdsInQuery(std::string_view host_text) {
  const std::string_view query = Url::Split(Trim(host_text)).query.value_or("");
  PromotedIds ids;
  ids.workspace_id = QueryValue(query, "w");
  for (const char* key : {"o", "workspace_id"}) {
    if (ids.workspace_id.empty() && IsInt64(QueryValue(query, key))) ids.workspace_id = QueryValue(query, key);
  }
  ids.account_id = QueryValue(query, "a");
  if (ids.account_id.empty()) ids.account_id = QueryValue(query, "account_id");
  return ids;
}

bool IsAccountHost(std::string_view host) {
  const std::string_view name = Url::Split(host).host;
  return name.starts_with("accounts.") || name.starts_with("accounts-dod.");
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
    if (Url::Split(host).host.ends_with(suffix)) return cloud;
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
