// Serve() where it ends without a host. What a host sees is in tests/host_contract.
#include "tfcpp/goplugin/serve.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"

namespace tfcpp::goplugin {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

using Variables = std::map<std::string, std::string, std::less<>>;

const Variables kHost{{"TF_PLUGIN_MAGIC_COOKIE", "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"}};

// Tells on standard error what it asks of the service. `patience`: for this test only, the clock is real.
[[noreturn]] void ServeAndExit(const Variables& variables, milliseconds patience, bool finishes) {
  SystemClock clock;
  NullLogger log;
  const auto tell = [](std::string text) { [[maybe_unused]] const ssize_t n = write(2, text.data(), text.size()); };
  const int status = Serve({.provider_address = "a/b/c",
                            .program = "program",
                            .environment = [&](std::string_view name) -> std::optional<std::string> {
                              const auto found = variables.find(name);
                              return found == variables.end() ? std::nullopt : std::optional(found->second);
                            },
                            .services = {},
                            .log = log,
                            .clock = clock,
                            .stop = [&] { tell("stop; "); },
                            .finish =
                                [&](milliseconds limit) {
                                  tell("finish within " + std::to_string(limit.count()) + " ms; ");
                                  return finishes;
                                },
                            .patience = patience});
  _exit(status);
}

TEST(ServeDeathTest, EndsInOrderWhenNobodyDials) {
  EXPECT_EXIT(ServeAndExit(kHost, 1ms, true), testing::ExitedWithCode(0), "stop; finish within 10000 ms; ");
}

TEST(ServeDeathTest, ACallThatDoesNotEndDoesNotKeepIt) {
  EXPECT_EXIT(ServeAndExit(kHost, 1ms, false), testing::ExitedWithCode(0), "stop; finish within 10000 ms; ");
}

TEST(ServeDeathTest, WithoutAReaderOfTheLineThereIsNoUseInServing) {
  const auto without_reader = [] {
    int ends[2];
    if (pipe(ends) != 0) _exit(9);
    close(ends[0]);
    dup2(ends[1], STDOUT_FILENO);
    ServeAndExit(kHost, 60s, true);
  };
  EXPECT_EXIT(without_reader(), testing::ExitedWithCode(1), "nobody reads its standard output");
}

}  // namespace
}  // namespace tfcpp::goplugin
