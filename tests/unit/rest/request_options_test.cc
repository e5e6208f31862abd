// What a single request may ask of CurlTransport: a time limit of its own, and no proxy.
#include <gtest/gtest.h>

#include "rest/curl_transport.h"
#include "support/raw_server.h"

namespace tfcpp::rest {
namespace {

using test::RawServer;

TEST(RequestOptionsTest, TimeLimitCountsBeforeTheTransports) {
  RawServer server({[](RawServer::Connection& c) {
    c.ReadRequest();
    c.Hang();
  }});
  CurlTransport transport({.timeout = std::chrono::hours(1)});
  NullLogger log;
  const auto outcome =
      transport.Send({{}, log}, {.url = server.url() + "/", .time_limit = std::chrono::milliseconds(50)});
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().reason, "timeout");
  EXPECT_NE(outcome.error().message.find("(50 ms)"), std::string::npos) << outcome.error().message;
}

TEST(RequestOptionsTest, DirectGoesPastTheProxy) {
  RawServer server({[](RawServer::Connection& c) {
    c.ReadRequest();
    c.Write(test::Ok("{}"));
  }});
  CurlTransport transport({.http_proxy = "http://127.0.0.1:" + std::to_string(test::RefusedPort())});
  NullLogger log;
  EXPECT_FALSE(transport.Send({{}, log}, {.url = server.named_url()}).has_value());
  const auto outcome = transport.Send({{}, log}, {.url = server.named_url(), .direct = true});
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->status, 200);
}

}  // namespace
}  // namespace tfcpp::rest
