// Inbox: what the built-in receiver (receiver.h) has got, and what it answers. Thread safety: safe to use from several
// threads.
#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace workspace {

struct Received {
  std::string method;
  std::string path;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

class Inbox {
 public:
  struct Answer {
    int status = 200;
    std::string body = "received";
  };

  // Keeps it, and tells what to answer.
  Answer Take(Received received) {
    const std::lock_guard lock(mutex_);
    received_.push_back(std::move(received));
    return answer_;
  }
  void set_answer(Answer answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }
  std::vector<Received> received() const {
    const std::lock_guard lock(mutex_);
    return received_;
  }
  void Clear() {
    const std::lock_guard lock(mutex_);
    received_.clear();
  }

 private:
  mutable std::mutex mutex_;
  Answer answer_;
  std::vector<Received> received_;
};

}  // namespace workspace
