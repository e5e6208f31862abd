// CurlTransport against servers that break, stop requests, and what each leaves known: did the request have an effect?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rest/curl_transport.h"
#include "support/raw_server.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

using namespace std::chrono_literals;
using test::Gate;
using test::Ok;
using test::RawServer;
using ::testing::HasSubstr;
using ::testing::Not;
using Connection = RawServer::Connection;

Result<HttpResponse> Send(CurlTransport& transport, const HttpRequest& request, std::stop_token stop = {}) {
  NullLogger log;
  return transport.Send({std::move(stop), log}, request);
}

void AnswerOnce(Connection& c) {
  if (c.ReadRequest().has_value()) c.Write(Ok("{}"));
}

struct FaultCase {
  const char* what;
  RawServer::Script script;
  ErrorCode code;
  const char* reason;
};

TEST(CurlTransportFaultsTest, AfterTheRequestMayHaveActed) {
  const auto after_reading = [](std::string answer, bool reset = false) {
    return [=](Connection& c) {
      c.ReadRequest();
      c.Write(answer);
      if (reset) c.Reset();
    };
  };
  const auto hang_after = [](std::string answer) {
    return [=](Connection& c) {
      c.ReadRequest();
      c.Write(answer);
      c.Hang();
    };
  };
  std::string endless;
  while (endless.size() < (300u << 10)) endless += "X: " + std::string(1000, 'y') + "\r\n";
  const FaultCase kCases[] = {
      {"closed", after_reading(""), ErrorCode::kUnavailable, "lost"},
      {"reset", after_reading("", true), ErrorCode::kUnavailable, "lost"},
      {"status cut", after_reading("HTTP/1.1 20"), ErrorCode::kUnavailable, "lost"},
      {"head cut in a line", after_reading("HTTP/1.1 200 OK\r\nContent-Le"), ErrorCode::kUnavailable, "lost"},
      {"head cut between lines", after_reading("HTTP/1.1 200 OK\r\nX: y\r\n"), ErrorCode::kUnavailable, "lost"},
      {"body cut", after_reading("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":"), ErrorCode::kUnavailable,
       "lost"},
      {"chunk cut", after_reading("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a"),
       ErrorCode::kUnavailable, "lost"},
      {"a length below zero", after_reading("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}"), ErrorCode::kMalformed,
       ""},
      {"a zero byte in the head", after_reading(std::string("HTTP/1.1 200 OK\r\nX: \0\r\n\r\n", 25)),
       ErrorCode::kMalformed, ""},
      {"no HTTP", after_reading("SSH-2.0-OpenSSH_9.2\r\n"), ErrorCode::kMalformed, ""},
      {"too large, told", after_reading(Ok(std::string(2000, 'x'))), ErrorCode::kMalformed, "too_large"},
      {"too large, untold", after_reading("HTTP/1.1 200 OK\r\n\r\n" + std::string(100'000, 'x')), ErrorCode::kMalformed,
       "too_large"},
      {"endless headers", after_reading("HTTP/1.1 200 OK\r\n" + endless), ErrorCode::kMalformed, "too_large"},
      {"one endless header", after_reading("HTTP/1.1 200 OK\r\nX: " + std::string(300u << 10, 'y')),
       ErrorCode::kMalformed, "too_large"},
      {"no answer", hang_after(""), ErrorCode::kDeadlineExceeded, "timeout"},
      {"half an answer", hang_after("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), ErrorCode::kDeadlineExceeded,
       "timeout"},
  };
  for (const FaultCase& c : kCases) {
    for (const Effect effect : {Effect::kNone, Effect::kIdempotent, Effect::kCreates}) {
      RawServer server({c.script});
      const bool hangs = std::string_view(c.reason) == "timeout";
      CurlTransport transport({.timeout = hangs ? 50ms : 60'000ms, .max_response_bytes = 1000});
      const auto outcome =
          Send(transport, {.method = Method::kPost, .url = server.url(), .body = "{}", .effect = effect});
      EXPECT_FALSE(outcome.has_value()) << c.what;
      if (outcome.has_value()) continue;
      EXPECT_EQ(outcome.error().code, c.code) << c.what << ": " << outcome.error().message;
      EXPECT_EQ(outcome.error().reason, c.reason) << c.what;
      EXPECT_TRUE(outcome.error().may_have_acted) << c.what;
      EXPECT_THAT(outcome.error().message, HasSubstr(server.authority())) << c.what;
      EXPECT_LE(server.requests().size(), 1u) << c.what;
    }
  }
}

TEST(CurlTransportFaultsTest, ClosedBeforeReading) {
  RawServer server({[](Connection& c) { c.Reset(); }});
  CurlTransport transport({});
  const auto outcome = Send(transport, {.url = server.url()});
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(server.requests().size(), 0u);
}

TEST(CurlTransportFaultsTest, TheLargestAllowedAnswerIsTaken) {
  RawServer server({[](Connection& c) {
    c.ReadRequest();
    c.Write(Ok(std::string(1000, 'x')));
  }});
  CurlTransport transport({.max_response_bytes = 1000});
  EXPECT_EQ(Send(transport, {.url = server.url()})->body.size(), 1000u);
}

TEST(CurlTransportFaultsTest, ARefusalCountsHoweverLongItIs) {
  for (const char* status : {"400 Bad Request", "429 Too Many Requests", "503 Service Unavailable"}) {
    for (const std::string& length : {std::string("Content-Length: 100000\r\n"), std::string()}) {
      RawServer server({[&](Connection& c) {
        c.ReadRequest();
        c.Write(Concat("HTTP/1.1 ", status, "\r\nRetry-After: 7\r\n", length, "\r\n", std::string(100'000, 'x')));
      }});
      CurlTransport transport({.max_response_bytes = 1000});
      const auto outcome =
          Send(transport, {.method = Method::kPost, .url = server.url(), .body = "{}", .effect = Effect::kCreates});
      ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
      EXPECT_EQ(outcome->status, std::stoi(status));
      EXPECT_EQ(outcome->FindHeader("Retry-After"), "7");
      EXPECT_LE(outcome->body.size(), 1000u);
    }
  }
}

struct UnsentCase {
  const char* what;
  std::string url;
  CurlOptions options;
  ErrorCode code;
  const char* reason;
};

TEST(CurlTransportFaultsTest, WhatNeverLeftHasNotActed) {
  const std::string refused = "http://127.0.0.1:" + std::to_string(test::RefusedPort());
  RawServer proxy({[](Connection& c) {
    c.ReadRequest();
    c.Write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
  }});
  const UnsentCase kCases[] = {
      {"refused", refused, {}, ErrorCode::kUnavailable, "connect"},
      {"refused over IPv6", "http://[::1]:1", {}, ErrorCode::kUnavailable, "connect"},
      {"no such name", "http://no-such-host.invalid", {}, ErrorCode::kUnavailable, "resolve"},
      {"no such proxy",
       "http://x.invalid",
       {.http_proxy = "http://no-such-host.invalid:1"},
       ErrorCode::kUnavailable,
       "proxy"},
      {"refused by the proxy",
       "https://x.invalid",
       {.verify_tls = false, .https_proxy = proxy.url()},
       ErrorCode::kUnavailable,
       "proxy"},
      {"no host", "http://", {}, ErrorCode::kInvalidArgument, "url"},
      {"other scheme", "ftp://127.0.0.1/", {}, ErrorCode::kInvalidArgument, "url"},
      {"bad port", "http://127.0.0.1:99999/", {}, ErrorCode::kInvalidArgument, "url"},
  };
  for (const UnsentCase& c : kCases) {
    CurlTransport transport(c.options);
    const auto outcome = Send(transport, {.method = Method::kPost, .url = c.url, .effect = Effect::kCreates});
    ASSERT_FALSE(outcome.has_value()) << c.what;
    EXPECT_EQ(outcome.error().code, c.code) << c.what << ": " << outcome.error().message;
    EXPECT_EQ(outcome.error().reason, c.reason) << c.what << ": " << outcome.error().message;
    EXPECT_FALSE(outcome.error().may_have_acted) << c.what;
  }
}

TEST(CurlTransportFaultsTest, ErrorsShowNeitherPathNorUserInformation) {
  const std::string refused = "ws.localhost:" + std::to_string(test::RefusedPort());
  for (const CurlOptions& options : {CurlOptions{}, CurlOptions{.http_proxy = "http://canary:canary@" + refused}}) {
    CurlTransport transport(options);
    const auto outcome = Send(transport, {.url = "http://canary:canary@" + refused + "/canary?canary"});
    EXPECT_THAT(outcome.error().message, Not(HasSubstr("canary")));
  }
}

// Answers the first request of a connection and dies after reading the second.
void DieOnSecond(Connection& c) {
  AnswerOnce(c);
  c.ReadRequest();
}

struct ReuseCase {
  Effect effect;
  std::size_t requests;
  bool answered;
};

TEST(CurlTransportFaultsTest, ACreateOnADyingConnectionIsSentOnce) {
  const ReuseCase kCases[] = {{Effect::kNone, 3, true}, {Effect::kIdempotent, 3, true}, {Effect::kCreates, 2, false}};
  for (const ReuseCase& c : kCases) {
    RawServer server({DieOnSecond, AnswerOnce});
    CurlTransport transport({});
    ASSERT_TRUE(Send(transport, {.url = server.url()}).has_value());
    const auto outcome =
        Send(transport, {.method = Method::kPost, .url = server.url(), .body = "{}", .effect = c.effect});
    EXPECT_EQ(outcome.has_value(), c.answered);
    EXPECT_EQ(server.requests().size(), c.requests);
    if (!outcome.has_value()) {
      EXPECT_EQ(outcome.error().code, ErrorCode::kUnavailable);
      EXPECT_EQ(outcome.error().reason, "lost");
      EXPECT_TRUE(outcome.error().may_have_acted);
    }
  }
}

TEST(CurlTransportFaultsTest, ACreateAfterAnIdleConnectionClosedIsSentOnce) {
  RawServer server({AnswerOnce, AnswerOnce});
  CurlTransport transport({});
  ASSERT_TRUE(Send(transport, {.url = server.url()}).has_value());
  server.WaitForClosed(1);
  const auto outcome = Send(transport, {.method = Method::kPost, .url = server.url(), .effect = Effect::kCreates});
  EXPECT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_EQ(server.requests().size(), 2u);
  EXPECT_EQ(server.connections(), 2u);
}

TEST(CurlTransportStopTest, EndsARead) {
  RawServer server({[](Connection& c) {
    c.ReadRequest();
    c.Hang();
  }});
  CurlTransport transport({});
  std::stop_source stop;
  std::thread stopper([&] {
    server.WaitForRequests(1);
    stop.request_stop();
  });
  const auto begin = std::chrono::steady_clock::now();
  const auto outcome = Send(transport, {.url = server.url()}, stop.get_token());
  stopper.join();
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, ErrorCode::kCancelled);
  EXPECT_EQ(outcome.error().reason, "stopped");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);  // the timeout is 60 s
}

TEST(CurlTransportStopTest, EndsWhatWaitsForItsTurn) {
  RawServer server({[](Connection& c) {
    c.ReadRequest();
    c.Hang();
  }});
  CurlTransport transport({.max_transfers = 1});
  std::stop_source first_stop;
  std::thread first([&] { EXPECT_FALSE(Send(transport, {.url = server.url()}, first_stop.get_token()).has_value()); });
  server.WaitForRequests(1);
  std::stop_source stop;
  std::thread stopper([&] { stop.request_stop(); });
  const auto outcome =
      Send(transport, {.method = Method::kPost, .url = server.url(), .effect = Effect::kCreates}, stop.get_token());
  stopper.join();
  EXPECT_EQ(outcome.error().reason, "stopped");
  EXPECT_FALSE(outcome.error().may_have_acted);
  first_stop.request_stop();
  first.join();
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(CurlTransportStopTest, LetsASentWriteRunToItsAnswer) {
  for (const Effect effect : {Effect::kIdempotent, Effect::kCreates}) {
    Gate stopped;
    RawServer server({[&](Connection& c) {
      c.ReadRequest();
      stopped.Wait();
      c.Write(Ok("{}"));
    }});
    CurlTransport transport({});
    std::stop_source stop;
    std::thread stopper([&] {
      server.WaitForRequests(1);
      stop.request_stop();
      stopped.Open();
    });
    const auto outcome =
        Send(transport, {.method = Method::kPost, .url = server.url(), .effect = effect}, stop.get_token());
    stopper.join();
    EXPECT_TRUE(outcome.has_value()) << outcome.error().message;
    EXPECT_EQ(server.requests().size(), 1u);
  }
}

TEST(CurlTransportStopTest, SendsNothingAfterAStop) {
  RawServer server({AnswerOnce});
  CurlTransport transport({});
  std::stop_source stop;
  stop.request_stop();
  for (const Effect effect : {Effect::kNone, Effect::kIdempotent, Effect::kCreates}) {
    const auto outcome = Send(transport, {.url = server.url(), .effect = effect}, stop.get_token());
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::kCancelled);
    EXPECT_FALSE(outcome.error().may_have_acted);
  }
  EXPECT_EQ(server.connections(), 0u);
}

TEST(CurlTransportStopTest, FinishingCallsAreMadeAllTheSame) {
  Gate stopped;
  RawServer server({[&](Connection& c) {
    c.ReadRequest();
    stopped.Wait();
    c.Write(Ok("{}"));
    AnswerOnce(c);
  }});
  CurlTransport transport({});
  NullLogger log;
  std::stop_source stop;
  const Context context{stop.get_token(), log, /*finishing=*/true};
  std::thread stopper([&] {
    server.WaitForRequests(1);
    stop.request_stop();
    stopped.Open();
  });
  EXPECT_TRUE(transport.Send(context, {.url = server.url()}).has_value());
  stopper.join();
  EXPECT_TRUE(transport.Send(context, {.url = server.url()}).has_value());
}

TEST(CurlTransportStopTest, LeavesOtherCallsAlone) {
  Gate stopped;
  const auto script = [&](Connection& c) {
    const auto request = c.ReadRequest();
    if (request.has_value() && request->find("/stopped") != std::string::npos) return c.Hang();
    stopped.Wait();
    c.Write(Ok("{}"));
  };
  RawServer server({script, script});
  CurlTransport transport({});
  std::stop_source stop;
  std::thread other([&] { EXPECT_TRUE(Send(transport, {.url = server.url() + "/other"}).has_value()); });
  std::thread stopper([&] {
    server.WaitForRequests(2);
    stop.request_stop();
    stopped.Open();
  });
  EXPECT_FALSE(Send(transport, {.url = server.url() + "/stopped"}, stop.get_token()).has_value());
  stopper.join();
  other.join();
}

}  // namespace
}  // namespace tfcpp::rest
