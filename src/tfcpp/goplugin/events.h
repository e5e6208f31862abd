// SPDX-License-Identifier: Apache-2.0
// Events: what the main thread must know of, told by other threads and by signal handlers. Each is one byte in a pipe:
// a handler can do little more than write one, and poll() waits for a pipe and a socket together.
//
//   Events events;
//   CatchSignals(events, debug);
//   poll(events.descriptor()); while (const auto event = events.Next()) Handle(*event);
//
// Thread safety: Tell from any thread and any handler; Next from one thread.
#pragma once

#include <optional>

#include "tfcpp/base/descriptor.h"

namespace tfcpp::goplugin {

enum class Event : char {
  kHostConnected = 'c',  // the first stream of a host is open: it has signed in
  kHostGone = 'g',       // a stream of the host has ended without Shutdown
  kShutdown = 's',       // the host asked
  kSignal = 'i',         // one that asks the process to end
};

class Events {
 public:
  Events();
  bool is_open() const { return pipe_.read.is_open(); }   // false: the process has no descriptors left
  int descriptor() const { return pipe_.read.number(); }  // readable when there is a next one
  void Tell(Event event) const;
  std::optional<Event> Next() const;  // nullopt: none now

 private:
  friend void CatchSignals(const Events& events, bool debug);
  Pipe pipe_;
};

// SIGTERM, SIGHUP and SIGQUIT become Event::kSignal. Those that Terraform survives are ignored: a signal to the whole
// process group must not end the provider of a Terraform that goes on. SIGINT is one of these, because Ctrl-C reaches
// the group and it is the host that decides; with `debug` it is an event, and SIGQUIT is left to dump core.
//
// What the process was started to ignore (nohup, a shell's background job) stays ignored, but for SIGCHLD, which is as
// usual from here on, for the sake of RunProcess. `events` must live as long as the process.
void CatchSignals(const Events& events, bool debug);

}  // namespace tfcpp::goplugin
