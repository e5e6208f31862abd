// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/base/process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "tfcpp/base/descriptor.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/system.h"

extern char** environ;  // POSIX has it in no header

namespace tfcpp {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// posix_spawn's two arguments, freed at the end of the scope.
struct SpawnSettings {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};

  SpawnSettings(int out, int err) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    const short flags = InheritStandardStreamsOnly(actions);

    posix_spawnattr_init(&attributes);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigdefault(&attributes, &all);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, static_cast<short>(flags | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK |
                                                             POSIX_SPAWN_SETPGROUP));
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }
};

// Only the limit that can be raised again.
void ForbidCoreFiles(rlimit limit) {
  limit.rlim_cur = 0;
  setrlimit(RLIMIT_CORE, &limit);
}

// The limit of core files is the process's own and children inherit it, so what it was stands beside it.
std::mutex core_limit_mutex;
std::optional<rlimit> core_limit_before;  // nullopt: ProtectMemory was not called

// posix_spawn cannot set limits: while this lives, the process has the limit that it was started with.
class ChildrensCoreLimit {
 public:
  ChildrensCoreLimit() : lock_(core_limit_mutex) {
    if (core_limit_before.has_value()) setrlimit(RLIMIT_CORE, &*core_limit_before);
  }
  ChildrensCoreLimit(const ChildrensCoreLimit&) = delete;
  ChildrensCoreLimit& operator=(const ChildrensCoreLimit&) = delete;
  ~ChildrensCoreLimit() {
    if (core_limit_before.has_value()) ForbidCoreFiles(*core_limit_before);
  }

 private:
  const std::lock_guard<std::mutex> lock_;
};

Result<pid_t> Spawn(const std::vector<std::string>& arguments, int out, int err) {
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const SpawnSettings settings(out, err);
  pid_t pid = 0;
  const ChildrensCoreLimit limit;
  const int failed = posix_spawn(&pid, argv[0], &settings.actions, &settings.attributes, argv.data(), environ);
  if (failed == 0) return pid;
  Error error = SystemError(Concat(arguments.front(), " could not be started"), failed);
  if (failed != EAGAIN && failed != ENOMEM) error.code = ErrorCode::kNotFound;
  return error;
}

// Moves what can be read now; closes the descriptor at its end.
void Drain(Descriptor& from, std::string& to, std::size_t limit) {
  std::array<char, 16384> data;
  while (from.is_open() && to.size() <= limit) {
    const ssize_t got = read(from.number(), data.data(), data.size());
    if (got > 0) {
      to.append(data.data(), static_cast<std::size_t>(got));
    } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
      from.Close();
    } else if (errno == EAGAIN) {
      return;
    }
  }
}

int Reap(pid_t pid) {
  constexpr int kSignalled = 128;
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return kSignalled;  // somebody else knows how it ended: no success
  }
  return WIFSIGNALED(status) ? kSignalled + WTERMSIG(status) : WEXITSTATUS(status);
}

// A child under way, and what it has printed so far.
struct Child {
  const ProcessOptions& options;
  Pipe out;
  Pipe err;
  pid_t pid;
  Pipe exited;  // readable once it has ended
  ProcessOutput output = {};
  std::jthread waiting = {};  // goes before what it writes to

  const std::string& program() const { return options.arguments.front(); }
};

// Waits for the child's end, and leaves the child to Reap: until then nobody else gets its number.
void AwaitEnd(pid_t pid) {
  constexpr milliseconds kUntilItGoesOn{50};
  for (;;) {
    siginfo_t how{};
    const bool told = waitid(P_PID, static_cast<id_t>(pid), &how, WEXITED | WNOWAIT) == 0;
    if (told && how.si_code != CLD_STOPPED && how.si_code != CLD_TRAPPED && how.si_code != CLD_CONTINUED) return;
    if (!told && errno != EINTR) return;
    if (told) std::this_thread::sleep_for(kUntilItGoesOn);  // some macOS tells of a child that was stopped as well
  }
}

// Tells of the child's end by a pipe. A thread, for a process is no descriptor that one could wait for together with
// others, but on Linux. False: there is no thread to be had.
bool Watch(Child& child) {
  try {
    child.waiting = std::jthread([pid = child.pid, pipe = child.exited.write.number()] {
      AwaitEnd(pid);
      [[maybe_unused]] const ssize_t written = write(pipe, "", 1);
    });
  } catch (const std::system_error&) {
    return false;
  }
  return true;
}

Result<Child> Start(const ProcessOptions& options) {
  TFCPP_ASSIGN_OR_RETURN(Pipe out, MakePipe());
  TFCPP_ASSIGN_OR_RETURN(Pipe err, MakePipe());
  TFCPP_ASSIGN_OR_RETURN(Pipe exited, MakePipe());
  TFCPP_ASSIGN_OR_RETURN(const pid_t pid, Spawn(options.arguments, out.write.number(), err.write.number()));
  out.write.Close();
  err.write.Close();
  SetNonBlocking(out.read.number());
  SetNonBlocking(err.read.number());
  return Child{options, std::move(out), std::move(err), pid, std::move(exited)};
}

// Kills the child with its whole group; gives the error with what the child said last.
Error End(Child& child, Error error) {
  kill(-child.pid, SIGKILL);
  if (child.waiting.joinable()) child.waiting.join();
  Reap(child.pid);
  if (const std::string_view said = Trim(child.output.err); !said.empty()) error.message += Concat(" It said: ", said);
  return error;
}

// Waits for news, `wake` among them, and takes what was printed. True: the child has ended. Its end counts, not that of
// the pipes: a helper that it leaves behind may hold those for ever.
bool AwaitNews(Child& child, const Descriptor& wake, steady_clock::time_point deadline) {
  std::array<Awaited, 4> waiting{{{.descriptor = child.out.read.number()},
                                  {.descriptor = child.err.read.number()},
                                  {.descriptor = child.exited.read.number()},
                                  {.descriptor = wake.number()}}};
  const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
  Await(waiting, std::max(milliseconds(0), left));
  Drain(child.out.read, child.output.out, child.options.max_output);
  Drain(child.err.read, child.output.err, child.options.max_output);
  return waiting[2].readable;
}

Error Stopped(const std::string& program) {
  return {.code = ErrorCode::kCancelled, .message = Concat(program, " was stopped."), .reason = "stopped"};
}

// Why a child must not go on, or, when it has ended, what it printed does not count.
std::optional<Error> FindReasonToEnd(const Child& child, bool has_ended, const std::stop_token& stop,
                                     steady_clock::time_point deadline) {
  if (std::max(child.output.out.size(), child.output.err.size()) > child.options.max_output) {
    return Error{.code = ErrorCode::kMalformed,
                 .message = Concat(child.program(), " printed too much to be an answer.")};
  }
  if (!has_ended && stop.stop_requested()) return Stopped(child.program());
  if (!has_ended && steady_clock::now() >= deadline) {
    return Error{.code = ErrorCode::kDeadlineExceeded,
                 .message = Concat(child.program(), " did not end within ",
                                   std::to_string(child.options.time_limit.count()), " ms and was killed.")};
  }
  return std::nullopt;
}

bool IsProgram(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::optional<std::string> FindProgram(const std::string& name, const Environment& environment) {
  if (name.find('/') != std::string::npos) return IsProgram(name) ? std::optional(name) : std::nullopt;
  const std::string path = FindVariable(environment, "PATH").value_or("");
  for (const std::string_view folder : Split(path, ':')) {
    std::string candidate = Concat(folder, "/", name);
    if (!folder.empty() && IsProgram(candidate)) return candidate;
  }
  return std::nullopt;
}

int OwnProcessId() { return static_cast<int>(getpid()); }

void ProtectMemory() {
  const std::lock_guard lock(core_limit_mutex);
  rlimit limit{};
  if (!core_limit_before.has_value() && getrlimit(RLIMIT_CORE, &limit) == 0) core_limit_before = limit;
  if (core_limit_before.has_value()) ForbidCoreFiles(*core_limit_before);
  HideMemory();
}

Result<ProcessOutput> RunProcess(const Context& context, const ProcessOptions& options) {
  const std::string& program = options.arguments.at(0);
  if (context.stop.stop_requested()) return Stopped(program);
  TFCPP_ASSIGN_OR_RETURN(const Pipe wake, MakePipe());
  TFCPP_ASSIGN_OR_RETURN(Child child, Start(options));
  if (!Watch(child)) return End(child, SystemError(Concat(program, " could not be watched"), EAGAIN));
  const std::stop_callback on_stop(context.stop,
                                   [&] { [[maybe_unused]] const ssize_t written = write(wake.write.number(), "", 1); });
  const auto deadline = steady_clock::now() + options.time_limit;
  for (bool has_ended = false; !has_ended;) {
    has_ended = AwaitNews(child, wake.read, deadline);
    if (auto reason = FindReasonToEnd(child, has_ended, context.stop, deadline)) return End(child, *std::move(reason));
  }
  child.output.exit_code = Reap(child.pid);
  return std::move(child.output);
}

}  // namespace tfcpp
