// Dates and times from outside: one a line, each read in every form that there is.
#include <chrono>

#include "databricks/auth/token_call.h"
#include "fuzz.h"
#include "rest/date.h"
#include "rest/retry_policy.h"
#include "tfcpp/json/json.h"

namespace fuzz {
namespace {

using std::chrono::sys_days;
using std::chrono::year;

void RequireWait(const tfcpp::rest::HttpResponse& response) {
  if (const auto wait = tfcpp::rest::RetryAfter(response)) {
    Require(wait->count() >= 0, "no wait is negative");
    tfcpp::rest::NextDelay({}, {.response = &response}, 0.5);
  }
}

}  // namespace

void Run(std::string_view input) {
  Lines lines(input);
  const std::string text(lines.Take());
  const std::string other(lines.Take());
  if (const auto date = tfcpp::rest::ParseHttpDate(text)) {
    Require(*date < sys_days(year(10'001) / 1 / 1), "a date has four digits of a year");
  }
  tfcpp::databricks::ParseTime(text);
  RequireWait({.status = 429, .headers = {{"Retry-After", text}, {"Date", other}}});
  RequireWait({.status = 503, .headers = {{"Date", text}, {"Retry-After", other}}});

  // As token endpoints tell the end of a token.
  const auto answer = tfcpp::Json::Parse(R"({"access_token":"t","expires_in":)" + (text.empty() ? "0" : text) +
                                         (other.empty() ? "" : R"(,"expires_on":)" + other) + "}");
  if (!answer.has_value()) return;
  const tfcpp::Clock::WallTime now{std::chrono::seconds(1'767'225'600)};
  const auto token = tfcpp::databricks::ReadToken(*answer, now);
  Require(token.has_value(), "a token is one whatever its end");
}

}  // namespace fuzz
