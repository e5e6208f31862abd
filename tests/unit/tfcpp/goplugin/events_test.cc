#include "tfcpp/goplugin/events.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "tfcpp/base/process.h"

namespace tfcpp::goplugin {
namespace {

TEST(EventsTest, ComeInTheirOrderAndMakeTheDescriptorReadable) {
  const Events events;
  ASSERT_TRUE(events.is_open());
  pollfd waiting{events.descriptor(), POLLIN, 0};
  EXPECT_EQ(poll(&waiting, 1, 0), 0);
  EXPECT_EQ(events.Next(), std::nullopt);
  events.Tell(Event::kHostConnected);
  events.Tell(Event::kShutdown);
  EXPECT_EQ(poll(&waiting, 1, 0), 1);
  EXPECT_EQ(events.Next(), Event::kHostConnected);
  EXPECT_EQ(events.Next(), Event::kShutdown);
  EXPECT_EQ(events.Next(), std::nullopt);
}

TEST(EventsTest, MoreThanThePipeHoldsBlocksNobody) {
  const Events events;
  for (int i = 0; i < 1'000'000; ++i) events.Tell(Event::kSignal);
  EXPECT_EQ(events.Next(), Event::kSignal);
}

// What a signal does to a process: its exit status tells. 0: nothing; 1: it is an event.
enum Effect { kNothing, kEvent };
void ExitWithEffectOf(int number, bool debug, bool ignored_before) {
  if (ignored_before) std::signal(number, SIG_IGN);
  static const Events events;
  CatchSignals(events, debug);
  std::raise(number);
  _exit(events.Next() == Event::kSignal ? kEvent : kNothing);
}

TEST(CatchSignalsDeathTest, OfEverySignal) {
  constexpr int kDies = -1;
  const struct {
    int number;
    int host, debug;
  } rows[] = {
      {SIGTERM, kEvent, kEvent},      {SIGHUP, kEvent, kEvent},      {SIGQUIT, kEvent, kDies},
      {SIGINT, kNothing, kEvent},     {SIGPIPE, kNothing, kNothing}, {SIGUSR1, kNothing, kNothing},
      {SIGUSR2, kNothing, kNothing},  {SIGALRM, kNothing, kNothing}, {SIGVTALRM, kNothing, kNothing},
      {SIGPROF, kNothing, kNothing},  {SIGIO, kNothing, kNothing},   {SIGXCPU, kNothing, kNothing},
      {SIGXFSZ, kNothing, kNothing},  {SIGCHLD, kNothing, kNothing}, {SIGURG, kNothing, kNothing},
      {SIGWINCH, kNothing, kNothing}, {SIGCONT, kNothing, kNothing}, {SIGKILL, kDies, kDies},
      {SIGABRT, kDies, kDies},
  };
  for (const auto& row : rows) {
    for (const bool debug : {false, true}) {
      const int effect = debug ? row.debug : row.host;
      if (effect == kDies) {
        EXPECT_EXIT(ExitWithEffectOf(row.number, debug, false), testing::KilledBySignal(row.number), "") << debug;
        continue;
      }
      EXPECT_EXIT(ExitWithEffectOf(row.number, debug, false), testing::ExitedWithCode(effect), "")
          << row.number << debug;
      // nohup, and a background job of a shell.
      EXPECT_EXIT(ExitWithEffectOf(row.number, debug, true), testing::ExitedWithCode(kNothing), "")
          << row.number << debug;
    }
  }
}

TEST(CatchSignalsDeathTest, ChildrensEndsAreTold) {
  const auto play = [] {
    std::signal(SIGCHLD, SIG_IGN);
    static const Events events;
    CatchSignals(events, false);
    NullLogger log;
    const auto done = RunProcess({{}, log}, {.arguments = {"/bin/sh", "-c", "exit 3"}});
    _exit(done.has_value() ? done->exit_code : 1);
  };
  EXPECT_EXIT(play(), testing::ExitedWithCode(3), "");
}

}  // namespace
}  // namespace tfcpp::goplugin
