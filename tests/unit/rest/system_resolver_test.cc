// libcurl with the system's resolver, as macOS has it: a thread looks each name up. All tests of the transport run
// against it in this program too; these are of what a resolver that hangs does, which this file's getaddrinfo plays.
#include <curl/curl.h>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <latch>
#include <memory>
#include <string_view>
#include <thread>

#include "rest/curl_transport.h"
#include "support/raw_server.h"

namespace {

std::latch* asked = nullptr;     // counted down when a name that hangs is looked up
std::latch* released = nullptr;  // what its look-up waits for
std::latch* returned = nullptr;  // counted down when it has ended

}  // namespace

// In place of the C library's, which does the work.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** found) {
  static const auto real = reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
  if (name == nullptr || std::string_view(name) != "hangs.example") return real(name, service, hints, found);
  std::latch* const end = returned;
  asked->count_down();
  released->wait();
  end->count_down();
  return EAI_AGAIN;
}

namespace tfcpp::rest {
namespace {

using namespace std::chrono_literals;

TEST(SystemResolverTest, IsWhatIsLinkedIn) {
  const curl_version_info_data* info = curl_version_info(CURLVERSION_NOW);
  EXPECT_EQ(info->ares, nullptr);
  EXPECT_NE(info->features & CURL_VERSION_ASYNCHDNS, 0);
}

class HangingResolverTest : public ::testing::Test {
 protected:
  HangingResolverTest() {
    asked = &asked_;
    released = &released_;
    returned = &returned_;
  }
  // Only now may the look-up end, and it is to find nothing that is no more.
  ~HangingResolverTest() override {
    released_.count_down();
    returned_.wait();
  }

  std::latch asked_{1}, released_{1}, returned_{1};
  NullLogger log_;
  std::unique_ptr<CurlTransport> transport_ = std::make_unique<CurlTransport>(CurlOptions{});
};

TEST_F(HangingResolverTest, AStopDoesNotWaitForIt) {
  std::stop_source stop;
  std::jthread stopper([&] {
    asked_.wait();
    stop.request_stop();
  });
  const auto outcome = transport_->Send({stop.get_token(), log_}, {.url = "http://hangs.example/"});
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, ErrorCode::kCancelled);
  transport_.reset();
}

TEST_F(HangingResolverTest, ATimeLimitDoesNotWaitForIt) {
  const auto outcome = transport_->Send({{}, log_}, {.url = "http://hangs.example/", .time_limit = 100ms});
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().reason, "connect");
  transport_.reset();
}

TEST_F(HangingResolverTest, OthersGoOnMeanwhile) {
  test::RawServer server({[](test::RawServer::Connection& c) {
    while (c.ReadRequest().has_value()) c.Write(test::Ok("{}"));
  }});
  std::stop_source stop;
  std::jthread hanging([&] {
    EXPECT_FALSE(transport_->Send({stop.get_token(), log_}, {.url = "http://hangs.example/"}).has_value());
  });
  asked_.wait();
  EXPECT_TRUE(transport_->Send({{}, log_}, {.url = server.url()}).has_value());
  stop.request_stop();
}

}  // namespace
}  // namespace tfcpp::rest
