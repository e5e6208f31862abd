// Write-only secrets: what is remembered of them, and which forms are refused.
#include "provider/shared/write_only.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "provider/registry_webhook/resource.h"
#include "provider/registry_webhook/secrets.h"
#include "provider/shared/decision.h"
#include "tfcpp/framework/apply.h"
#include "tfcpp/framework/validate.h"
#include "unit/provider/registry_webhook/service_fixture.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tfcpp::Value;

Value Http(const std::string& members) {
  return Config(R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x")" + members + "}}");
}
Value Job(const std::string& members) {
  return Config(R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1")" + members + "}}");
}

class WriteOnlyTest : public ::testing::Test {
 protected:
  // What is remembered when a configuration has been sent.
  PrivateData Remembered(const Value& config) {
    return SecretsOfCreate(WebhookSecrets(), config, config, scrypt_).remembered;
  }

  tfcpp::crypto::Scrypt scrypt_;
};

TEST_F(WriteOnlyTest, RemembersSaltedDigestsOfSecretsWithoutAVersionOnly) {
  const Value config = Http(R"(, secret_wo: "same", authorization_header_wo: "same")");
  const SecretDigests digests = Remembered(config).digests;
  ASSERT_EQ(digests.by_name.size(), 2U);
  EXPECT_NE(digests.by_name.at("http_url_spec.secret_wo"), digests.by_name.at("http_url_spec.authorization_header_wo"));
  EXPECT_NE(Remembered(config).digests.salt, digests.salt);
  EXPECT_TRUE(Remembered(Http(R"(, secret_wo: "a", secret_wo_version: 1)")).digests.by_name.empty());

  const SecretDigests read = ParsePrivateData(WritePrivateData({.digests = digests})).digests;
  EXPECT_EQ(read.parameters, digests.parameters);
  EXPECT_EQ(read.salt, digests.salt);
  EXPECT_EQ(read.by_name, digests.by_name);
}

// Private data that was damaged, or made with parameters that would take all memory, leads to one more rotation.
TEST_F(WriteOnlyTest, DigestsThatCannotBeCheckedAreNone) {
  for (const char* bytes : {"", "{", R"({"digests": {"http_url_spec.secret_wo": "00"}})",
                            R"({"scrypt": {"n": 4611686018427387904, "r": 8, "p": 1, "salt": "0"},
            "digests": {"http_url_spec.secret_wo": "00"}})"}) {
    const Value config = Http(R"(, secret_wo: "a")");
    const Value state = Http("");
    const Decision decision = Decide(WebhookSecrets(), config, state, state, ParsePrivateData(bytes).digests, scrypt_);
    ASSERT_EQ(decision.size(), 1U) << bytes;
    EXPECT_EQ(decision[0].action, SecretAction::kSend) << bytes;
  }
}

// A secret with a version leaves no trace; a version without one does, and before that was kept it had to have one.
TEST_F(WriteOnlyTest, KnowsWhichSecretsTheWebhookHas) {
  const SecretRow& secret = WebhookSecrets()[1];
  const SecretRow& token = WebhookSecrets()[2];
  const auto has = [&](const SecretRow& which, const Value& config) {
    return HasSecret(which, config, ParsePrivateData(WritePrivateData(Remembered(config))));
  };
  EXPECT_FALSE(has(secret, Http("")));
  EXPECT_FALSE(has(secret, Http(R"(, secret: "a")")));
  EXPECT_TRUE(has(secret, Http(R"(, secret_wo: "a")")));
  EXPECT_TRUE(has(secret, Http(R"(, secret_wo: "a", secret_wo_version: 1)")));
  EXPECT_FALSE(has(secret, Http(", secret_wo_version: 1")));
  EXPECT_FALSE(has(secret, Job(R"(, access_token_wo: "a")")));
  EXPECT_TRUE(has(token, Job(R"(, access_token_wo: "a", access_token_wo_version: 1)")));
  EXPECT_FALSE(has(token, Job(", access_token_wo_version: 1")));
  EXPECT_TRUE(HasSecret(secret, Http(", secret_wo_version: 1"), {}));
  EXPECT_FALSE(HasSecret(token, Job(", access_token_wo_version: 1"), {}));
}

TEST_F(WriteOnlyTest, RefusesFormsThatContradictEachOther) {
  const struct {
    Value config;
    const char* summaries;
  } kCases[] = {
      {Http(R"(, secret: "canary", secret_wo: "canary")"), "error: One secret in two forms @\n"},
      {Http(R"(, secret: "canary", secret_wo: ?!)"), "error: One secret in two forms @\n"},
      {Http(R"(, secret: "canary", secret_wo: ?)"), ""},
      {Http(", secret_wo_version: 1"), ""},
      {Http(", authorization_header_wo_version: 1"), ""},
      {Http(R"(, secret: "canary", secret_wo_version: 1)"), "error: Version of a secret that has none @\n"},
      {Http(", secret_wo: ?, secret_wo_version: 1"), ""},
      {Http(R"(, authorization_header_wo: "")"), "error: Unusable http_url_spec.authorization_header_wo @\n"},
      {Job(", access_token_wo_version: 1"), ""},
      {Job(R"(, access_token: "canary", access_token_wo_version: 1)"), "error: Version of a secret that has none @\n"},
  };
  for (const auto& c : kCases) {
    const auto diagnostics = tfcpp::ValidateConfig(Webhook().schema, Webhook().config_validators, c.config, {});
    EXPECT_EQ(Summaries(diagnostics), c.summaries) << c.config.ToString();
    for (const auto& item : diagnostics.items()) EXPECT_THAT(item.detail, Not(HasSubstr("canary")));
  }
}

class DigestTest : public ServiceTest {};

// A failure after the create would leave a webhook that nobody knows.
TEST_F(DigestTest, IsMadeBeforeTheCreate) {
  // It is used as it is, not owned.
  const std::shared_ptr<WebhookService> service(&service_, [](WebhookService*) {});
  const auto without_memory = std::make_shared<tfcpp::crypto::Scrypt>(1);
  WebhookResource resource(service, "https://ws.example", tfcpp::Secret(), without_memory);
  const Value config = Http(R"(, enable_ssl_verification: true, secret_wo: "a")");
  const Value planned = Http(", enable_ssl_verification: true")
                            .With("description", Value::String(""))
                            .With("status", Value::String("ACTIVE"));
  const auto output = tfcpp::ApplyResource(context_, Webhook(), resource, {config, NoState(), planned, ""});
  EXPECT_EQ(Summaries(output.diagnostics), "error: The provider has a bug @\n");
  EXPECT_TRUE(output.state.is_null());
  EXPECT_TRUE(transport_.sent.empty());
}

}  // namespace
}  // namespace mlflow
