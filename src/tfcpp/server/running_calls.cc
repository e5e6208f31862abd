// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/server/running_calls.h"

namespace tfcpp {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{50};

}  // namespace

RunningCalls::Call::Call(RunningCalls& calls, grpc::ServerContext* context, const std::stop_token& run)
    : calls_(calls), context_(context), on_run_stop_(run, RequestStop{stop_}) {
  const std::lock_guard lock(calls_.mutex_);
  // First, because it throws when the machine has no thread left.
  if (!calls_.watch_.joinable()) {
    calls_.watch_ = std::jthread([&running = calls_](const std::stop_token& ending) { running.Watch(ending); });
  }
  calls_.calls_.insert(this);
  if (calls_.calls_.size() == 1) calls_.changed_.notify_all();
}

RunningCalls::Call::~Call() {
  const std::lock_guard lock(calls_.mutex_);
  calls_.calls_.erase(this);
  if (calls_.calls_.empty()) calls_.changed_.notify_all();
}

bool RunningCalls::WaitUntilNone(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, limit, [this] { return calls_.empty(); });
}

void RunningCalls::Watch(const std::stop_token& ending) {
  std::unique_lock lock(mutex_);
  while (!ending.stop_requested()) {
    changed_.wait(lock, ending, [this] { return !calls_.empty(); });
    // Not at once: most calls are over by then.
    changed_.wait_for(lock, ending, kBetweenLooks, [] { return false; });
    for (Call* call : calls_) {
      // What a stop runs wakes somebody, and does not come back here for the lock.
      if (call->context_ != nullptr && call->context_->IsCancelled()) call->stop_.request_stop();
    }
  }
}

}  // namespace tfcpp
