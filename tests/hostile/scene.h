// Scene: one call of the provider against the hostile service in one mode, and what is seen of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "conformance/provider_client.h"
#include "modes.h"
#include "tfcpp/value/value.h"

namespace hostile {

enum class CallKind { kCreate, kRead, kUpdate, kDelete, kTest, kToken };
inline constexpr CallKind kCalls[] = {CallKind::kCreate, CallKind::kRead, CallKind::kUpdate,
                                      CallKind::kDelete, CallKind::kTest, CallKind::kToken};
const char* NameOf(CallKind call);

// What a call is made with: a webhook in the state, as an honest service left it.
struct Instance {
  tfcpp::Value state;
  std::string private_data;
};

struct Seen {
  bool failed = false;
  std::string said;                // all diagnostics, one after the other
  std::string logged;              // at level trace
  tfcpp::Value state;              // after it, for what has one
  std::vector<Request> requests;   // that the service got
  std::ptrdiff_t tokens = 0;       // of them, those for a token
  std::string elsewhere;           // what came to its other address
  std::chrono::seconds waited{0};  // between attempts; passes on a clock of its own
  std::int64_t growth_kib = 0;     // of the process, at its highest
  bool still_there = false;        // the webhook of `instance`, by a read after the call
};

// Secrets of the scene, of which no diagnostic and no log may have a trace.
// Long enough that half of one is a secret still.
inline constexpr const char* kSecrets[] = {"canary-dapi-5Kq2Lm9XwR7v", "canary-client-8Tz4Wk1BnH6c",
                                           "canary-header-3Vy7Jd0GsF2p", "canary-signature-6Nx1Mh8QbE",
                                           "canary-access-0123456789"};

Instance MakeInstance();
// `one_call`: the time for each HTTP call. Where an honest answer is expected, the webhook is read once more, by the
// same provider.
Seen Play(const Mode& mode, CallKind call, const Instance& instance, std::chrono::milliseconds one_call);

}  // namespace hostile
