// Write-only secrets: what a change of configuration plans, says and sends.
#include "provider/webhook/write_only.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "framework/plan.h"
#include "framework/validate.h"
#include "provider/webhook/model.h"
#include "provider/webhook/plan.h"
#include "unit/provider/webhook/cases.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tfcpp::Value;

const tfcpp::Facts kPat = {{std::string(kFactHost), "https://ws.example"}, {std::string(kFactAuthType), "pat"}};
const tfcpp::Facts kOAuth = {{std::string(kFactHost), "https://ws.example"}, {std::string(kFactAuthType), "oauth-m2m"}};

Value Http(const std::string& members) {
  return Config(R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x")" + members + "}}");
}
Value Job(const std::string& members) {
  return Config(R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1")" + members + "}}");
}
// The state after an apply of a configuration.
Value Applied(const Value& config) {
  Value state = config.With("id", Value::String("7"))
                    .With("registry_webhook", Value::Bool(true))
                    .With("description", Value::String(""))
                    .With("status", Value::String("ACTIVE"))
                    .With("created_at", Value::String("t"))
                    .With("updated_at", Value::String("t"));
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const Value& spec = state.Get(secret.spec);
    if (!spec.is_null()) {
      state = state.With(secret.spec, spec.With(secret.write_only, Value::Null(tfcpp::Type::String())));
    }
  }
  const Value& http = state.Get("http_url_spec");
  return http.is_null() ? state : state.With("http_url_spec", http.With("enable_ssl_verification", Value::Bool(true)));
}

class WriteOnlyTest : public ::testing::Test {
 protected:
  // The plan that a configuration makes over what an apply of an earlier one has left.
  tfcpp::Plan PlanAfter(const Value& earlier, const Value& config, const tfcpp::Facts& facts = kPat) {
    prior_ = Applied(earlier);
    private_ = WritePrivateData({.host = "https://ws.example", .digests = Remember(earlier, scrypt_)});
    Value proposed = config;
    for (const char* name : {"id", "registry_webhook", "description", "status", "created_at", "updated_at"}) {
      proposed = proposed.With(name, prior_.Get(name));
    }
    return tfcpp::PlanResource(Webhook(), {config, prior_, proposed, private_, facts});
  }
  bool Changes(const tfcpp::Plan& plan) const { return plan.planned != prior_; }
  // What the apply of the last plan sends.
  tfcpp::databricks::RegistryWebhookInput Sent(const Value& config, const tfcpp::Plan& plan, const char* lent = "") {
    const SecretDigests digests = ParsePrivateData(private_).digests;
    return ToUpdateInput(WithFormerSecrets(config, prior_, plan.planned, digests, scrypt_),
                         WithSecrets(config, plan.planned), tfcpp::Secret(lent));
  }

  tfcpp::crypto::Scrypt scrypt_;
  Value prior_;
  std::string private_;
};

struct Case {
  const char* what;
  Value earlier;
  Value config;
  bool changes;
  const char* sent;  // the secret as sent; "-": the target is not sent
};

TEST_F(WriteOnlyTest, RotatesByVersionOrByDigest) {
  const Case kCases[] = {
      {"same value", Http(R"(, secret_wo: "a")"), Http(R"(, secret_wo: "a")"), false, "-"},
      {"another value", Http(R"(, secret_wo: "a")"), Http(R"(, secret_wo: "b")"), true, "b"},
      {"first value", Http(""), Http(R"(, secret_wo: "a")"), true, "a"},
      {"no value any longer", Http(R"(, secret_wo: "a")"), Http(""), true, ""},
      {"same version, another value", Http(R"(, secret_wo: "a", secret_wo_version: 1)"),
       Http(R"(, secret_wo: "b", secret_wo_version: 1)"), false, "-"},
      {"another version", Http(R"(, secret_wo: "a", secret_wo_version: 1)"),
       Http(R"(, secret_wo: "a", secret_wo_version: 2)"), true, "a"},
      {"version and secret go", Http(R"(, secret_wo: "a", secret_wo_version: 1)"), Http(""), true, ""},
      {"a version comes", Http(R"(, secret_wo: "a")"), Http(R"(, secret_wo: "a", secret_wo_version: 1)"), true, "a"},
      {"the version goes", Http(R"(, secret_wo: "a", secret_wo_version: 1)"), Http(R"(, secret_wo: "a")"), true, "a"},
      {"from plain to write-only", Http(R"(, secret: "a")"), Http(R"(, secret_wo: "b")"), true, "b"},
      {"from write-only to plain", Http(R"(, secret_wo: "a")"), Http(R"(, secret: "b")"), true, "b"},
  };
  for (const Case& c : kCases) {
    const tfcpp::Plan plan = PlanAfter(c.earlier, c.config);
    EXPECT_EQ(Changes(plan), c.changes) << c.what;
    EXPECT_EQ(plan.planned.Get("http_url_spec").Get("secret_wo").ToString(), "null") << c.what;
    EXPECT_EQ(plan.planned.ToString().find("canary"), std::string::npos) << c.what;
    const auto sent = Sent(c.config, plan);
    const auto secret = sent.http_url_spec.has_value() ? sent.http_url_spec->secret : std::nullopt;
    EXPECT_EQ(sent.http_url_spec.has_value() ? secret.value_or(tfcpp::Secret("?")).Reveal() : "-", c.sent) << c.what;
  }
}

TEST_F(WriteOnlyTest, AnUnknownValueCountsAsUnchanged) {
  EXPECT_FALSE(Changes(PlanAfter(Http(R"(, secret_wo: "a")"), Http(", secret_wo: ?"))));
}

// Whenever the target is sent, every configured secret goes with it; when it is not, none does.
TEST_F(WriteOnlyTest, SecretsGoWithTheTarget) {
  const Value earlier = Http(R"(, secret_wo: "a", secret_wo_version: 1, authorization_header_wo: "h")");
  const Value moved = Config(R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://y", secret_wo: "a",
                                 secret_wo_version: 1, authorization_header_wo: "h"}})");
  const auto sent = Sent(moved, PlanAfter(earlier, moved));
  ASSERT_TRUE(sent.http_url_spec.has_value());
  EXPECT_EQ(sent.http_url_spec->secret->Reveal(), "a");
  EXPECT_EQ(sent.http_url_spec->authorization->Reveal(), "h");

  const Value described = earlier.With("description", Value::String("new"));
  tfcpp::Plan plan = PlanAfter(earlier, described);
  plan.planned = plan.planned.With("description", Value::String("new"));
  EXPECT_FALSE(Sent(described, plan).http_url_spec.has_value());
}

TEST_F(WriteOnlyTest, ThePlanSaysWhichSecretIsRotated) {
  const auto text = [&](const Value& earlier, const Value& config) {
    std::string all;
    const tfcpp::Plan plan = PlanAfter(earlier, config);
    for (const auto& item : plan.diagnostics.items()) all += item.summary + ": " + item.detail;
    EXPECT_THAT(all, Not(HasSubstr("canary")));
    return all;
  };
  EXPECT_THAT(text(Http(R"(, secret_wo: "canary1")"), Http(R"(, secret_wo: "canary2")")),
              HasSubstr("http_url_spec.secret_wo: its value is not"));
  EXPECT_THAT(text(Http(R"(, secret_wo: "canary1")"), Http("")), HasSubstr("removed from the webhook"));
  EXPECT_THAT(text(Http(R"(, authorization_header_wo: "canary1", authorization_header_wo_version: 1)"),
                   Http(R"(, authorization_header_wo: "canary1", authorization_header_wo_version: 2)")),
              HasSubstr("authorization_header_wo: its version changes"));
  EXPECT_EQ(text(Http(R"(, secret_wo: "canary1")"), Http(R"(, secret_wo: "canary1")")), "");
}

TEST_F(WriteOnlyTest, JobToken) {
  // A version without a token: its change lends the provider's present token anew.
  const Value first = Job(", access_token_wo_version: 1");
  const Value second = Job(", access_token_wo_version: 2");
  EXPECT_FALSE(Changes(PlanAfter(first, first, kOAuth)));
  tfcpp::Plan plan = PlanAfter(first, second);
  EXPECT_TRUE(Changes(plan));
  EXPECT_THAT(Summaries(plan.diagnostics), HasSubstr("warning: The provider's own token is lent"));
  EXPECT_EQ(Sent(second, plan, "lent").job_spec->access_token->Reveal(), "lent");
  EXPECT_TRUE(PlanAfter(first, second, kOAuth).diagnostics.has_error());
  // A write-only token is a token: nothing is lent, whoever signs in.
  const Value own = Job(R"(, access_token_wo: "t")");
  plan = PlanAfter(Job(""), own, kOAuth);
  EXPECT_FALSE(plan.diagnostics.has_error());
  EXPECT_EQ(Sent(own, plan, "lent").job_spec->access_token->Reveal(), "t");
  EXPECT_FALSE(Changes(PlanAfter(own, own, kOAuth)));
  // Without it, the next one is lent.
  plan = PlanAfter(own, Job(""));
  EXPECT_TRUE(Changes(plan));
  EXPECT_EQ(Sent(Job(""), plan, "lent").job_spec->access_token->Reveal(), "lent");
}

TEST_F(WriteOnlyTest, RemembersSaltedDigestsOfSecretsWithoutAVersionOnly) {
  const Value config = Http(R"(, secret_wo: "same", authorization_header_wo: "same")");
  const SecretDigests digests = Remember(config, scrypt_);
  ASSERT_EQ(digests.by_name.size(), 2U);
  EXPECT_NE(digests.by_name.at("http_url_spec.secret_wo"), digests.by_name.at("http_url_spec.authorization_header_wo"));
  EXPECT_NE(Remember(config, scrypt_).salt, digests.salt);
  EXPECT_TRUE(Remember(Http(R"(, secret_wo: "a", secret_wo_version: 1)"), scrypt_).by_name.empty());

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
    const auto digests = ParsePrivateData(bytes).digests;
    EXPECT_EQ(FindRotations(config, Applied(config), Applied(config), digests, scrypt_).size(), 1U) << bytes;
  }
}

TEST_F(WriteOnlyTest, RefusesFormsThatContradictEachOther) {
  const struct {
    Value config;
    const char* summaries;
  } kCases[] = {
      {Http(R"(, secret: "canary", secret_wo: "canary")"), "error: One secret in two forms @\n"},
      {Http(R"(, secret: "canary", secret_wo: ?!)"), "error: One secret in two forms @\n"},
      {Http(R"(, secret: "canary", secret_wo: ?)"), ""},
      {Http(", secret_wo_version: 1"), "error: Version of a secret that is not set @\n"},
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

}  // namespace
}  // namespace mlflow
