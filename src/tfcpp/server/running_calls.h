// SPDX-License-Identifier: Apache-2.0
// RunningCalls: the calls that are being answered now. Each has a stop of its own, which comes with the run's
// (StopProvider) or when the client cancels this call alone, as OpenTofu does.
//
//   RunningCalls::Call call(running, context, run.stop_token());
//   Work(call.stop_token());
//
// gRPC's synchronous API tells nobody that a call was cancelled, but can be asked: a thread asks 20 times a second
// while calls run for longer than that, and sleeps otherwise. Thread safety: safe to use from several threads; a Call
// belongs to one.
#pragma once

#include <grpcpp/server_context.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>

namespace tfcpp {

class RunningCalls {
 public:
  class Call {
   public:
    // `context` may be null: then nobody can cancel the call. References must outlive it.
    Call(RunningCalls& calls, grpc::ServerContext* context, const std::stop_token& run);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    std::stop_token stop_token() const { return stop_.get_token(); }

   private:
    friend class RunningCalls;
    struct RequestStop {
      std::stop_source& stop;
      void operator()() const { stop.request_stop(); }
    };
    RunningCalls& calls_;
    grpc::ServerContext* const context_;
    std::stop_source stop_;
    const std::stop_callback<RequestStop> on_run_stop_;
  };

  // Until none runs, `limit` at most. False: one still does.
  bool WaitUntilNone(std::chrono::milliseconds limit);

 private:
  void Watch(const std::stop_token& ending);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::set<Call*> calls_;
  std::jthread watch_;  // started by the first call; last, so that it ends first
};

}  // namespace tfcpp
