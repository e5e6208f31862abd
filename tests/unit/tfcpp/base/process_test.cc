#include "tfcpp/base/process.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

namespace tfcpp {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

ProcessOptions Shell(std::string script) { return {.arguments = {"/bin/sh", "-c", std::move(script)}}; }

Result<ProcessOutput> Execute(const ProcessOptions& options, std::stop_token stop = {}) {
  NullLogger log;
  return RunProcess({std::move(stop), log}, options);
}

// False also for a zombie, which nobody may ever reap.
bool IsAlive(const std::string& pid) {
  std::ifstream status("/proc/" + pid + "/stat");
  std::string number, name, state;
  return static_cast<bool>(status >> number >> name >> state) && state != "Z";
}

TEST(RunProcessTest, GivesOutputAndExitCode) {
  struct Case {
    const char* script;
    int exit_code;
    const char* out;
    const char* err;
  };
  const Case kCases[] = {
      {"echo out; echo err >&2", 0, "out\n", "err\n"},
      {"exit 3", 3, "", ""},
      {"kill -9 $$", 128 + 9, "", ""},
      {"cat", 0, "", ""},                                                   // standard input is at its end
      {"cut -d' ' -f5 /proc/self/stat; echo $$ >&2", 0, nullptr, nullptr},  // leads its own group: out equals err
  };
  for (const Case& c : kCases) {
    const auto done = Execute(Shell(c.script));
    ASSERT_TRUE(done.has_value()) << c.script;
    EXPECT_EQ(done->exit_code, c.exit_code) << c.script;
    if (c.out == nullptr) {
      EXPECT_EQ(done->out, done->err);
    } else {
      EXPECT_EQ(done->out, c.out) << c.script;
      EXPECT_EQ(done->err, c.err) << c.script;
    }
  }
}

TEST(RunProcessTest, PassesArgumentsWithoutAShell) {
  EXPECT_EQ(Execute({.arguments = {"/bin/echo", "$HOME; `id`", "*"}})->out, "$HOME; `id` *\n");
}

TEST(RunProcessTest, InheritsNoDescriptorAndNoIgnoredSignal) {
  const int leaked = dup(STDERR_FILENO);  // not close-on-exec
  ASSERT_GE(leaked, 0);
  struct sigaction before {};
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &before);
  const auto done = Execute(Shell("ls /proc/self/fd | sort -n | tail -1; sed -n 's/SigIgn:.//p' /proc/self/status"));
  sigaction(SIGPIPE, &before, nullptr);
  close(leaked);
  // ls itself holds the folder as number 3. Of the signals, those above 31 are the C library's own.
  EXPECT_EQ(done->out.substr(0, 2), "3\n");
  EXPECT_EQ(std::stoull(done->out.substr(2), nullptr, 16) & 0x7fffffff, 0u) << done->out;
}

// In a process of its own, as there is no way back.
TEST(ProtectMemoryDeathTest, ChildrenAreAsTheProcessWasStarted) {
  const auto play = [] {
    rlimit limit{};
    getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_CORE, &limit);
    const std::string before = Execute(Shell("ulimit -c"))->out;
    for (int times = 1; times <= 2; ++times) {
      ProtectMemory();
      for (int child = 0; child < 2; ++child) {
        if (Execute(Shell("ulimit -c"))->out != before) _exit(1);
      }
      getrlimit(RLIMIT_CORE, &limit);
      if (limit.rlim_cur != 0) _exit(2);
      if (prctl(PR_GET_DUMPABLE) != 0) _exit(3);
    }
    const auto dumpable = Execute(Shell("python3 -c 'import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))'"));
    _exit(dumpable->out == "1\n" ? 0 : 4);
  };
  EXPECT_EXIT(play(), testing::ExitedWithCode(0), "");
}

TEST(RunProcessTest, NamesAProgramThatIsNotThere) {
  const auto done = Execute({.arguments = {"/nowhere/az"}});
  EXPECT_EQ(done.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(done.error().message, HasSubstr("/nowhere/az could not be started: No such file"));
}

TEST(RunProcessTest, KillsTheGroupAtTheTimeLimit) {
  ProcessOptions options = Shell("echo on my way >&2; sleep 1000 & wait");
  options.time_limit = 200ms;
  const auto done = Execute(options);
  EXPECT_EQ(done.error().code, ErrorCode::kDeadlineExceeded);
  EXPECT_THAT(done.error().message, HasSubstr("200 ms"));
}

TEST(RunProcessTest, KillsTheGroupAtAStop) {
  const std::filesystem::path fifo = std::filesystem::path(testing::TempDir()) / ("fifo" + std::to_string(getpid()));
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  std::stop_source stop;
  std::string child;
  std::thread stopper([&] {
    std::ifstream(fifo) >> child;  // opens once the child writes: it surely runs then
    stop.request_stop();
  });
  const auto done = Execute(Shell("sleep 1000 & echo $! > " + fifo.string() + "; wait"), stop.get_token());
  stopper.join();
  std::filesystem::remove(fifo);
  EXPECT_EQ(done.error().code, ErrorCode::kCancelled);
  while (IsAlive(child)) std::this_thread::yield();  // a signal takes its time
  EXPECT_EQ(Execute(Shell("echo no"), stop.get_token()).error().code, ErrorCode::kCancelled);
}

TEST(RunProcessTest, DoesNotWaitForWhatTheChildLeavesBehind) {
  const auto done = Execute(Shell("sleep 1000 & echo $!"));
  ASSERT_TRUE(done.has_value());
  kill(std::stoi(done->out), SIGKILL);
}

int OpenDescriptors() {
  int open = 0;
  for (int number = 0; number < 256; ++number) open += fcntl(number, F_GETFD) >= 0 ? 1 : 0;
  return open;
}

// However a child ends, nothing of it stays: no zombie, no descriptor, and nobody waits longer than was said.
TEST(RunProcessTest, EveryEndLeavesNothing) {
  constexpr auto kLong = 60'000ms;
  constexpr auto kShort = 100ms;
  const struct {
    const char* what;
    const char* script;
    std::chrono::milliseconds limit;
    std::optional<ErrorCode> error;
    int exit_code = 0;
  } rows[] = {
      {"ends", "exit 0", kLong, {}},
      {"fails", "exit 3", kLong, {}, 3},
      {"is killed", "kill -KILL $$", kLong, {}, 128 + SIGKILL},
      {"is ended", "kill -TERM $$", kLong, {}, 128 + SIGTERM},
      {"closes its pipes early", "exec >&- 2>&-; exit 4", kLong, {}, 4},
      {"closes one of them", "exec >&-; echo x >&2; exit 4", kLong, {}, 4},
      {"leaves a process that holds its pipes", "sleep 3 & exit 5", kLong, {}, 5},
      {"leaves one of another group", "setsid sleep 3 & exit 5", kLong, {}, 5},
      {"hangs", "exec sleep 1000", kShort, ErrorCode::kDeadlineExceeded},
      {"hangs in a child of its own", "sleep 1000", kShort, ErrorCode::kDeadlineExceeded},
      {"hangs without its pipes", "exec >&- 2>&-; exec sleep 1000", kShort, ErrorCode::kDeadlineExceeded},
      {"is stopped", "kill -STOP $$", kShort, ErrorCode::kDeadlineExceeded},
      {"takes no signal", "trap '' TERM HUP INT QUIT; sleep 1000", kShort, ErrorCode::kDeadlineExceeded},
      {"prints for ever", "exec yes", kLong, ErrorCode::kMalformed},
      {"prints errors for ever", "exec yes >&2", kLong, ErrorCode::kMalformed},
  };
  const int before = OpenDescriptors();
  for (const auto& row : rows) {
    ProcessOptions options = Shell(row.script);
    options.time_limit = row.limit;
    options.max_output = 100'000;
    const auto done = Execute(options);
    EXPECT_EQ(done.has_value(), !row.error.has_value()) << row.what;
    if (done.has_value()) {
      EXPECT_EQ(done->exit_code, row.exit_code) << row.what;
    } else {
      EXPECT_EQ(done.error().code, row.error) << row.what;
    }
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << row.what;  // there is no child any more
    EXPECT_EQ(OpenDescriptors(), before) << row.what;
  }
}

// Whenever the stop comes, before the child, while it starts or after its end, it is heard or it is too late.
TEST(RunProcessTest, NoStopIsLost) {
  for (int round = 0; round < 100; ++round) {
    for (const bool ends : {false, true}) {
      std::stop_source stop;
      std::jthread stopper([&] {
        for (int i = 0; i < round * 100; ++i) std::this_thread::yield();
        stop.request_stop();
      });
      const auto done = Execute({.arguments = {ends ? "/bin/true" : "/bin/cat", "/dev/zero"}}, stop.get_token());
      if (done.has_value() && ends) continue;
      ASSERT_FALSE(done.has_value());
      // What prints for ever may have printed too much by then.
      EXPECT_THAT(done.error().code, testing::AnyOf(ErrorCode::kCancelled, ErrorCode::kMalformed));
    }
  }
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(FindProgramTest, AsAShellFindsIt) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / ("path" + std::to_string(getpid()));
  std::filesystem::create_directories(folder / "a" / "folder");
  std::filesystem::create_directories(folder / "b");
  for (const char* name : {"a/text", "b/text", "b/tool", "b/folder"}) std::ofstream(folder / name).put('x');
  for (const char* name : {"b/text", "b/tool", "b/folder"}) chmod((folder / name).c_str(), 0700);
  const std::string path = "/nowhere::" + (folder / "a").string() + ":" + (folder / "b").string();
  const auto find = [&](const std::string& name, const std::optional<std::string>& value) {
    return FindProgram(name, [&](std::string_view variable) { return variable == "PATH" ? value : std::nullopt; });
  };
  EXPECT_EQ(find("tool", path), folder / "b/tool");
  EXPECT_EQ(find("text", path), folder / "b/text");      // the first may not be run
  EXPECT_EQ(find("folder", path), folder / "b/folder");  // the first is none
  EXPECT_EQ(find("nosuch", path), std::nullopt);
  EXPECT_EQ(find("tool", std::nullopt), std::nullopt);
  EXPECT_EQ(find(folder / "b/tool", std::nullopt), folder / "b/tool");
  EXPECT_EQ(find(folder / "a/text", path), std::nullopt);
  std::filesystem::remove_all(folder);
}

TEST(RunProcessTest, LimitsTheOutput) {
  ProcessOptions options = Shell("yes");
  options.max_output = 10'000;
  EXPECT_EQ(Execute(options).error().code, ErrorCode::kMalformed);
  options = Shell("head -c 10000 /dev/zero");
  options.max_output = 10'000;
  EXPECT_EQ(Execute(options)->out.size(), 10'000u);
}

}  // namespace
}  // namespace tfcpp
