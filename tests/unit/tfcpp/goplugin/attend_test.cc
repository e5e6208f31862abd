// The main thread with real sockets, pipes and shortages.
#include "tfcpp/goplugin/attend.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace tfcpp::goplugin {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

class AttendTest : public ::testing::Test {
 protected:
  ~AttendTest() override {
    for (const int descriptor : taken_) close(descriptor);
  }

  int Dial() const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    listener_->host_address().copy(address.sun_path, sizeof(address.sun_path) - 1);
    const int client = socket(AF_UNIX, SOCK_STREAM, 0);
    EXPECT_EQ(connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    return client;
  }

  End Run() {
    return Attend({.listener = *listener_,
                   .events = events_,
                   .host_output = output_.write.number(),
                   .patience = patience_,
                   .hand_over =
                       [this](int descriptor) {
                         taken_.push_back(descriptor);
                         if (on_taken_) on_taken_();
                       },
                   .host_is_there = [this] { return host_is_there_; },
                   .stop = [this] { ++stops_; }});
  }
  bool HasFile() const { return std::filesystem::exists(listener_->host_address()); }

  std::optional<Listener> listener_ = Listener::Open("", [](auto) { return std::nullopt; });
  const Events events_;
  Pipe output_ = MakePipe().value();  // the test is who reads the handshake line
  std::chrono::milliseconds patience_{-1};
  bool host_is_there_ = false;
  std::function<void()> on_taken_;
  std::vector<int> taken_;
  int stops_ = 0;
};

TEST_F(AttendTest, EachEventDoesItsPart) {
  const struct {
    const char* what;
    bool host_is_there;
    std::vector<Event> events;
    End end;
    int stops;
    bool has_file;
  } rows[] = {
      {"Shutdown", true, {Event::kShutdown}, End::kAsked, 0, true},
      {"the host goes", true, {Event::kHostGone}, End::kHostGone, 0, true},
      {"a signal before a host comes", false, {Event::kSignal}, End::kSignal, 0, true},
      {"signals while it is there", true, {Event::kSignal, Event::kSignal, Event::kShutdown}, End::kAsked, 2, true},
      {"Shutdown and a signal at once", true, {Event::kShutdown, Event::kSignal}, End::kAsked, 0, true},
      {"the host comes", true, {Event::kHostConnected, Event::kShutdown}, End::kAsked, 0, false},
  };
  for (const auto& row : rows) {
    listener_.emplace(*Listener::Open("", [](auto) { return std::nullopt; }));
    host_is_there_ = row.host_is_there;
    stops_ = 0;
    for (const Event event : row.events) events_.Tell(event);
    EXPECT_EQ(Run(), row.end) << row.what;
    EXPECT_EQ(stops_, row.stops) << row.what;
    EXPECT_EQ(HasFile(), row.has_file) << row.what;
    while (events_.Next().has_value()) {
    }
  }
}

TEST_F(AttendTest, HandsConnectionsOver) {
  const int first = Dial();
  const int second = Dial();
  on_taken_ = [this] {
    if (taken_.size() == 2) events_.Tell(Event::kShutdown);
  };
  EXPECT_EQ(Run(), End::kAsked);
  EXPECT_EQ(write(taken_[0], "x", 1), 1);
  char letter = 0;
  EXPECT_EQ(read(first, &letter, 1), 1);
  close(first);
  close(second);
}

TEST_F(AttendTest, EndsWhenNobodyDials) {
  for (const auto patience : {0ms, 20ms}) {
    patience_ = patience;
    const auto begin = steady_clock::now();
    EXPECT_EQ(Run(), End::kNobodyCame);
    EXPECT_GE(steady_clock::now() - begin, patience);
  }
}

TEST_F(AttendTest, WhoHasDialledMayTakeItsTime) {
  patience_ = 20ms;
  const int client = Dial();
  std::thread host;
  on_taken_ = [&] {
    host = std::thread([this] {
      // Waits longer than the patience.
      std::optional<Listener> other = Listener::Open("", [](auto) { return std::nullopt; });
      const Events none;
      EXPECT_EQ(Attend({.listener = *other, .events = none, .patience = 2 * patience_}), End::kNobodyCame);
      events_.Tell(Event::kShutdown);
    });
  };
  EXPECT_EQ(Run(), End::kAsked);
  host.join();
  close(client);
}

TEST_F(AttendTest, EndsWhenNobodyReadsTheLine) {
  output_.read.Close();
  EXPECT_EQ(Run(), End::kHostGone);
}

TEST_F(AttendTest, AHostThatIsThereMayCloseItsEndOfStandardOutput) {
  events_.Tell(Event::kHostConnected);
  output_.read.Close();
  const int client = Dial();
  on_taken_ = [this] { events_.Tell(Event::kShutdown); };
  EXPECT_EQ(Run(), End::kAsked);
  close(client);
}

TEST_F(AttendTest, StandardOutputMayBeAFile) {
  output_.write = Descriptor(open("/dev/null", O_WRONLY));
  patience_ = 20ms;
  EXPECT_EQ(Run(), End::kNobodyCame);
}

// Takes all descriptors away; gives them back at its end.
class Shortage {
 public:
  Shortage() {
    getrlimit(RLIMIT_NOFILE, &before_);
    const int next = dup(STDERR_FILENO);
    close(next);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(next);
    setrlimit(RLIMIT_NOFILE, &none);
  }
  ~Shortage() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

// Of this thread.
std::chrono::nanoseconds CpuTime() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

TEST_F(AttendTest, WithoutDescriptorsItWaitsInsteadOfSpinning) {
  const int client = Dial();
  {
    const Shortage shortage;
    ASSERT_TRUE(listener_->Accept().is_short);
    patience_ = 350ms;
    const auto before = CpuTime();
    EXPECT_EQ(Run(), End::kNobodyCame);
    EXPECT_LT(CpuTime() - before, 20ms);
  }
  on_taken_ = [this] { events_.Tell(Event::kShutdown); };
  EXPECT_EQ(Run(), End::kAsked);  // the connection has waited
  EXPECT_EQ(taken_.size(), 1u);
  close(client);
}

}  // namespace
}  // namespace tfcpp::goplugin
