#include "base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/descriptor.h"
#include "base/strings.h"

namespace tfcpp {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMaxShownError = 1000;

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Error SystemError(std::string_view what, int number) {
  return {.code = ErrorCode::kInternal, .message = Concat(what, ": ", std::strerror(number), ".")};
}

Result<Pipe> MakePipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return SystemError("No pipe could be made", errno);
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

// posix_spawn's two arguments, freed at the end of the scope.
struct SpawnSettings {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};

  SpawnSettings(int out, int err) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    // Libraries do not mark every descriptor close-on-exec; a child that holds our gRPC socket would keep it open.
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);

    posix_spawnattr_init(&attributes);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigdefault(&attributes, &all);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }
};

Result<pid_t> Spawn(const std::vector<std::string>& arguments, int out, int err) {
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const SpawnSettings settings(out, err);
  pid_t pid = 0;
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
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return 0;
  }
  constexpr int kSignalled = 128;
  return WIFSIGNALED(status) ? kSignalled + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Result<ProcessOutput> RunProcess(const Context& context, const ProcessOptions& options) {
  const std::string& program = options.arguments.at(0);
  const Error stopped{.code = ErrorCode::kCancelled, .message = Concat(program, " was stopped."), .reason = "stopped"};
  if (context.stop.stop_requested()) return stopped;
  TFCPP_ASSIGN_OR_RETURN(Pipe out, MakePipe());
  TFCPP_ASSIGN_OR_RETURN(Pipe err, MakePipe());
  const Descriptor wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake.is_open()) return SystemError("No event descriptor could be made", errno);
  TFCPP_ASSIGN_OR_RETURN(const pid_t pid, Spawn(options.arguments, out.write.number(), err.write.number()));
  out.write.Close();
  err.write.Close();
  fcntl(out.read.number(), F_SETFL, O_NONBLOCK);
  fcntl(err.read.number(), F_SETFL, O_NONBLOCK);
  // By number: the wrapper of glibc 2.36 is not declared for C++.
  const Descriptor exited(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));

  ProcessOutput output;
  const auto end_group = [&](Error error) {
    kill(-pid, SIGKILL);
    Reap(pid);
    if (const std::string_view said = Trim(output.err); !said.empty()) {
      error.message += Concat(" It said: ", Truncate(ToValidUtf8(said), kMaxShownError));
    }
    return error;
  };
  if (!exited.is_open()) return end_group(SystemError(Concat(program, " could not be watched"), errno));

  const std::stop_callback on_stop(context.stop, [&] { (void)eventfd_write(wake.number(), 1); });
  const auto deadline = steady_clock::now() + options.time_limit;
  for (bool done = false; !done;) {
    // The child's end counts, not that of the pipes: a helper that it leaves behind may hold those for ever.
    std::array<pollfd, 4> waiting{{{out.read.number(), POLLIN, 0},
                                   {err.read.number(), POLLIN, 0},
                                   {exited.number(), POLLIN, 0},
                                   {wake.number(), POLLIN, 0}}};
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    poll(waiting.data(), waiting.size(), static_cast<int>(std::max(milliseconds(0), left).count()));
    done = (waiting[2].revents & POLLIN) != 0;
    Drain(out.read, output.out, options.max_output);
    Drain(err.read, output.err, options.max_output);
    if (std::max(output.out.size(), output.err.size()) > options.max_output) {
      return end_group(
          {.code = ErrorCode::kMalformed, .message = Concat(program, " printed too much to be an answer.")});
    }
    if (!done && context.stop.stop_requested()) return end_group(stopped);
    if (!done && steady_clock::now() >= deadline) {
      return end_group({.code = ErrorCode::kDeadlineExceeded,
                        .message = Concat(program, " did not end within ", std::to_string(options.time_limit.count()),
                                          " ms and was killed.")});
    }
  }
  output.exit_code = Reap(pid);
  return output;
}

}  // namespace tfcpp
