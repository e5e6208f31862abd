#include "provider/shared/asked_once.h"

namespace mlflow {

using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Result;

bool AskedOnce::Holds(const Answer& answer, bool waited_for) const {
  if (!answer.result.has_value()) return false;
  // Another caller's stop is not this one's.
  if (!answer.result->has_value()) return waited_for && answer.result->error().code != ErrorCode::kCancelled;
  return waited_for || clock_.Now() - answer.asked <= good_for_;
}

Result<bool> AskedOnce::Ask(const Context& context, const std::string& about, const Question& question) {
  std::unique_lock lock(mutex_);
  Answer& answer = answers_[about];
  const std::uint64_t finished_before = answer.finished;
  const std::stop_token stop = context.finishing ? std::stop_token() : context.stop;
  if (!idle_.wait(lock, stop, [&] { return !answer.busy; })) {
    return Error{.code = ErrorCode::kCancelled,
                 .message = "The run was stopped while an answer of the service was waited for.",
                 .reason = "stopped"};
  }
  if (Holds(answer, answer.finished != finished_before)) return *answer.result;
  answer.busy = true;
  answer.asked = clock_.Now();
  lock.unlock();
  // A question that throws must not leave the others waiting for ever.
  const auto finish = [&](std::optional<Result<bool>> result) {
    lock.lock();
    answer.result = std::move(result);
    answer.busy = false;
    ++answer.finished;
    idle_.notify_all();
  };
  try {
    Result<bool> result = question(context);
    finish(result);
    return result;
  } catch (...) {
    finish(std::nullopt);
    throw;
  }
}

}  // namespace mlflow
