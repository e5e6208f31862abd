#include "rest/authenticating_transport.h"

#include <gtest/gtest.h>

#include "support/scripted_transport.h"

namespace tfcpp::rest {
namespace {

using test::Answer;
using test::ScriptedTransport;

class Tokens final : public TokenSource {
 public:
  explicit Tokens(bool renewable) : renewable_(renewable) {}
  Result<std::vector<Header>> Headers(const Context&) override {
    return std::vector<Header>{{"Authorization", "token " + std::to_string(++given)}};
  }
  bool Invalidate(const std::vector<Header>& refused) override {
    invalidated.push_back(refused.at(0).value);
    return renewable_;
  }
  int given = 0;
  std::vector<std::string> invalidated;

 private:
  bool renewable_;
};

class NoTokens final : public TokenSource {
 public:
  Result<std::vector<Header>> Headers(const Context&) override {
    return Error{.code = ErrorCode::kUnauthenticated, .message = "no token"};
  }
  bool Invalidate(const std::vector<Header>&) override { return true; }
};

Result<HttpResponse> Send(HttpTransport& next, TokenSource& tokens) {
  NullLogger log;
  return AuthenticatingTransport(next, tokens, [](const HttpResponse& response) { return response.status == 401; })
      .Send({{}, log},
            {.method = Method::kPost, .url = "u", .headers = {{"A", "1"}}, .body = "b", .effect = Effect::kCreates});
}

TEST(AuthenticatingTransportTest, AddsCredentialsToTheRequest) {
  ScriptedTransport next{Answer(200)};
  Tokens tokens(true);
  EXPECT_EQ(Send(next, tokens)->status, 200);
  EXPECT_EQ(next.requests.at(0).headers, (std::vector<Header>{{"A", "1"}, {"Authorization", "token 1"}}));
  EXPECT_EQ(next.requests.at(0).body, "b");
  EXPECT_TRUE(tokens.invalidated.empty());
}

struct Case {
  const char* what;
  bool renewable;
  std::vector<int> answers;
  int status;
  std::size_t requests;
};

TEST(AuthenticatingTransportTest, SendsOnceMoreOnlyWithBetterCredentials) {
  const Case kCases[] = {
      {"renewed", true, {401, 200}, 200, 2},
      {"refused again", true, {401, 401, 200}, 401, 2},
      {"fixed token", false, {401, 200}, 401, 1},
      {"forbidden", true, {403, 200}, 403, 1},
  };
  for (const Case& c : kCases) {
    ScriptedTransport next = c.answers.size() == 3
                                 ? ScriptedTransport{Answer(c.answers[0]), Answer(c.answers[1]), Answer(c.answers[2])}
                                 : ScriptedTransport{Answer(c.answers[0]), Answer(c.answers[1])};
    Tokens tokens(c.renewable);
    EXPECT_EQ(Send(next, tokens)->status, c.status) << c.what;
    ASSERT_EQ(next.requests.size(), c.requests) << c.what;
    for (std::size_t i = 0; i < c.requests; ++i) {
      EXPECT_EQ(next.requests[i].headers.size(), 2u) << c.what;  // the refused token does not go along
      EXPECT_EQ(next.requests[i].headers[1].value, "token " + std::to_string(i + 1)) << c.what;
    }
    if (c.status != 403) {
      EXPECT_EQ(tokens.invalidated.at(0), "token 1") << c.what;
    }
  }
}

TEST(AuthenticatingTransportTest, FailsWithoutCredentials) {
  ScriptedTransport next{};
  NoTokens tokens;
  EXPECT_EQ(Send(next, tokens).error().message, "no token");
  EXPECT_TRUE(next.requests.empty());
}

TEST(AuthenticatingTransportTest, PassesFailuresOn) {
  const Error lost{.code = ErrorCode::kUnavailable, .message = "lost", .reason = "lost", .may_have_acted = true};
  ScriptedTransport next{lost};
  Tokens tokens(true);
  EXPECT_EQ(Send(next, tokens).error(), lost);
  EXPECT_TRUE(tokens.invalidated.empty());
}

}  // namespace
}  // namespace tfcpp::rest
