// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/goplugin/attend.h"

#include <algorithm>
#include <array>
#include <optional>

#include "tfcpp/base/descriptor.h"

namespace tfcpp::goplugin {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Without descriptors a connection stays in the queue, and Await would report it again at once.
constexpr milliseconds kUntilDescriptorsAreFree{100};

class Attendant {
 public:
  explicit Attendant(const Attendance& attendance)
      : of_(attendance), begin_(steady_clock::now()), host_output_(attendance.host_output) {}

  End Run() {
    for (;;) {
      std::array<Awaited, 3> waiting{{{.descriptor = of_.events.descriptor()},
                                      {.descriptor = is_short_ ? -1 : of_.listener.descriptor()},
                                      {.descriptor = host_output_, .only_end = true}}};
      Await(waiting, Timeout());
      if (const auto end = TakeEvents()) return *end;
      if (host_output_ >= 0 && waiting[2].has_ended) return End::kHostGone;
      is_short_ = waiting[1].readable && !TakeConnection();
      if (IsOutOfPatience()) return End::kNobodyCame;
    }
  }

 private:
  bool IsWaitingForTheFirst() const { return !dialled_ && of_.patience >= milliseconds(0); }
  milliseconds Left() const {
    const auto passed = std::chrono::floor<milliseconds>(steady_clock::now() - begin_);
    return std::max(milliseconds(0), of_.patience - passed);
  }
  bool IsOutOfPatience() const { return IsWaitingForTheFirst() && Left() == milliseconds(0); }

  milliseconds Timeout() const {
    milliseconds wait{-1};
    if (IsWaitingForTheFirst()) wait = Left();
    if (is_short_) wait = wait < milliseconds(0) ? kUntilDescriptorsAreFree : std::min(wait, kUntilDescriptorsAreFree);
    return wait;
  }

  std::optional<End> TakeEvents() {
    while (const auto event = of_.events.Next()) {
      switch (*event) {
        case Event::kShutdown:
          return End::kAsked;
        case Event::kHostGone:
          return End::kHostGone;
        case Event::kSignal:
          if (!of_.host_is_there()) return End::kSignal;
          of_.stop();
          break;
        case Event::kHostConnected:
          // It has what it needs: go-plugin dials once, and a host whose connection breaks is gone. From here on its
          // stream tells whether it is there, and a SIGKILL leaves no file behind.
          of_.listener.RemoveFile();
          host_output_ = -1;
          break;
      }
    }
    return std::nullopt;
  }

  // False: there are too few descriptors.
  bool TakeConnection() {
    const Listener::Accepted accepted = of_.listener.Accept();
    if (accepted.descriptor < 0) return !accepted.is_short;
    dialled_ = true;
    of_.hand_over(accepted.descriptor);
    return true;
  }

  const Attendance& of_;
  const steady_clock::time_point begin_;
  int host_output_;
  bool dialled_ = false;
  bool is_short_ = false;  // of descriptors, the last time
};

}  // namespace

End Attend(const Attendance& attendance) { return Attendant(attendance).Run(); }

}  // namespace tfcpp::goplugin
