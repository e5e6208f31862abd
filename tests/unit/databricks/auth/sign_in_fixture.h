// What the tests of strategies share: a sign-in with a real HTTP client at a server of the test's own, whose address
// also stands for every fixed one of the clouds.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "databricks/auth/sign_in.h"
#include "rest/curl_transport.h"
#include "rest/logging_transport.h"
#include "support/token_server.h"
#include "tfcpp/testing/fake_clock.h"
#include "tfcpp/testing/recording_logger.h"

namespace tfcpp::databricks {

using Texts = std::map<std::string, std::string>;

// {host} in a text stands for the server's address.
struct SignInCase {
  const char* what;
  Texts block;                       // besides host and auth_type
  Texts answers;                     // "POST /token" -> body; an answer that begins with "4xx " fails
  std::vector<std::string> headers;  // "Authorization: Bearer t"; none: it fails
  std::vector<std::string> parts;    // of the error, or of the server's log
  Texts environment = {};
};

class SignInTest : public testing::Test {
 protected:
  SignInTest() {
    for (AzureEnvironment& azure : endpoints.azure) azure.login = server.url() + "/aad/";
    endpoints.azure_identity = server.url();
    endpoints.google_identity = server.url();
    endpoints.google_token = server.url() + "/google";
    endpoints.google_impersonation = server.url();
  }

  std::string Filled(std::string text) const {
    for (std::size_t at = 0; (at = text.find("{host}", at)) != std::string::npos;) text.replace(at, 6, server.url());
    return text;
  }

  // The sign-in of a block; the environment is `environment`. {host} is filled in.
  std::unique_ptr<SignIn> Make(Texts block) {
    block.emplace("host", "{host}");
    ConfigInput input;
    for (const auto& [name, value] : block) input.emplace(name, Secret(Filled(value)));
    const auto lookup = [this](std::string_view name) -> std::optional<std::string> {
      const auto found = environment.find(std::string(name));
      return found == environment.end() ? std::nullopt : std::optional(Filled(found->second));
    };
    const auto config = Resolve(input, lookup);
    EXPECT_TRUE(config.has_value()) << (config.has_value() ? "" : config.error().message);
    if (!config.has_value()) return nullptr;
    for (const Secret& secret : config->Secrets()) secrets.Add(secret);
    return std::make_unique<SignIn>(
        *config, lookup, logging, clock, secrets, [] { return 0.0; }, endpoints);
  }

  Result<std::vector<std::string>> Headers(SignIn& sign_in) {
    const auto headers = sign_in.Headers({stop.get_token(), log});
    if (!headers.has_value()) return headers.error();
    std::vector<std::string> lines;
    for (const rest::Header& header : *headers) lines.push_back(header.name + ": " + header.value);
    return lines;
  }

  void Answer(const Texts& answers) {
    for (const auto& [request, body] : answers) {
      const bool fails = body.size() > 4 && body[0] == '4' && body[3] == ' ';
      server.Answer(request, Filled(fails ? body.substr(4) : body), fails ? std::stoi(body) : 200);
    }
  }

  void Check(const char* auth_type, const SignInCase& c) {
    SCOPED_TRACE(c.what);
    environment = c.environment;
    Answer(c.answers);
    Texts block = c.block;
    block.emplace("auth_type", auth_type);
    const auto sign_in = Make(block);
    ASSERT_NE(sign_in, nullptr);
    const auto headers = Headers(*sign_in);
    if (c.headers.empty()) {
      ASSERT_FALSE(headers.has_value());
      EXPECT_FALSE(headers.error().may_have_acted);
      for (const std::string& part : c.parts) EXPECT_THAT(headers.error().message, testing::HasSubstr(Filled(part)));
    } else {
      ASSERT_TRUE(headers.has_value()) << headers.error().message;
      EXPECT_EQ(*headers, c.headers);
      for (const std::string& part : c.parts) EXPECT_THAT(server.log(), testing::HasSubstr(Filled(part)));
    }
    // Whatever came along, no record and no error shows it; and whatever signs in is a known secret.
    for (const std::string& line : headers.has_value() ? *headers : std::vector<std::string>()) {
      EXPECT_THAT(secrets.Without("quoted " + line.substr(line.find(' '))), testing::Not(testing::HasSubstr("canary")));
    }
    for (const std::string& text : {log.text(), headers.has_value() ? "" : headers.error().message}) {
      EXPECT_THAT(text, testing::Not(testing::HasSubstr("canary")));
    }
  }

  test::TokenServer server;
  Endpoints endpoints;
  Texts environment;
  test::FakeClock clock;  // 2026-01-01T00:00:00Z, 1767225600
  test::RecordingLogger log;
  rest::KnownSecrets secrets;
  rest::CurlTransport transport{rest::CurlOptions{}};
  rest::LoggingTransport logging{transport, clock, secrets};
  std::stop_source stop;
};

// The workspace's discovery document, leading to POST /token.
inline const Texts::value_type kDiscovery{"GET /oidc/.well-known/oauth-authorization-server",
                                          R"({"token_endpoint":"{host}/token"})"};

}  // namespace tfcpp::databricks
