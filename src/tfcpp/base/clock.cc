// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/base/clock.h"

#include <condition_variable>
#include <mutex>

namespace tfcpp {

bool SystemClock::SleepFor(Duration duration, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, duration, [] { return false; });
  return !stop.stop_requested();
}

}  // namespace tfcpp
