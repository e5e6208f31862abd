#include "mlflow_server/address.h"

#include <algorithm>
#include <optional>

#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::mlflow_server {
namespace {

constexpr std::string_view kExample = "It should look like https://mlflow.example.com.";

bool IsLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Of what may stand in a path of an address as it is called.
bool IsPathCharacter(char c) {
  return IsLetterOrDigit(c) || (c >= 'A' && c <= 'Z') ||
         std::string_view("-._~%!$&'()*+,;=:@/").find(c) != std::string_view::npos;
}

Error Bad(std::string_view text, std::string_view what) {
  const auto shown = ShownAddress(text);
  return {.code = ErrorCode::kInvalidArgument,
          .message = Concat(shown.has_value() ? Concat("(\"", *shown, "\") ") : "", what)};
}

// "databricks", "databricks-uc", "databricks://profile": how MLflow's own clients name a workspace.
bool NamesWorkspace(std::string_view lower) {
  return lower.starts_with("databricks") && (lower == "databricks" || lower == "databricks-uc" ||
                                             lower.starts_with("databricks:") || lower.starts_with("databricks-uc:"));
}

std::string FaultOfAddress(const Url& url) {
  if (url.user.has_value()) {
    return "must not have user information: addresses are shown. Set tracking_username and tracking_password instead.";
  }
  if (url.query.has_value() || url.fragment.has_value()) {
    return Concat("must not have a query or a fragment. ", kExample);
  }
  if (const std::string_view fault = FindUrlFault(url); !fault.empty()) return Concat(fault, ". ", kExample);
  if (!std::all_of(url.path.begin(), url.path.end(), IsPathCharacter)) {
    return Concat("has a character in its path that an address cannot have as it is. ", kExample);
  }
  return "";
}

}  // namespace

bool IsServerAddress(std::string_view text) {
  const Url url = Url::Split(text);
  return url.HasScheme("http") || url.HasScheme("https");
}

Result<std::string> NormaliseAddress(std::string_view text) {
  const std::string_view trimmed = Trim(text);
  if (NamesWorkspace(ToLower(trimmed))) {
    return Bad(trimmed,
               "names a Databricks workspace: its webhooks are `mlflow_webhook`. The address of an MLflow server "
               "begins with http:// or https://.");
  }
  if (!IsServerAddress(trimmed)) {
    return Bad(trimmed,
               Concat("is no address of a server: a server's address begins with http:// or https://. ", kExample));
  }
  const Url url = Url::Split(trimmed);
  if (const std::string fault = FaultOfAddress(url); !fault.empty()) return Bad(trimmed, fault);
  const std::string scheme = ToLower(*url.scheme);
  const bool is_default = !url.port.has_value() || *url.port == (scheme == "https" ? "443" : "80");
  std::string_view path = url.path;
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  return Concat(scheme, "://", ToLower(is_default ? url.host : url.authority), path);
}

std::string_view FindWorkspaceNameFault(std::string_view name) {
  constexpr std::size_t kLongest = 63;
  if (name.empty()) return "must not be empty";
  if (name.size() > kLongest) return "must have at most 63 characters";
  const bool has_others = std::any_of(name.begin(), name.end(), [](char c) { return !IsLetterOrDigit(c) && c != '-'; });
  if (has_others || name.front() == '-' || name.back() == '-') {
    return "must consist of lower-case letters, digits and hyphens, and begin and end with a letter or a digit";
  }
  return "";
}

}  // namespace tfcpp::mlflow_server
