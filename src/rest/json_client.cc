// SPDX-License-Identifier: Apache-2.0
#include "rest/json_client.h"

#include "rest/redact.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

bool IsUnreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

std::string AddressOf(const JsonService& service, const JsonCall& call) {
  std::string url = service.url + call.path;
  char separator = '?';
  for (const auto& [name, value] : call.query) {
    url += separator + PercentEncode(name) + "=" + PercentEncode(value);
    separator = '&';
  }
  return url;
}

bool IsPage(std::string_view body) { return Trim(body).starts_with('<'); }

}  // namespace

bool IsHtml(const HttpResponse& response) {
  if (ToLower(response.FindHeader("Content-Type").value_or("")).find("html") != std::string::npos) return true;
  return IsPage(response.body);
}

std::string PercentEncode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (char c : text) {
    if (IsUnreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4];
    encoded += kHex[byte & 0xf];
  }
  return encoded;
}

Result<JsonAnswer> JsonClient::Call(const Context& context, const JsonCall& call) {
  if (call.body.has_value()) {
    secrets_.Add(SecretsIn(*call.body));
    secrets_.AddAddresses(AddressesIn(*call.body));
  }
  Result<JsonAnswer> answer = TryCall(context, call);
  if (answer.has_value()) return answer;
  return Cleaned(std::move(answer).error());
}

Result<std::string> JsonClient::CallForText(const Context& context, const JsonCall& call) {
  Result<HttpResponse> answer = Send(context, call);
  if (!answer.has_value()) return Cleaned(std::move(answer).error());
  // By its own sight alone: some servers call their plain text HTML.
  if (IsPage(answer->body)) return Cleaned(map_error_(call, *answer));
  return std::move(answer->body);
}

Error JsonClient::Cleaned(Error error) const {
  error.message = secrets_.Without(error.message);
  return error;
}

// What was tried, before what became of it. Signing in speaks for itself: its error is about other calls.
Error JsonClient::WithCall(const JsonCall& call, Error error) const {
  if (error.code == ErrorCode::kUnauthenticated) return error;
  error.message = Concat(ToString(call.method), " ", call.path, ": ", error.message);
  const bool is_unreachable = error.reason == "resolve" || error.reason == "connect";
  if (is_unreachable && !service_.if_unreachable.empty()) error.message += Concat("\n\n", service_.if_unreachable);
  return error;
}

Error JsonClient::NoJson(const JsonCall& call, int status, const Error& why) const {
  std::string advice;
  if (why.reason != kTooLarge) {
    advice = Concat(" It may have been cut on the way", service_.if_no_json.empty() ? "" : ", or ", service_.if_no_json,
                    ".");
  }
  return {.code = ErrorCode::kMalformed,
          .message = Concat(ToString(call.method), " ", call.path, " on ", service_.name, ": ", std::to_string(status),
                            ", but the answer is ", why.message, ".", advice),
          .reason = why.reason,
          .may_have_acted = call.effect != Effect::kNone};
}

Result<HttpResponse> JsonClient::Send(const Context& context, const JsonCall& call) {
  HttpRequest request{.method = call.method,
                      .url = AddressOf(service_, call),
                      .headers = {{"Accept", "application/json"}},
                      .body = {},
                      .effect = call.effect,
                      .time_limit = call.time_limit};
  if (call.method != Method::kGet) request.headers.push_back({"Content-Type", "application/json"});
  request.headers.insert(request.headers.end(), call.headers.begin(), call.headers.end());
  if (call.body.has_value()) request.body = call.body->Write();
  Result<HttpResponse> outcome = transport_.Send(context, request);
  if (!outcome.has_value()) return WithCall(call, outcome.error());
  if (outcome->status < 200 || outcome->status > 299) return map_error_(call, *outcome);
  return outcome;
}

Result<JsonAnswer> JsonClient::TryCall(const Context& context, const JsonCall& call) {
  TFCPP_ASSIGN_OR_RETURN(HttpResponse response, Send(context, call));
  if (IsHtml(response)) return map_error_(call, response);
  const std::size_t bytes = response.body.size();
  if (Trim(response.body).empty()) return JsonAnswer{Json::Null(), std::move(response.headers), response.status, bytes};
  std::shared_ptr<void> turn = TakeTurn(response.body);
  auto body = Json::Parse(response.body, {.members = call.members});
  if (!body.has_value()) return NoJson(call, response.status, body.error());
  const Json* error = service_.error_member.empty() ? nullptr : body->Find(service_.error_member);
  if (error != nullptr && !error->is_null()) return map_error_(call, response);
  return JsonAnswer{*std::move(body), std::move(response.headers), response.status, bytes, std::move(turn)};
}

std::shared_ptr<void> JsonClient::TakeTurn(const std::string& body) const {
  constexpr std::size_t kLarge = 64u << 10;
  if (body.size() < kLarge) return nullptr;
  turns_->acquire();
  return {turns_.get(), [turns = turns_](void*) { turns->release(); }};
}

}  // namespace tfcpp::rest
