#include "hostile.h"

#include <array>
#include <chrono>
#include <iterator>

#include "answer_text.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace fuzz {
namespace {

using tfcpp::Concat;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Json;
using tfcpp::rest::Effect;
using tfcpp::rest::HttpRequest;
using tfcpp::rest::HttpResponse;

constexpr std::string_view kDoesNotExist = "RESOURCE_DOES_NOT_EXIST";

struct Outcome {
  char key;
  int status;  // 0: no answer
  ErrorCode code = ErrorCode::kUnavailable;
  const char* reason = "";
  bool sent = true;
};
constexpr Outcome kSilence{'c', 0, ErrorCode::kUnavailable, "connect", false};
constexpr Outcome kOutcomes[] = {
    {'2', 200},
    {'3', 302},
    {'4', 400},
    {'A', 401},
    {'F', 403},
    {'N', 404},
    {'8', 408},
    {'9', 429},
    {'5', 500},
    {'6', 503},
    {'1', 204},
    kSilence,
    {'r', 0, ErrorCode::kUnavailable, "resolve", false},
    {'T', 0, ErrorCode::kUnavailable, "tls", false},
    {'x', 0, ErrorCode::kUnavailable, "lost"},
    {'t', 0, ErrorCode::kDeadlineExceeded, "timeout"},
    {'L', 0, ErrorCode::kMalformed, "too_large"},
    {'s', 0, ErrorCode::kCancelled, "stopped"},
};

const Outcome& OutcomeOf(std::string_view& line) {
  for (const Outcome& outcome : kOutcomes) {
    if (line.empty() || line.front() != outcome.key) continue;
    line.remove_prefix(1);
    return outcome;
  }
  return kOutcomes[Choose(line, std::size(kOutcomes))];
}

std::string Replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
    text.replace(at, what.size(), by);
  }
  return text;
}

std::string Learned(const HttpRequest& request) {
  std::string learned;
  for (const tfcpp::rest::Header& header : request.headers) learned += header.value + " ";
  return learned + request.body;
}

// As a part of a JSON string.
std::string Escaped(const std::string& text) {
  const std::string quoted = Json::String(tfcpp::ToValidUtf8(text)).Write();
  return quoted.substr(1, quoted.size() - 2);
}

std::string WithIssuedTokens(std::string body) {
  for (const char* member : {"access_token", "id_token", "token", "value"}) {
    body = Replaced(std::move(body), Concat("\"", member, "\":\"#"), Concat("\"", member, "\":\"", kIssued));
  }
  return body;
}

}  // namespace

HttpResponse HostileService::Respond(int status, std::string_view line, const HttpRequest& request) const {
  HttpResponse response{.status = status};
  const std::size_t end = line.find(']');
  if (!line.empty() && line.front() == '[' && end != line.npos) {
    // A header is one line, whatever was learned.
    const std::string head = Replaced(Replaced(std::string(line.substr(1, end - 1)), "~", Learned(request)), "\n", " ");
    response.headers = HeadersOf(head);
    line.remove_prefix(end + 1);
  }
  if (status == 204) return response;  // has no body, whatever follows
  response.body = Replaced(std::string(line), "~", Escaped(Learned(request)));
  if (request.confidential && status == 200) response.body = WithIssuedTokens(std::move(response.body));
  return response;
}

void HostileService::Forget() {
  is_in_the_dark_ = false;
  may_have_created_ = false;
}

tfcpp::Result<HttpResponse> HostileService::Answer(const HttpRequest& request) {
  constexpr std::size_t kMost = 20'000;
  Require(++requests_ < kMost, "the number of requests is bounded");
  clock_.Advance(std::chrono::seconds(1));
  const bool silent = lines_.empty();
  std::string_view line = lines_.Take();
  const Outcome& outcome = silent ? kSilence : OutcomeOf(line);
  if (outcome.code == ErrorCode::kCancelled) on_stop();
  const bool refused = outcome.status >= 400 && outcome.status < 500 && outcome.status != 408;
  if (request.effect == Effect::kCreates) may_have_created_ = outcome.sent && !refused;
  const bool told = outcome.status == 200 || (outcome.status == 404 && line.find(kDoesNotExist) != line.npos);
  if (request.effect == Effect::kNone && !request.confidential) is_in_the_dark_ = !told;
  if (outcome.status != 0) return Respond(outcome.status, line, request);
  return Error{
      .code = outcome.code, .message = "No answer came.", .reason = outcome.reason, .may_have_acted = outcome.sent};
}

}  // namespace fuzz
