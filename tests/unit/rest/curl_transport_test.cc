// CurlTransport against a server that answers as it should. What breaks is in curl_transport_faults_test.cc.
#include "rest/curl_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>

#include "support/raw_server.h"

namespace tfcpp::rest {
namespace {

using test::Ok;
using test::RawServer;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Connection = RawServer::Connection;

Result<HttpResponse> Send(CurlTransport& transport, const HttpRequest& request) {
  NullLogger log;
  return transport.Send({{}, log}, request);
}

// Answers every request of a connection.
RawServer::Script Always(const std::string& answer) {
  return [answer](Connection& c) {
    while (c.ReadRequest().has_value()) c.Write(answer);
  };
}

TEST(CurlTransportTest, SendsWhatTheRequestSays) {
  RawServer server({Always(Ok("{}"))});
  CurlTransport transport({.user_agent = "agent/1"});
  for (const Method method : {Method::kGet, Method::kPost, Method::kPut, Method::kPatch, Method::kDelete}) {
    const auto outcome = Send(transport, {.method = method,
                                          .url = server.url() + "/p?q=a%20b",
                                          .headers = {{"Content-Type", "application/json"}, {"X-Own", "1"}},
                                          .body = method == Method::kGet ? "" : R"({"a":1})"});
    ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
    const std::string sent = server.requests().back();
    EXPECT_THAT(sent, StartsWith(std::string(ToString(method)) + " /p?q=a%20b HTTP/1.1\r\n"));
    EXPECT_THAT(sent, HasSubstr("\r\nHost: " + server.authority() + "\r\n"));
    EXPECT_THAT(sent, HasSubstr("\r\nUser-Agent: agent/1\r\n"));
    EXPECT_THAT(sent, HasSubstr("\r\nContent-Type: application/json\r\n"));
    EXPECT_THAT(sent, HasSubstr("\r\nX-Own: 1\r\n"));
    EXPECT_THAT(sent, HasSubstr("\r\nAccept-Encoding: identity\r\n"));
    EXPECT_THAT(sent, Not(HasSubstr("Expect")));
    if (method != Method::kGet) {
      EXPECT_THAT(sent, HasSubstr("\r\nContent-Length: 7\r\n"));
      EXPECT_THAT(sent, ::testing::EndsWith("\r\n\r\n{\"a\":1}"));
    }
  }
  EXPECT_EQ(server.connections(), 1u);
}

TEST(CurlTransportTest, ABodyLessWriteSaysSo) {
  RawServer server({Always(Ok("{}"))});
  CurlTransport transport({});
  ASSERT_TRUE(Send(transport, {.method = Method::kPost, .url = server.url()}).has_value());
  EXPECT_THAT(server.requests().at(0), HasSubstr("\r\nContent-Length: 0\r\n"));
}

struct AnswerCase {
  const char* what;
  std::string answer;
  int status;
  std::string body;
  std::string x;  // the header X
};

TEST(CurlTransportTest, ReadsAnswers) {
  const AnswerCase kCases[] = {
      {"plain", "HTTP/1.1 200 OK\r\nX:  v \r\nContent-Length: 2\r\n\r\nhi", 200, "hi", "v"},
      {"an error status", "HTTP/1.1 503 Busy\r\nX: v\r\nContent-Length: 2\r\n\r\nno", 503, "no", "v"},
      {"a redirect", "HTTP/1.1 302 Found\r\nLocation: /login\r\nX: v\r\nContent-Length: 0\r\n\r\n", 302, "", "v"},
      {"no content", "HTTP/1.1 204 No Content\r\nX: v\r\n\r\n", 204, "", "v"},
      {"chunks", "HTTP/1.1 200 OK\r\nX: v\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1\r\ni\r\n0\r\n\r\n", 200,
       "hi", "v"},
      {"an interim answer",
       "HTTP/1.1 103 Early Hints\r\nX: early\r\n\r\nHTTP/1.1 200 OK\r\nX: v\r\nContent-Length: 0\r\n\r\n", 200, "",
       "v"},
      {"packed, which nobody asked for",
       "HTTP/1.1 200 OK\r\nX: v\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\x1f\x8b", 200, "\x1f\x8b", "v"},
      {"until the end", "HTTP/1.1 200 OK\r\nX: v\r\nConnection: close\r\n\r\nhi", 200, "hi", "v"},
  };
  for (const AnswerCase& c : kCases) {
    RawServer server({[&](Connection& connection) {
      connection.ReadRequest();
      connection.Write(c.answer);
    }});
    CurlTransport transport({});
    const auto outcome = Send(transport, {.url = server.url()});
    ASSERT_TRUE(outcome.has_value()) << c.what << ": " << outcome.error().message;
    EXPECT_EQ(outcome->status, c.status) << c.what;
    EXPECT_EQ(outcome->body, c.body) << c.what;
    EXPECT_EQ(outcome->FindHeader("x"), c.x) << c.what;
    EXPECT_EQ(server.requests().size(), 1u) << c.what;
  }
}

TEST(CurlTransportTest, TakesATrickle) {
  const std::string answer = Ok(std::string(200, 'x'));
  RawServer server({[&](Connection& c) {
    c.ReadRequest();
    for (const char byte : answer) c.Write({&byte, 1});
  }});
  CurlTransport transport({});
  EXPECT_EQ(Send(transport, {.url = server.url()})->body, std::string(200, 'x'));
}

TEST(CurlTransportTest, ReusesConnections) {
  RawServer server({Always(Ok("{}"))});
  CurlTransport transport({});
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(Send(transport, {.url = server.url()}).has_value());
  EXPECT_EQ(server.requests().size(), 20u);
  EXPECT_EQ(server.connections(), 1u);
}

TEST(CurlTransportTest, SendsFromManyThreads) {
  constexpr std::size_t kThreads = 8;
  constexpr std::size_t kCalls = 10;
  RawServer server(std::vector<RawServer::Script>(kThreads * kCalls, Always(Ok("{}"))));
  CurlTransport transport({});
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (std::size_t n = 0; n < kCalls; ++n) EXPECT_TRUE(Send(transport, {.url = server.url()}).has_value());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(server.requests().size(), kThreads * kCalls);
  EXPECT_LE(server.connections(), kThreads);
}

TEST(CurlTransportTest, MoreThanFitAtOnceWaitTheirTurn) {
  std::atomic<int> at_once = 0;
  std::atomic<int> most = 0;
  std::atomic<int> requests = 0;
  std::latch first_two(2);
  const auto script = [&](Connection& c) {
    while (c.ReadRequest().has_value()) {
      most = std::max(most.load(), ++at_once);
      if (++requests <= 2) first_two.arrive_and_wait();  // they are there together
      --at_once;
      c.Write(Ok("{}"));
    }
  };
  RawServer server(std::vector<RawServer::Script>(10, script));
  CurlTransport transport({.max_transfers = 2});
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i) {
    threads.emplace_back([&] { EXPECT_TRUE(Send(transport, {.url = server.url()}).has_value()); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 2);
}

TEST(CurlTransportTest, GoesThroughAProxy) {
  RawServer proxy({Always(Ok("{}"))});
  CurlTransport transport({.http_proxy = proxy.url()});
  ASSERT_TRUE(Send(transport, {.url = "http://ws.invalid/p"}).has_value());
  EXPECT_THAT(proxy.requests().at(0), StartsWith("GET http://ws.invalid/p HTTP/1.1\r\n"));
}

TEST(CurlTransportTest, NoProxyNamesTheExceptions) {
  RawServer server({Always(Ok("{}"))});
  RawServer proxy({Always(Ok("{}"))});
  CurlTransport through({.http_proxy = proxy.url(), .no_proxy = ".ws.localhost"});
  EXPECT_TRUE(Send(through, {.url = server.named_url()}).has_value());
  EXPECT_EQ(server.connections(), 0u);
  EXPECT_EQ(proxy.connections(), 1u);
  CurlTransport past({.http_proxy = proxy.url(), .no_proxy = "a.org, ws.localhost"});
  EXPECT_TRUE(Send(past, {.url = server.named_url()}).has_value());
  EXPECT_EQ(server.connections(), 1u);
  EXPECT_EQ(proxy.connections(), 1u);
}

TEST(CurlTransportTest, ThisMachineIsCalledDirectly) {
  RawServer server({Always(Ok("{}"))});
  CurlTransport transport({.http_proxy = "http://no-such-proxy.invalid:1"});
  EXPECT_TRUE(Send(transport, {.url = server.url()}).has_value());
}

// What is configured is checked where it is read; this is the last line of defence.
TEST(CurlTransportTest, SendsNoControlCharacterInAHeader) {
  RawServer server({Always(Ok("{}"))});
  for (const std::string& control :
       {std::string("\r\nX-Evil: 1"), std::string("\n"), std::string("\r"), std::string("\0", 1), std::string("\t"),
        std::string("\x7f"), std::string("\x1b")}) {
    const struct {
      const char* what;
      CurlOptions options;
      HttpRequest request;
    } kCases[] = {
        {"its header X-Own", {}, {.url = server.url(), .headers = {{"X-Own", "canary" + control}}}},
        {"its header X-Own", {}, {.url = server.url(), .headers = {{"A", "b"}, {"X-Own", control + "canary"}}}},
        {"the name of one of its headers", {}, {.url = server.url(), .headers = {{"canary" + control, "v"}}}},
        {"its header User-Agent", {.user_agent = "canary" + control}, {.url = server.url()}},
        {"its address", {}, {.url = server.url() + "/canary" + control}},
    };
    for (const auto& c : kCases) {
      CurlTransport transport(c.options);
      const auto outcome = Send(transport, c.request);
      ASSERT_FALSE(outcome.has_value()) << c.what;
      EXPECT_EQ(outcome.error().code, ErrorCode::kInvalidArgument) << c.what;
      EXPECT_FALSE(outcome.error().may_have_acted) << c.what;
      EXPECT_THAT(outcome.error().message, HasSubstr(std::string(c.what) + " contains a line break")) << c.what;
      EXPECT_THAT(outcome.error().message, Not(HasSubstr("canary"))) << c.what;
    }
  }
  EXPECT_EQ(server.connections(), 0u);
}

TEST(CurlTransportTest, CostsNothingUnused) { CurlTransport transport({.ca_file = "/nowhere"}); }

}  // namespace
}  // namespace tfcpp::rest
