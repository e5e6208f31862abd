// SPDX-License-Identifier: Apache-2.0
// Attend(): what the main thread does while the service answers: it takes connections, and finds out when it is time to
// end. How each end comes is in serve.h. Thread safety: one thread calls it.
#pragma once

#include <chrono>
#include <functional>

#include "tfcpp/goplugin/events.h"
#include "tfcpp/goplugin/socket.h"

namespace tfcpp::goplugin {

enum class End { kAsked, kHostGone, kSignal, kNobodyCame };

struct Attendance {
  Listener& listener;
  const Events& events;
  // Where the handshake line was written. When nobody reads there any more, the host has died before it connected. -1:
  // does not matter.
  int host_output = -1;
  std::chrono::milliseconds patience;   // for the first connection; negative: without end
  std::function<void(int)> hand_over;   // gets each connection, and owns it
  std::function<bool()> host_is_there;  // then a signal is no end, but
  std::function<void()> stop;           // this
};

End Attend(const Attendance& attendance);

}  // namespace tfcpp::goplugin
