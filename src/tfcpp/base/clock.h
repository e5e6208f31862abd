// SPDX-License-Identifier: Apache-2.0
// Clock: the only source of time and of waiting, so that no test sleeps or depends on the date.
//
// Thread safety: implementations are safe to call from several threads.
#pragma once

#include <chrono>
#include <stop_token>

namespace tfcpp {

class Clock {
 public:
  using Duration = std::chrono::milliseconds;
  using SteadyTime = std::chrono::steady_clock::time_point;
  using WallTime = std::chrono::system_clock::time_point;

  virtual ~Clock() = default;
  virtual SteadyTime Now() const = 0;    // for durations; never goes back
  virtual WallTime WallNow() const = 0;  // for dates and expiry times
  // Waits for `duration`, or until a stop is requested. Returns false when it was stopped.
  virtual bool SleepFor(Duration duration, const std::stop_token& stop) = 0;
};

class SystemClock final : public Clock {
 public:
  SteadyTime Now() const override { return std::chrono::steady_clock::now(); }
  WallTime WallNow() const override { return std::chrono::system_clock::now(); }
  bool SleepFor(Duration duration, const std::stop_token& stop) override;
};

}  // namespace tfcpp
