// SPDX-License-Identifier: Apache-2.0
#include "rest/service_error.h"

#include <array>
#include <utility>
#include <vector>

#include "rest/redact.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

constexpr std::size_t kMaxName = 128;  // of a code

constexpr std::array<std::pair<std::string_view, ErrorCode>, 9> kByServiceCode = {{
    {"INVALID_PARAMETER_VALUE", ErrorCode::kInvalidArgument},
    {"INVALID_STATE", ErrorCode::kInvalidArgument},
    {"PERMISSION_DENIED", ErrorCode::kPermissionDenied},
    {"RESOURCE_DOES_NOT_EXIST", ErrorCode::kNotFound},
    {"RESOURCE_ALREADY_EXISTS", ErrorCode::kAlreadyExists},
    {"ALREADY_EXISTS", ErrorCode::kAlreadyExists},
    {"ABORTED", ErrorCode::kAlreadyExists},
    {"REQUEST_LIMIT_EXCEEDED", ErrorCode::kResourceExhausted},
    {"RESOURCE_EXHAUSTED", ErrorCode::kResourceExhausted},
}};

struct StatusInfo {
  int status;
  ErrorCode code;
  std::string_view text;
};
constexpr std::array<StatusInfo, 14> kByStatus = {{
    {400, ErrorCode::kInvalidArgument, "Bad Request"},
    {401, ErrorCode::kUnauthenticated, "Unauthorized"},
    {403, ErrorCode::kPermissionDenied, "Forbidden"},
    {404, ErrorCode::kNotFound, "Not Found"},
    {405, ErrorCode::kNotFound, "Method Not Allowed"},
    {408, ErrorCode::kDeadlineExceeded, "Request Timeout"},
    {409, ErrorCode::kAlreadyExists, "Conflict"},
    {429, ErrorCode::kResourceExhausted, "Too Many Requests"},
    {499, ErrorCode::kCancelled, ""},
    {500, ErrorCode::kInternal, "Internal Server Error"},
    {501, ErrorCode::kUnimplemented, "Not Implemented"},
    {502, ErrorCode::kUnavailable, "Bad Gateway"},
    {503, ErrorCode::kUnavailable, "Service Unavailable"},
    {504, ErrorCode::kDeadlineExceeded, "Gateway Timeout"},
}};

StatusInfo InfoOf(int status) {
  for (const StatusInfo& info : kByStatus) {
    if (info.status == status) return info;
  }
  return {status, status < 400 ? ErrorCode::kMalformed : ErrorCode::kInternal, ""};
}

}  // namespace

ServiceError ParseErrorBody(const HttpResponse& response, std::span<const std::string_view> members,
                            const KnownSecrets& secrets) {
  const std::string_view body = Trim(response.body);
  if (body.empty() || IsHtml(response)) return {};
  std::vector<std::string_view> wanted(members.begin(), members.end());
  wanted.emplace_back("error_code");
  const auto json = Json::Parse(body, {.members = wanted});
  if (!json.has_value() || !json->is_object()) return {.message = secrets.Shown(WithoutSql(body))};
  ServiceError error;
  const std::string code = json->FindString("error_code").value_or("");
  if (code.find_first_not_of("0123456789") != code.npos) error.code = secrets.Shown(code, kMaxName);
  for (const std::string_view member : members) {
    if (const auto text = json->FindString(member)) {
      error.message = secrets.Shown(WithoutSql(*text));
      break;
    }
  }
  return error;
}

ErrorCode Classify(std::string_view service_code, int status) {
  for (const auto& [name, code] : kByServiceCode) {
    if (service_code == name) return code;
  }
  return InfoOf(status).code;
}

bool MayHaveActed(const JsonCall& call, int status) {
  const bool refused = status >= 400 && status < 500 && status != 408;
  return call.effect != Effect::kNone && !refused;
}

bool IsRedirect(const HttpResponse& response) { return response.status >= 300 && response.status < 400; }

std::string TextOf(std::string_view service, const JsonCall& call, const HttpResponse& response,
                   const ServiceError& error, std::string_view request_id) {
  const std::string_view label = error.code.empty() ? InfoOf(response.status).text : std::string_view(error.code);
  std::string_view said = error.message;
  if (said.empty() && IsHtml(response)) said = "an HTML page";
  if (said.empty() && response.status < 300) said = "an error code in place of what was asked for";
  if (!said.empty() && said.back() == '.') said.remove_suffix(1);
  std::string text =
      Concat(ToString(call.method), " ", call.path, " on ", service, " answered ", std::to_string(response.status),
             label.empty() ? "" : " ", label, said.empty() ? "" : ": ", said, request_id, ".");
  if (!response.waited.empty()) text += Concat(" ", response.waited);
  return text;
}

}  // namespace tfcpp::rest
