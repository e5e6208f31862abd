// What a plan says of secrets: rotated, kept, hidden, dropped, lent.
#include "provider/shared/plan_secrets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "provider/registry_webhook/secrets.h"
#include "provider/shared/private_data.h"
#include "unit/provider/registry_webhook/life.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tfcpp::Value;

constexpr char kDropped[] = "warning: Secrets that the webhook may have are dropped @\n";

class PlanSecretsTest : public Life {
 protected:
  static Value Http(const std::string& members) {
    return Config(R"({events: ["COMMENT_CREATED"], http_url_spec: {)" + members + "}}");
  }
  static Value Job(const std::string& members) {
    return Config(R"({events: ["COMMENT_CREATED"], job_spec: {)" + members + "}}");
  }
  // What is planned after an apply of `earlier`.
  void PlanAfter(const Value& earlier, const Value& config, const tfcpp::Facts& facts = kPat) {
    Begin(earlier);
    facts_ = facts;
    Plan(config);
    facts_ = kPat;
    EXPECT_THAT(Told(), Not(HasSubstr("canary")));
  }
  // A webhook that somebody else made, adopted: what it has is not known.
  void Adopt(const Value& as_configured) {
    Begin(as_configured);
    private_ = WritePrivateData({.place = {{"host", kHost}}, .adopted = true});
  }
  std::string Dropped() const {
    std::string names;
    for (const auto& item : plan_.diagnostics.items()) {
      if (item.summary != "Secrets that the webhook may have are dropped") continue;
      for (const SecretRow& secret : WebhookSecrets()) {
        if (item.detail.find("  - " + secret.PlainName() + "\n") != item.detail.npos) names += secret.PlainName() + " ";
      }
    }
    return names;
  }
};

TEST_F(PlanSecretsTest, SaysWhichSecretIsRotatedAndWhy) {
  PlanAfter(Http(R"(url: "https://x", secret_wo: "canary1")"), Http(R"(url: "https://x", secret_wo: "canary2")"));
  EXPECT_THAT(Told(), HasSubstr("http_url_spec.secret_wo: its value is not the one that was last sent"));
  PlanAfter(Http(R"(url: "https://x")"), Http(R"(url: "https://x", secret_wo: "canary")"));
  EXPECT_THAT(Told(), HasSubstr("http_url_spec.secret_wo: it is new in the configuration"));
  PlanAfter(Http(R"(url: "https://x", authorization_header_wo: "canary", authorization_header_wo_version: 1)"),
            Http(R"(url: "https://x", authorization_header_wo: "canary", authorization_header_wo_version: 2)"));
  EXPECT_THAT(Told(), HasSubstr("authorization_header_wo: its version changes\n"));
  PlanAfter(Http(R"(url: "https://x", secret_wo: "canary")"), Http(R"(url: "https://x", secret_wo_version: 1)"));
  EXPECT_THAT(Told(), HasSubstr("http_url_spec.secret_wo: its version changes without it, so it is removed"));
  PlanAfter(Http(R"(url: "https://x", secret_wo: "canary")"), Http(R"(url: "https://x", secret_wo: "canary")"));
  EXPECT_EQ(Told(), "");
}

TEST_F(PlanSecretsTest, OneThatIsNotShownIsKeptAndOneWarningSaysSo) {
  PlanAfter(Http(R"(url: "https://x", secret_wo: "canary", authorization_header_wo: "canary")"),
            Http(R"(url: "https://x")"));
  EXPECT_FALSE(Changes());
  EXPECT_EQ(Said(), "warning: Secrets that are not configured are kept @\n");
  EXPECT_THAT(Told(),
              HasSubstr("The configuration that Terraform shows has no http_url_spec.authorization_header_wo, "
                        "http_url_spec.secret_wo; the webhook keeps its own; to remove it, set "
                        "http_url_spec.authorization_header_wo_version, http_url_spec.secret_wo_version alone."));
  // A version is a promise that only its change says anything.
  PlanAfter(Http(R"(url: "https://x", secret_wo: "canary", secret_wo_version: 1)"),
            Http(R"(url: "https://x", secret_wo_version: 1)"));
  EXPECT_FALSE(Changes());
  EXPECT_EQ(Said(), "");
}

TEST_F(PlanSecretsTest, SaysThatHiddenOnesMustGoWithTheTarget) {
  for (const char* version : {"", ", secret_wo_version: 1"}) {
    const std::string v = version;
    PlanAfter(Http(R"(url: "https://x", secret_wo: "canary")" + v), Http(R"(url: "https://y")" + v));
    EXPECT_EQ(Said(), "warning: Secrets that go with the target are not shown @\n") << version;
    EXPECT_THAT(Told(), HasSubstr("  - http_url_spec.secret_wo\n"));
  }
}

TEST_F(PlanSecretsTest, AVersionAloneMakesAWebhookWithoutTheSecret) {
  Plan(Http(R"(url: "https://x", secret_wo_version: 1)"));
  EXPECT_EQ(Said(), "warning: Version of a secret that is not set @\n");
  Plan(Job(R"(job_id: "1", access_token_wo_version: 1)"));
  EXPECT_EQ(Said(), "warning: The provider's own token is lent to the webhook @\n");
}

TEST_F(PlanSecretsTest, TheFirstDecisionBinds) {
  const Value before = Http(R"(url: "https://x", secret_wo: "canary-a")");
  const Value described = before.With("description", Value::String("new"));
  const auto with = [](const Value& config, const char* secret) {
    return config.With("http_url_spec", config.Get("http_url_spec").With("secret_wo", Value::String(secret)));
  };
  Begin(before);
  // Kept in the plan that was shown, another value at apply; and the other way round.
  const std::string kept = Plan(described).decision;
  const std::string sent = Plan(with(described, "canary-b")).decision;
  EXPECT_EQ(kept, "{}");
  EXPECT_EQ(sent, R"({"http_url_spec.secret_wo":"send"})");
  Plan(with(described, "canary-b"), kept);
  EXPECT_THAT(Said(), HasSubstr("error: Secrets are not those of the plan @\n"));
  EXPECT_THAT(Told(), HasSubstr("  - http_url_spec.secret_wo\n"));
  EXPECT_THAT(Told(), Not(HasSubstr("canary")));
  Plan(described, sent);
  EXPECT_THAT(Said(), HasSubstr("error: Secrets are not those of the plan @\n"));
  // What agrees is no error; neither is a plan file without a decision.
  for (const std::string& first : {sent, std::string()}) {
    Plan(with(described, "canary-b"), first);
    EXPECT_EQ(Said(), "warning: Secrets of the webhook are rotated @\n");
  }
}

struct AdoptedCase {
  const char* what;
  const char* config;
  const char* dropped;
};

TEST_F(PlanSecretsTest, SaysWhatAnAdoptedWebhookMayLose) {
  const AdoptedCase kHttp[] = {
      {"nothing changes", R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x"}})", ""},
      {"no target is sent", R"({events: ["COMMENT_CREATED"], status: "DISABLED", http_url_spec: {url: "https://x"}})",
       ""},
      {"another url", R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://y"}})",
       "http_url_spec.authorization_header http_url_spec.secret "},
      {"another flag",
       R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", enable_ssl_verification: false}})",
       "http_url_spec.authorization_header http_url_spec.secret "},
      {"one is given, plain", R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", secret: "s"}})",
       "http_url_spec.authorization_header "},
      {"one is given, write-only",
       R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", authorization_header_wo: "s"}})",
       "http_url_spec.secret "},
      {"both are given",
       R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://y", secret: "s", authorization_header_wo: "h"}})",
       ""},
      {"one is not known yet", R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://y", secret: ?}})",
       "http_url_spec.authorization_header "},
      {"nothing of the target is known yet", R"({events: ["COMMENT_CREATED"], http_url_spec: ?})",
       "http_url_spec.authorization_header http_url_spec.secret "},
      {"one is removed by its version",
       R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", secret_wo_version: 1}})",
       "http_url_spec.authorization_header "},
      {"a new webhook in its place",
       R"({events: ["COMMENT_CREATED"], model_name: "m", http_url_spec: {url: "https://x"}})",
       "http_url_spec.authorization_header http_url_spec.secret "},
      {"another kind of target", R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1"}})", ""},
  };
  for (const AdoptedCase& c : kHttp) {
    Adopt(Http(R"(url: "https://x")"));
    Plan(Config(c.config));
    EXPECT_EQ(Dropped(), c.dropped) << c.what << "\n" << Told();
  }
  const AdoptedCase kJob[] = {
      {"nothing changes", R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1"}})", ""},
      {"another job", R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "2"}})", "job_spec.access_token "},
      {"another job, with a token", R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "2", access_token_wo: "t"}})",
       ""},
  };
  for (const AdoptedCase& c : kJob) {
    Adopt(Job(R"(job_id: "1")"));
    Plan(Config(c.config));
    EXPECT_EQ(Dropped(), c.dropped) << c.what << "\n" << Told();
  }
}

// Until the target has been sent once, however many updates come before that.
TEST_F(PlanSecretsTest, SaysItUntilTheTargetWasSent) {
  Adopt(Http(R"(url: "https://x")"));
  for (const char* status : {"DISABLED", "TEST_MODE"}) {
    PlanAndApply(Http(R"(url: "https://x")").With("status", Value::String(status)));
    EXPECT_EQ(Said(), "");
    Plan(Http(R"(url: "https://y")"));
    EXPECT_EQ(Said(), kDropped);
  }
  PlanAndApply(Http(R"(url: "https://y")"));
  Plan(Http(R"(url: "https://z")"));
  EXPECT_EQ(Said(), "");
}

// A secret that a moved state holds is known: what happens to it stands in the plan.
TEST_F(PlanSecretsTest, WhatAMovedStateHoldsIsNotDroppedUnseen) {
  Adopt(Http(R"(url: "https://x", secret: "canary")"));
  Plan(Http(R"(url: "https://y")"));
  EXPECT_EQ(Dropped(), "http_url_spec.authorization_header ");
  EXPECT_TRUE(plan_.planned.Get("http_url_spec").Get("secret").is_null());
}

// A replacement makes the webhook of the configuration: one that was kept is named.
TEST_F(PlanSecretsTest, AKeptSecretIsLostInAReplacement) {
  PlanAfter(Http(R"(url: "https://x", secret_wo: "canary")"),
            Http(R"(url: "https://x")").With("model_name", Value::String("m")));
  EXPECT_EQ(Dropped(), "http_url_spec.secret ");
}

TEST_F(PlanSecretsTest, JobToken) {
  // A version without a token: its change lends the provider's present token anew.
  const Value first = Job(R"(job_id: "1", access_token_wo_version: 1)");
  const Value second = Job(R"(job_id: "1", access_token_wo_version: 2)");
  PlanAfter(first, first, kOAuth);
  EXPECT_FALSE(Changes());
  PlanAfter(first, second);
  EXPECT_THAT(Said(), HasSubstr("warning: The provider's own token is lent"));
  Apply(second);
  EXPECT_EQ(Sent("job_spec", "access_token"), "dapi");
  PlanAfter(first, second, kOAuth);
  EXPECT_TRUE(plan_.diagnostics.has_error());
  // A write-only token is a token: nothing is lent, whoever signs in.
  const Value own = Job(R"(job_id: "1", access_token_wo: "t")");
  PlanAfter(Job(R"(job_id: "1")"), own, kOAuth);
  EXPECT_FALSE(plan_.diagnostics.has_error());
  Apply(own);
  EXPECT_EQ(Sent("job_spec", "access_token"), "t");
  PlanAfter(own, own, kOAuth);
  EXPECT_FALSE(Changes());
  // One that the plan is not shown is not replaced by the provider's: it goes along, or the apply stops.
  PlanAfter(own, Job(R"(job_id: "2")"), kOAuth);
  EXPECT_EQ(Said(), "warning: Secrets that go with the target are not shown @\n");
  Apply(Job(R"(job_id: "2", access_token_wo: "t")"));
  EXPECT_EQ(Sent("job_spec", "access_token"), "t");
  // The create half of a replacement is shown what is written, and what the replaced webhook had counts for nothing.
  state_ = NoState();
  facts_ = kOAuth;
  Plan(Job(R"(job_id: "2")"));
  EXPECT_EQ(Said(), "error: Job webhook needs an access token @\n");
}

}  // namespace
}  // namespace mlflow
