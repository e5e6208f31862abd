// SPDX-License-Identifier: Apache-2.0
#include "rest/retrying_transport.h"

#include <string>
#include <utility>

#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::seconds;

// A wait that was shorter is not told.
constexpr seconds kWorthTelling{30};

std::string InSeconds(milliseconds duration) {
  return Concat(std::to_string(duration_cast<seconds>(duration).count()), " s");
}

// What to tell of the attempts that ended; empty when there is nothing to tell.
std::string StoryOf(const RetryPolicy& policy, const Attempt& attempt) {
  const auto asked = attempt.response != nullptr ? RetryAfter(*attempt.response) : std::nullopt;
  if (asked.has_value() && attempt.elapsed + *asked > policy.budget) {
    return Concat("The service asked to wait ", InSeconds(*asked), ", which is more than is left of ",
                  policy.budget_name, " (", InSeconds(policy.budget), ").");
  }
  if (attempt.number == 1 || attempt.elapsed < kWorthTelling) return "";
  return Concat("Tried ", std::to_string(attempt.number), " times in ", InSeconds(attempt.elapsed), ".");
}

Result<HttpResponse> WithStory(Result<HttpResponse> outcome, std::string story) {
  if (story.empty()) return outcome;
  if (outcome.has_value()) {
    outcome->waited = std::move(story);
    return outcome;
  }
  Error error = outcome.error();
  error.message += Concat(" ", story);
  return error;
}

}  // namespace

RetryingTransport::RetryingTransport(HttpTransport& next, Clock& clock, RetryPolicy policy,
                                     std::function<double()> jitter)
    : next_(next), clock_(clock), policy_(policy), jitter_(std::move(jitter)) {}

Result<HttpResponse> RetryingTransport::Send(const Context& context, const HttpRequest& request) {
  const auto begin = clock_.Now();
  // Whether any attempt may have acted: a later refusal to connect does not undo it.
  bool may_have_acted = false;
  for (int number = 1;; ++number) {
    Result<HttpResponse> outcome = next_.Send(context, request);
    const Attempt attempt{.number = number,
                          .effect = request.effect,
                          .elapsed = duration_cast<milliseconds>(clock_.Now() - begin),
                          .response = outcome.has_value() ? &*outcome : nullptr,
                          .error = outcome.has_value() ? nullptr : &outcome.error()};
    if (attempt.error != nullptr) may_have_acted = may_have_acted || attempt.error->may_have_acted;
    const auto delay = NextDelay(policy_, attempt, jitter_());
    const auto finish = [&](std::string story) -> Result<HttpResponse> {
      auto told = WithStory(std::move(outcome), std::move(story));
      if (told.has_value() || !may_have_acted) return told;
      Error error = told.error();
      error.may_have_acted = true;
      return error;
    };
    if (!delay.has_value()) return finish(StoryOf(policy_, attempt));
    context.log.Info(
        "waiting before another attempt",
        {{"method", std::string(ToString(request.method))},
         {"attempt", std::to_string(number)},
         {"wait_ms", std::to_string(delay->count())},
         {"reason", attempt.response != nullptr ? std::to_string(attempt.response->status) : attempt.error->reason}});
    if (!clock_.SleepFor(*delay, context.stop)) {
      return finish(Concat("The run was stopped while the provider waited ", InSeconds(*delay),
                           " before it would have tried again."));
    }
  }
}

}  // namespace tfcpp::rest
