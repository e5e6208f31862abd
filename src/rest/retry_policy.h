// SPDX-License-Identifier: Apache-2.0
// Decides whether a finished attempt deserves another, and after how long. Pure: no clock and no random generator
// inside, so each rule is one row in tests/unit/rest/retry_policy_test.cc. RetryingTransport does the waiting.
//
// Thread safety: values and free functions only.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "rest/transport.h"

namespace tfcpp::rest {

struct RetryPolicy {
  std::chrono::milliseconds step{1'000};        // linear back-off: attempt x step ...
  std::chrono::milliseconds max_delay{10'000};  // ... up to here, plus up to `jitter`
  std::chrono::milliseconds max_jitter{750};
  std::chrono::milliseconds budget{300'000};             // for all attempts of one call, waits included
  std::string_view budget_name = "the time for a call";  // what texts call it: the setting, where it is one
  std::chrono::milliseconds refused_budget{5'000};       // a host that cannot be reached at all is given up sooner
};

// One finished attempt. Exactly one of response and error is set.
struct Attempt {
  int number = 1;  // the first is 1
  Effect effect = Effect::kNone;
  std::chrono::milliseconds elapsed{0};  // since the first attempt began
  const HttpResponse* response = nullptr;
  const Error* error = nullptr;
};

// The delay before the next attempt, or nullopt to give up. Rules:
// - 429: retried for every effect: the service says that it did nothing.
// - 408, 502, 503, 504: retried for kNone and kIdempotent only, because a gateway may answer so after the service has
//   acted. 500 is not transient: the vendor's own clients do not repeat it either.
// - No answer: retried when the request surely never left (may_have_acted is false), or for kNone and kIdempotent.
//   Names that do not resolve, refused connections, TLS failures: only within refused_budget; TLS failures never.
// - Retry-After (seconds, or an HTTP date against the answer's own Date header) replaces the linear delay, never the
//   budget: a wait that would end after the budget is given up at once. `jitter` is uniform in [0, 1) and comes from
//   the caller.
std::optional<std::chrono::milliseconds> NextDelay(const RetryPolicy& policy, const Attempt& attempt, double jitter);

// What Retry-After asks to wait, always above 0. A header that cannot be read, a 0 and a date that is past count as
// none: obeyed, they would have a service that is not well called again at once, and as often as it answers.
std::optional<std::chrono::milliseconds> RetryAfter(const HttpResponse& response);

}  // namespace tfcpp::rest
