// Decisions: their form, what binds, and an apply that does what was decided whatever the configuration says then.
#include "provider/shared/decision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "provider/registry_webhook/secrets.h"
#include "unit/provider/registry_webhook/life.h"

namespace mlflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using tfcpp::Value;

const SecretRow& kHeader = WebhookSecrets()[0];
const SecretRow& kSecret = WebhookSecrets()[1];
const SecretRow& kToken = WebhookSecrets()[2];

TEST(DecisionTest, IsWrittenAsNames) {
  EXPECT_EQ(WriteDecision({}), "{}");
  const Decision decision = {{&kHeader, SecretAction::kSend, "why"}, {&kSecret, SecretAction::kRemove}};
  const std::string text = WriteDecision(decision);
  EXPECT_EQ(text, R"({"http_url_spec.authorization_header_wo":"send","http_url_spec.secret_wo":"remove"})");
  const Decision read = ParseDecision(WebhookSecrets(), text);
  EXPECT_EQ(ActionOn(kHeader, read), SecretAction::kSend);
  EXPECT_EQ(ActionOn(kSecret, read), SecretAction::kRemove);
  EXPECT_EQ(ActionOn(kToken, read), SecretAction::kKeep);
  for (const char* damaged : {"", "{", "[]", R"({"http_url_spec.secret_wo": 1, "x": "send"})"}) {
    EXPECT_THAT(ParseDecision(WebhookSecrets(), damaged), IsEmpty()) << damaged;
  }
}

TEST(DecisionTest, TheFirstOneBindsWhereItKnew) {
  const Decision none;
  const Decision send = {{&kSecret, SecretAction::kSend}};
  const Decision remove = {{&kSecret, SecretAction::kRemove}};
  const Decision open = {{&kSecret, SecretAction::kOpen}};
  const std::string name = kSecret.Name();
  for (const Decision& same : {none, send, remove})
    EXPECT_THAT(Contradictions(WebhookSecrets(), same, same), IsEmpty());
  for (const Decision& later : {none, send, remove})
    EXPECT_THAT(Contradictions(WebhookSecrets(), open, later), IsEmpty());
  EXPECT_THAT(Contradictions(WebhookSecrets(), none, send), ElementsAre(name));
  EXPECT_THAT(Contradictions(WebhookSecrets(), send, none), ElementsAre(name));
  EXPECT_THAT(Contradictions(WebhookSecrets(), send, remove), ElementsAre(name));
}

class DecidedTest : public Life {
 protected:
  static Value Http(const std::string& members) {
    return Config(R"({events: ["COMMENT_CREATED"], http_url_spec: {)" + members + "}}");
  }
  // What ignore_changes = all shows: the state, but for what no configuration can set.
  Value Frozen() const {
    Value shown = state_;
    for (const char* name : {"id", "created_at", "updated_at"}) {
      shown = shown.With(name, Value::Null(tfcpp::Type::String()));
    }
    return shown;
  }
  static Value Described(const Value& config) { return config.With("description", Value::String("new")); }
};

// A plan may be shown one kind of target while another is written, or none, or what no plan has seen: of the
// configuration an apply takes nothing but write-only values of the target that is planned.
TEST_F(DecidedTest, WhatIsWrittenOtherwiseIsNotSent) {
  const Value http = Http(R"(url: "https://x", secret_wo: "a")");
  const Value job = Config(R"({events: ["MODEL_VERSION_CREATED"], job_spec: {job_id: "1", access_token_wo: "t"}})");
  const Value bare = Config(R"({events: ["COMMENT_CREATED"]})");
  const Value both = http.With("job_spec", job.Get("job_spec"));
  const Value other = Http(R"(url: "https://z", secret_wo: "b", authorization_header_wo: "h", secret_wo_version: 9)");
  for (const Value& first : {http, job}) {
    for (const Value& written : {http, job, bare, both, other}) {
      SCOPED_TRACE(written.ToString());
      Begin(first);
      const std::string remembered = private_;
      Plan(Described(Frozen()));  // all but the description is ignored
      EXPECT_EQ(Summaries(Apply(Described(written)).diagnostics), "");
      EXPECT_EQ(body_, R"({"id":")" + state_.Get("id").AsString() + R"(","description":"new"})");
      EXPECT_EQ(private_, remembered);
    }
  }
}

// Clients plan again at apply, so this is for what no known one does, such as the plan of an older provider as it is.
TEST_F(DecidedTest, WithoutADecisionTheApplyDecides) {
  const Value before = Http(R"(url: "https://x", secret_wo: "a")");
  for (const char* written :
       {R"(url: "https://x", secret_wo: "b")", R"(url: "https://x", secret_wo: "a")", R"(url: "https://x")"}) {
    Begin(before);
    Plan(Described(before));
    plan_.decision.clear();
    EXPECT_EQ(Summaries(Apply(Described(Http(written))).diagnostics), "");
    EXPECT_EQ(Sent("http_url_spec", "secret"), std::string(written).find("\"b\"") == std::string::npos ? "-" : "b");
  }
  Begin(before);
  Plan(Described(before));
  plan_.decision.clear();
  EXPECT_EQ(
      Summaries(Apply(Described(Config(R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1"}})"))).diagnostics), "");
}

// The plan has decided to send or to remove: the values are those of the apply, and what does not fit stops it.
TEST_F(DecidedTest, AValueThatDoesNotFitTheDecisionStopsTheApply) {
  const Value before = Http(R"(url: "https://x", secret_wo: "canary-a")");
  const Value sends = Http(R"(url: "https://x", secret_wo: "canary-b")");
  const Value removes = Http(R"(url: "https://x", secret_wo_version: 1)");
  const Value without = Http(R"(url: "https://x")");
  const struct {
    const char* what;
    const Value& planned;
    const Value& written;
    const char* why;
  } kCases[] = {
      {"sent, and none is there", sends, without, "none any longer"},
      {"removed, and one is there", removes, sends, "hides from the plan"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    Begin(before);
    const Value state = state_;
    const std::string remembered = private_;
    Plan(c.planned);
    const auto output = Apply(c.written);
    ASSERT_EQ(Summaries(output.diagnostics), "error: Target cannot be sent without its secrets @\n");
    EXPECT_THAT(output.diagnostics.items()[0].detail, HasSubstr(c.why));
    EXPECT_THAT(output.diagnostics.items()[0].detail, Not(HasSubstr("canary")));
    EXPECT_EQ(body_, "");
    EXPECT_EQ(state_, state);
    EXPECT_EQ(private_, remembered);
  }
  Begin(before);
  Plan(sends);
  Apply(Http(R"(url: "https://x", secret_wo: "later")"));  // of an ephemeral resource, new for each phase
  EXPECT_EQ(Sent("http_url_spec", "secret"), "later");
}

// Each secret of a target has a decision of its own, and all go with it.
TEST_F(DecidedTest, SecretsOfOneTargetAreDecidedEachForItself) {
  Begin(Http(R"(url: "https://x", secret_wo: "a", authorization_header_wo: "h", authorization_header_wo_version: 1)"));
  // The header is hidden with its version unchanged, and goes along with a new value; the secret is rotated.
  Plan(Http(R"(url: "https://x", secret_wo: "b", authorization_header_wo_version: 1)"));
  Apply(Http(R"(url: "https://x", secret_wo: "b", authorization_header_wo: "i", authorization_header_wo_version: 1)"));
  EXPECT_EQ(Sent("http_url_spec", "secret"), "b");
  EXPECT_EQ(Sent("http_url_spec", "authorization"), "i");
  // One that cannot be decided stops the other, too.
  Plan(Http(R"(url: "https://x", secret_wo: "c", authorization_header_wo_version: 1)"));
  EXPECT_TRUE(
      Apply(Http(R"(url: "https://x", secret_wo: "c", authorization_header_wo_version: 1)")).diagnostics.has_error());
  EXPECT_EQ(body_, "");
}

// A new webhook, also in place of another one, is made of the whole configuration, whatever was remembered.
TEST_F(DecidedTest, ACreateTakesTheConfiguration) {
  Begin(Http(R"(url: "https://x", secret_wo: "a")"));
  const std::string replaced = private_;
  state_ = NoState();
  const Value config = Http(R"(url: "https://x", secret_wo: "b")");
  Plan(config, R"({"http_url_spec.secret_wo":"remove"})");
  EXPECT_EQ(plan_.decision, "");
  EXPECT_FALSE(Apply(config).diagnostics.has_error());
  EXPECT_EQ(Sent("http_url_spec", "secret"), "b");
  EXPECT_NE(private_, replaced);
  Plan(config);
  EXPECT_FALSE(Changes());
}

// A replacement may hand over what the replaced webhook had.
TEST_F(DecidedTest, ACreateIgnoresWhatIsRememberedOfAnotherWebhook) {
  const Value config = Http(R"(url: "https://x", secret_wo: "b", authorization_header_wo_version: 1)");
  Begin(config);
  const std::string clean_plan = Told();
  const std::string clean_body = body_;
  const PrivateData clean = ParsePrivateData(private_);
  for (const char* remembered :
       {"{", "7", R"({"host": "https://elsewhere.example"})", R"({"adopted": true})",
        R"({"scrypt": {"n": 4096, "r": 8, "p": 1, "salt": "00"}, "digests": {"http_url_spec.secret_wo": "00",
            "http_url_spec.authorization_header_wo": "00"}})",
        R"({"versions_alone": ["http_url_spec.secret_wo"]})"}) {
    for (const char* first : {"", R"({"http_url_spec.secret_wo":"remove"})", R"({"http_url_spec.secret_wo":"open"})"}) {
      SCOPED_TRACE(std::string(remembered) + first);
      space_.set_webhooks({});
      state_ = NoState();
      private_ = remembered;
      Plan(config, first);
      EXPECT_EQ(Told(), clean_plan);
      EXPECT_EQ(plan_.decision, "");
      EXPECT_TRUE(plan_.requires_replace.empty());
      plan_.decision = first;
      EXPECT_EQ(Summaries(Apply(config).diagnostics), "");
      EXPECT_EQ(body_, clean_body);
      const PrivateData now = ParsePrivateData(private_);
      EXPECT_EQ(now.place, clean.place);
      EXPECT_FALSE(now.adopted);
      EXPECT_EQ(now.digests.by_name.size(), 1U);
      EXPECT_EQ(now.versions_alone, clean.versions_alone);
      Plan(config);
      EXPECT_FALSE(Changes());
    }
  }
}

}  // namespace
}  // namespace mlflow
