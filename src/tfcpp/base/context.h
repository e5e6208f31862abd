// SPDX-License-Identifier: Apache-2.0
// Context: what every call that may wait gets: when to stop, and where to log.
//
// Lifetime: references must outlive the call. Thread safety: each RPC has its own.
#pragma once

#include <stop_token>

#include "tfcpp/base/log.h"

namespace tfcpp {

struct Context {
  std::stop_token stop;  // StopProvider was called: waits and reads end, nothing new starts
  Logger& log;
  // What was begun before the stop must be seen to its end: calls are made although a stop was requested. Waits still
  // end with it.
  bool finishing = false;
};

}  // namespace tfcpp
