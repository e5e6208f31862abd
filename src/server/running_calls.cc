#include "server/running_calls.h"

#include <vector>

namespace tfcpp {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{50};

}  // namespace

RunningCalls::Call::Call(RunningCalls& calls, grpc::ServerContext* context, const std::stop_token& run)
    : calls_(calls), context_(context), on_run_stop_(run, RequestStop{stop_}) {
  const std::lock_guard lock(calls_.mutex_);
  calls_.calls_.insert(this);
  if (calls_.calls_.size() > 1) return;
  if (!calls_.watch_.joinable()) {
    calls_.watch_ = std::jthread([&running = calls_](const std::stop_token& ending) { running.Watch(ending); });
  }
  calls_.changed_.notify_all();
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
  while (!ending.stop_requested()) {
    std::vector<std::stop_source> cancelled;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, ending, [this] { return !calls_.empty(); });
      // Not at once: most calls are over by then.
      changed_.wait_for(lock, ending, kBetweenLooks, [] { return false; });
      for (const Call* call : calls_) {
        if (call->context_ != nullptr && call->context_->IsCancelled()) cancelled.push_back(call->stop_);
      }
    }
    for (std::stop_source& stop : cancelled) stop.request_stop();  // without the lock: it runs other code
  }
}

}  // namespace tfcpp
