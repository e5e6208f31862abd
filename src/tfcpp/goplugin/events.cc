// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/goplugin/events.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <utility>

namespace tfcpp::goplugin {
namespace {

// Go's runtime takes these and does nothing; by default they would end this process.
constexpr int kIgnored[] = {
    SIGPIPE,   SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGXCPU, SIGXFSZ,
#ifdef SIGPWR
    SIGPWR,
#endif
#ifdef SIGSTKFLT
    SIGSTKFLT,
#endif
};

// A handler has no context, so its descriptor has to stand here. Set once, before the handlers are.
std::atomic<int> signal_pipe = -1;

void Write(int descriptor, Event event) {
  const char letter = static_cast<char>(event);
  [[maybe_unused]] const ssize_t written = write(descriptor, &letter, 1);
}

void OnSignal(int) {
  const int interrupted = errno;
  Write(signal_pipe.load(), Event::kSignal);
  errno = interrupted;
}

void Handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  if (sigaction(number, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) return;
  action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

}  // namespace

Events::Events() {
  auto made = MakePipe();
  if (!made.has_value()) return;
  pipe_ = *std::move(made);
  // A handler must never wait: when the pipe is full, there is enough in it to end anything.
  SetNonBlocking(pipe_.read.number());
  SetNonBlocking(pipe_.write.number());
}

void Events::Tell(Event event) const { Write(pipe_.write.number(), event); }

std::optional<Event> Events::Next() const {
  char letter = 0;
  if (read(pipe_.read.number(), &letter, 1) != 1) return std::nullopt;
  return static_cast<Event>(letter);
}

void CatchSignals(const Events& events, bool debug) {
  signal_pipe = events.pipe_.write.number();
  for (const int number : kIgnored) Handle(number, SIG_IGN);
  for (const int number : {SIGTERM, SIGHUP}) Handle(number, &OnSignal);
  Handle(SIGINT, debug ? &OnSignal : SIG_IGN);
  if (!debug) Handle(SIGQUIT, &OnSignal);
  // Who ignores it is not told how a child has ended.
  std::signal(SIGCHLD, SIG_DFL);
}

}  // namespace tfcpp::goplugin
