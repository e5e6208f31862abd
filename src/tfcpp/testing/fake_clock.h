// SPDX-License-Identifier: Apache-2.0
// FakeClock: time that passes only when somebody sleeps or a test says so.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <vector>

#include "tfcpp/base/clock.h"

namespace tfcpp::test {

// Thread safety: all of it, but for `on_sleep`, which is set before use.
class FakeClock final : public Clock {
 public:
  std::function<void()> on_sleep;  // runs at the start of each sleep, as another thread might act meanwhile

  SteadyTime Now() const override {
    const std::lock_guard lock(mutex_);
    return SteadyTime() + passed_;
  }
  WallTime WallNow() const override {
    const std::lock_guard lock(mutex_);
    return WallTime(std::chrono::seconds(1'767'225'600)) + passed_;  // 2026-01-01T00:00:00Z
  }
  bool SleepFor(Duration duration, const std::stop_token& stop) override {
    if (on_sleep) on_sleep();
    const std::lock_guard lock(mutex_);
    sleeps_.push_back(duration);
    if (stop.stop_requested()) return false;
    passed_ += duration;
    return true;
  }
  void Advance(Duration duration) {
    const std::lock_guard lock(mutex_);
    passed_ += duration;
  }
  // As it was made.
  void Reset() {
    const std::lock_guard lock(mutex_);
    passed_ = Duration(0);
    sleeps_.clear();
  }
  std::vector<Duration> sleeps() const {
    const std::lock_guard lock(mutex_);
    return sleeps_;
  }

 private:
  mutable std::mutex mutex_;
  Duration passed_{0};
  std::vector<Duration> sleeps_;
};

}  // namespace tfcpp::test
