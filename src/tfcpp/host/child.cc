// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/host/child.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "tfcpp/base/descriptor.h"
#include "tfcpp/base/strings.h"

extern char** environ;  // POSIX has it in no header

namespace tfcpp::host {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMaxLine = 65536;
constexpr std::size_t kMaxKept = 16384;
constexpr milliseconds kBetweenLooks{5};
constexpr milliseconds kLastWords{200};

class SpawnedChild final : public Child {
 public:
  SpawnedChild(steady_clock::time_point begin, pid_t pid, Descriptor out, Descriptor err, Pipe stop)
      : begin_(begin), pid_(pid), out_(std::move(out)), err_(std::move(err)), stop_(std::move(stop)), reading_([this] {
          ReadAll();
        }) {}

  ~SpawnedChild() override {
    if (!status_.has_value()) {
      kill(pid_, SIGKILL);
      Reap(0);
    }
    stop_.write.Close();
  }

  int pid() const override { return pid_; }

  std::string AwaitLine(milliseconds limit) override {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, limit,
                      [&] { return first_.find('\n') != first_.npos || first_.size() > kMaxLine || output_ended_; });
    return first_.substr(0, first_.find('\n'));
  }

  steady_clock::time_point begin() const override { return begin_; }
  steady_clock::time_point line_at() const override {
    const std::lock_guard lock(mutex_);
    return line_at_;
  }

  bool AwaitEnd(milliseconds limit) override {
    const auto end = steady_clock::now() + limit;
    while (!HasEnded()) {
      if (steady_clock::now() >= end) return false;
      std::this_thread::sleep_for(kBetweenLooks);  // POSIX tells of an end by a signal only, which is the program's
    }
    // All that it said is still to be read. A process that it leaves behind may hold the pipes for ever.
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kLastWords, [&] { return all_ended_; });
    return true;
  }

  std::string HowItEnded() override {
    if (!HasEnded()) return {};
    return WIFSIGNALED(*status_) ? Concat("was ended by signal ", std::to_string(WTERMSIG(*status_)))
                                 : Concat("has ended with exit code ", std::to_string(WEXITSTATUS(*status_)));
  }

  std::string ErrorOutput() const override {
    const std::lock_guard lock(mutex_);
    return error_output_;
  }

  std::string LaterOutput() const override {
    const std::lock_guard lock(mutex_);
    const auto end = first_.find('\n');
    return end == first_.npos ? std::string() : first_.substr(end + 1, kMaxKept);
  }

 private:
  bool HasEnded() {
    const std::lock_guard lock(mutex_);
    return status_.has_value() || Reap(WNOHANG);
  }

  bool Reap(int flags) {
    int status = 0;
    pid_t got = 0;
    do {
      got = waitpid(pid_, &status, flags);
    } while (got < 0 && errno == EINTR);
    if (got == pid_) status_ = status;
    return got == pid_;
  }

  // Until both outputs have ended, or the destructor says so.
  void ReadAll() {
    while (out_.is_open() || err_.is_open()) {
      std::array<Awaited, 3> all{
          {{.descriptor = out_.number()}, {.descriptor = err_.number()}, {.descriptor = stop_.read.number()}}};
      Await(all, milliseconds(-1));
      if (all[2].readable || all[2].has_ended) break;
      for (const auto& [awaited, from, is_error] :
           {std::tuple(all[0], &out_, false), std::tuple(all[1], &err_, true)}) {
        if (from->is_open() && (awaited.readable || awaited.has_ended)) Take(*from, is_error);
      }
    }
    const std::lock_guard lock(mutex_);
    output_ended_ = true;
    all_ended_ = true;
    changed_.notify_all();
  }

  void Take(Descriptor& from, bool is_error) {
    std::array<char, 4096> data{};
    const ssize_t got = read(from.number(), data.data(), data.size());
    const std::lock_guard lock(mutex_);
    if (got <= 0) {
      from.Close();
      if (!is_error) output_ended_ = true;
    } else if (is_error) {
      error_output_.append(data.data(), static_cast<std::size_t>(got));
      if (error_output_.size() > kMaxKept) error_output_.erase(0, error_output_.size() - kMaxKept);
    } else if (first_.size() <= kMaxLine + kMaxKept) {
      const bool had_line = first_.find('\n') != first_.npos;
      first_.append(data.data(), static_cast<std::size_t>(got));
      if (!had_line) line_at_ = steady_clock::now();
    }
    changed_.notify_all();
  }

  const steady_clock::time_point begin_;
  const pid_t pid_;
  Descriptor out_;
  Descriptor err_;
  Pipe stop_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::string first_;  // of standard output
  steady_clock::time_point line_at_;
  std::string error_output_;
  bool output_ended_ = false;
  bool all_ended_ = false;  // both outputs
  std::optional<int> status_;
  std::jthread reading_;  // last, so that it ends first
};

Result<pid_t> Spawn(const std::string& program, const std::vector<std::string>& environment, int out, int err) {
  std::vector<char*> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
  for (const std::string& variable : environment) variables.push_back(const_cast<char*>(variable.c_str()));
  variables.push_back(nullptr);
  std::array<char*, 2> arguments{const_cast<char*>(program.c_str()), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
  pid_t pid = 0;
  const int failed = posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(), variables.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed == 0) return pid;
  Error error = SystemError(Concat(program, " could not be started"), failed);
  if (failed != EAGAIN && failed != ENOMEM) error.code = ErrorCode::kNotFound;
  return error;
}

}  // namespace

Result<std::unique_ptr<Child>> Child::Start(const std::string& program, const std::vector<std::string>& environment) {
  TFCPP_ASSIGN_OR_RETURN(Pipe out, MakePipe());
  TFCPP_ASSIGN_OR_RETURN(Pipe err, MakePipe());
  TFCPP_ASSIGN_OR_RETURN(Pipe stop, MakePipe());
  const auto begin = steady_clock::now();
  TFCPP_ASSIGN_OR_RETURN(const pid_t pid, Spawn(program, environment, out.write.number(), err.write.number()));
  return std::unique_ptr<Child>(
      std::make_unique<SpawnedChild>(begin, pid, std::move(out.read), std::move(err.read), std::move(stop)));
}

}  // namespace tfcpp::host
