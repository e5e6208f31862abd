#include "databricks/auth/token_call.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "databricks/attributes.h"
#include "databricks/auth/safe_address.h"
#include "rest/json_client.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

using rest::HttpRequest;
using rest::HttpResponse;

constexpr std::size_t kMaxShown = 500;
constexpr std::size_t kLongestText = 16u << 10;  // servers take headers of 8 to 16 KiB, all together
constexpr std::int64_t kLongestLife =
    10L * 366 * 24 * 3600;  // s; more, as from a count of milliseconds, must not overflow

// What a refusal says in words, as it may be shown. Members: OAuth's error and error_description; Azure's and Google's
// {"error": {"message"}}; Databricks's message. Entra ID ends its descriptions with ids that nobody needs.
std::string SaidBy(const HttpResponse& response, const rest::KnownSecrets& secrets) {
  constexpr std::array<std::string_view, 3> kMembers = {"error", "error_description", "message"};
  const auto json = Json::Parse(response.body, {.members = kMembers});
  if (!json.has_value() || !json->is_object()) return "";
  std::string code;
  std::string text;
  if (const Json* error = json->Find("error")) {
    if (error->is_string()) code = error->string();
    text = error->FindString("message").value_or("");
  }
  for (const char* member : {"error_description", "message"}) {
    if (text.empty()) text = json->FindString(member).value_or("");
  }
  text = text.substr(0, text.find(". Trace ID"));
  text = text.substr(0, text.find(" Trace ID"));
  return secrets.Shown(Concat(code, code.empty() || text.empty() ? "" : ": ", text), kMaxShown);
}

// The address without its query, which may hold ids. An answer may have named it.
std::string Shown(const HttpRequest& request, const rest::KnownSecrets& secrets) {
  return Concat(rest::ToString(request.method), " ",
                secrets.ShownCalled(request.url.substr(0, request.url.find('?')), kMaxShown));
}

}  // namespace

bool IsHeaderText(std::string_view text) {
  return !text.empty() && text.size() <= kLongestText &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

Result<Json> CallForJson(const Context& context, const SignInTools& tools, HttpRequest request) {
  if (request.url.size() > kLongestText) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = Concat("an address of ", std::to_string(request.url.size()),
                                   " bytes is not called: no server takes one of that length. What names it (the "
                                   "host's discovery document or metadata, a redirect, a variable) is broken")};
  }
  if (!request.direct) TFCPP_RETURN_IF_ERROR(RequireSafeAddress(tools, request.url));
  request.confidential = true;
  request.headers.push_back({"Accept", "application/json"});
  TFCPP_ASSIGN_OR_RETURN(const HttpResponse response, tools.http.Send(context, request));
  if (response.status < 200 || response.status > 299) {
    const std::string said = SaidBy(response, tools.secrets);
    return Error{.code = response.status == 404 ? ErrorCode::kNotFound : ErrorCode::kUnauthenticated,
                 .message = Concat(Shown(request, tools.secrets), " answered ", std::to_string(response.status),
                                   said.empty() ? "" : " ", said)};
  }
  constexpr std::size_t kMostValues = 10'000;  // such documents have dozens
  auto json = Json::Parse(response.body, {.values = kMostValues});
  if (!json.has_value() || !json->is_object()) {
    return Error{.code = ErrorCode::kMalformed,
                 .message = Concat(Shown(request, tools.secrets), " did not answer with JSON")};
  }
  return *std::move(json);
}

Result<Json> PostForm(const Context& context, const SignInTools& tools, const std::string& url, const Form& form,
                      std::vector<rest::Header> headers) {
  std::vector<std::string> pairs;
  for (const auto& [name, value] : form) {
    if (const std::string_view fault = FaultOf(TextKind::kForm, value); !fault.empty()) {
      return Error{.code = ErrorCode::kInvalidArgument, .message = Concat("the field ", name, " ", fault)};
    }
    pairs.push_back(Concat(rest::PercentEncode(name), "=", rest::PercentEncode(value)));
  }
  headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  return CallForJson(
      context, tools,
      {.method = rest::Method::kPost, .url = url, .headers = std::move(headers), .body = Join(pairs, "&")});
}

Result<AccessToken> ReadToken(const Json& answer, Clock::WallTime now, const TokenMembers& members) {
  AccessToken token{.value = Secret(answer.FindString(members.token).value_or(""))};
  if (!IsHeaderText(token.value.Reveal())) {
    return Error{.code = ErrorCode::kMalformed, .message = Concat("the answer has no usable ", members.token)};
  }
  const std::string type = answer.FindString("token_type").value_or("");
  if (IsHeaderText(type)) token.type = type;
  const auto seconds_in = [&](const char* member) {
    const Json* found = answer.Find(member);
    return found == nullptr ? std::nullopt : found->AsInt64();
  };
  if (const auto expiry = seconds_in(members.expiry)) {
    token.expiry = ExpiryAt(std::chrono::sys_seconds(std::chrono::seconds(*expiry)));
  } else if (const auto lifetime = seconds_in(members.lifetime); lifetime.has_value() && *lifetime > 0) {
    const auto whole_now = std::chrono::floor<std::chrono::seconds>(now);
    token.expiry = ExpiryAt(whole_now + std::chrono::seconds(std::min(*lifetime, kLongestLife)));
  }
  return token;
}

Result<std::string> ReadText(const Json& answer, const char* member, std::string_view what) {
  auto text = answer.FindString(member);
  if (text.has_value() && !text->empty() && text->size() <= kLongestText) return *std::move(text);
  return Error{.code = ErrorCode::kMalformed, .message = Concat("the answer of ", what, " has no usable ", member)};
}

std::optional<Clock::WallTime> ExpiryAt(std::chrono::sys_seconds end) {
  constexpr std::chrono::sys_seconds kLatest =
      std::chrono::sys_days(std::chrono::year(2200) / std::chrono::January / 1);
  if (end <= std::chrono::sys_seconds()) return std::nullopt;
  return std::min(end, kLatest);
}

std::optional<std::chrono::sys_seconds> ParseTime(const std::string& text) {
  std::tm time{};
  const bool has_zone = text.find('T') != std::string::npos;
  const char* rest = strptime(text.c_str(), has_zone ? "%Y-%m-%dT%H:%M:%S" : "%Y-%m-%d %H:%M:%S", &time);
  if (rest == nullptr) return std::nullopt;
  if (*rest == '.') {
    do {
      ++rest;
    } while (*rest >= '0' && *rest <= '9');
  }
  time.tm_isdst = -1;  // the zone's rules tell
  const auto at = [](std::time_t seconds) { return std::chrono::sys_seconds(std::chrono::seconds(seconds)); };
  if (!has_zone) return *rest == '\0' ? std::optional(at(std::mktime(&time))) : std::nullopt;
  const auto utc = at(timegm(&time));
  if (std::string_view(rest) == "Z") return utc;
  int hours = 0;
  int minutes = 0;
  char sign = 0;
  char end = 0;
  if (std::sscanf(rest, "%c%2d:%2d%c", &sign, &hours, &minutes, &end) != 3) return std::nullopt;
  if (sign != '+' && sign != '-') return std::nullopt;
  const auto offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return sign == '+' ? utc - offset : utc + offset;
}

}  // namespace tfcpp::databricks
