// AskedOnce: questions to a service whose answers hold for a while. Of those who ask the same at the same time one
// does, and the others wait for its answer, even for an error; an answer is given to whoever asks later, as long as it
// holds, and an error is not.
//
// Thread safety: safe to call from several threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/context.h"
#include "tfcpp/base/result.h"

namespace mlflow {

class AskedOnce {
 public:
  using Question = std::function<tfcpp::Result<bool>(const tfcpp::Context&)>;

  // The clock must outlive this. An answer holds for `good_for` from when it was asked for.
  AskedOnce(tfcpp::Clock& clock, std::chrono::milliseconds good_for) : clock_(clock), good_for_(good_for) {}

  // `about`: which question it is. Errors besides the question's own: kCancelled, for a stop while another's answer is
  // waited for.
  tfcpp::Result<bool> Ask(const tfcpp::Context& context, const std::string& about, const Question& question);

 private:
  struct Answer {
    bool busy = false;           // it is being asked for
    std::uint64_t finished = 0;  // how often it was
    tfcpp::Clock::SteadyTime asked;
    std::optional<tfcpp::Result<bool>> result;  // the last one
  };
  bool Holds(const Answer& answer, bool waited_for) const;

  tfcpp::Clock& clock_;
  const std::chrono::milliseconds good_for_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable_any idle_;
  std::map<std::string, Answer, std::less<>> answers_;
};

}  // namespace mlflow
