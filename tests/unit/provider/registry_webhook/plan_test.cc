// Plans of mlflow_webhook, as Terraform would show them.
#include "provider/registry_webhook/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/registry_webhook/facts.h"
#include "tfcpp/framework/plan.h"
#include "unit/provider/registry_webhook/cases.h"

namespace mlflow {
namespace {

// A plan of the configuration, as Terraform asks for it.
tfcpp::Plan PlanOf(const tfcpp::Value& config, const tfcpp::Value& prior, tfcpp::Facts facts = {}) {
  return tfcpp::PlanResource(Webhook(), {config, prior, Proposed(config, prior), "", std::move(facts)});
}

const tfcpp::Facts kPat =
    ToFacts({.workspace = "https://ws.example", .token = TokenToLend::kOwn, .ways_to_sign_in = "pat"});
const tfcpp::Facts kOAuth =
    ToFacts({.workspace = "https://ws.example", .token = TokenToLend::kNone, .ways_to_sign_in = "oauth-m2m"});

constexpr char kHttpConfig[] = R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x"}})";
constexpr char kHttpState[] =
    R"({id: "7", events: ["COMMENT_CREATED"], registry_webhook: true, description: "",
    status: "ACTIVE", http_url_spec: {url: "https://x", enable_ssl_verification: true},
    created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z"})";
constexpr char kJobConfig[] = R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1"}})";
constexpr char kJobState[] =
    R"({id: "7", events: ["COMMENT_CREATED"], registry_webhook: true, description: "",
    status: "ACTIVE", job_spec: {job_id: "1"},
    created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z"})";

std::string Replaces(const tfcpp::Plan& plan) {
  std::string text;
  for (const auto& path : plan.requires_replace) text += path.ToString() + " ";
  return text;
}

TEST(PlanWebhookTest, CreateKnowsEverythingThatItCan) {
  const auto plan = PlanOf(Config(kHttpConfig), NoState());
  EXPECT_EQ(plan.planned,
            Config(
                R"({id: ?, events: ["COMMENT_CREATED"], registry_webhook: true, description: "", status: "ACTIVE",
                       http_url_spec: {url: "https://x", enable_ssl_verification: true}, created_at: ?, updated_at: ?})"));
  EXPECT_EQ(Summaries(plan.diagnostics), "");
}

TEST(PlanWebhookTest, NothingChangedPlansNothing) {
  EXPECT_EQ(PlanOf(Config(kHttpConfig), Config(kHttpState)).planned, Config(kHttpState));
  EXPECT_EQ(PlanOf(Config(kJobConfig), Config(kJobState), kOAuth).planned, Config(kJobState));
}

TEST(PlanWebhookTest, OnlyUpdatedAtBecomesUnknownInAnUpdate) {
  auto config = Config(kHttpConfig).With("description", tfcpp::Value::String("new"));
  const auto plan = PlanOf(config, Config(kHttpState));
  EXPECT_EQ(plan.planned, Config(kHttpState)
                              .With("description", tfcpp::Value::String("new"))
                              .With("updated_at", tfcpp::Value::Unknown(tfcpp::Type::String())));
  EXPECT_EQ(Replaces(plan), "");
}

TEST(PlanWebhookTest, RegistryWebhookFollowsModelName) {
  const auto with_model = [](std::string_view model) {
    return PlanOf(
               Config(std::string(R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x"}, model_name: )") +
                      std::string(model) + "}"),
               NoState())
        .planned.Get("registry_webhook")
        .ToString();
  };
  EXPECT_EQ(with_model("null"), "true");
  EXPECT_EQ(with_model("\"m\""), "false");
  EXPECT_EQ(with_model("?"), "?");
  EXPECT_EQ(with_model("?!"), "false");
}

TEST(PlanWebhookTest, ModelNameReplaces) {
  const auto plan = PlanOf(Config(kHttpConfig).With("model_name", tfcpp::Value::String("m")), Config(kHttpState));
  EXPECT_EQ(Replaces(plan), "model_name ");
  EXPECT_EQ(plan.planned.Get("registry_webhook").ToString(), "false");
}

struct ReplaceCase {
  const char* what;
  const char* prior;
  const char* config;
  const char* replaces;
};

TEST(PlanWebhookTest, ChangeOfTargetReplaces) {
  const ReplaceCase kCases[] = {
      {"http to job", kHttpState, kJobConfig, "http_url_spec job_spec "},
      {"job to http", kJobState, kHttpConfig, "http_url_spec job_spec "},
      // Exactly one is set, so one that is null makes the other one certain.
      {"http not known yet, no job", kHttpState, R"({events: ["COMMENT_CREATED"], http_url_spec: ?})", ""},
      {"job not known yet, no http", kJobState, R"({events: ["COMMENT_CREATED"], job_spec: ?})", ""},
      {"from http to a job that is not known yet", kHttpState, R"({events: ["COMMENT_CREATED"], job_spec: ?})",
       "http_url_spec job_spec "},
      {"from job to http that is not known yet", kJobState, R"({events: ["COMMENT_CREATED"], http_url_spec: ?})",
       "http_url_spec job_spec "},
      {"both not known yet, from http", kHttpState, R"({events: ["COMMENT_CREATED"], http_url_spec: ?, job_spec: ?})",
       "http_url_spec job_spec "},
      {"both not known yet, from job", kJobState, R"({events: ["COMMENT_CREATED"], http_url_spec: ?, job_spec: ?})",
       "http_url_spec job_spec "},
      {"http is set, job not known yet", kHttpState,
       R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x"}, job_spec: ?})", ""},
      {"job is set, http not known yet", kJobState,
       R"({events: ["COMMENT_CREATED"], http_url_spec: ?, job_spec: {job_id: "1"}})", ""},
      {"http known not to be null", kHttpState, R"({events: ["COMMENT_CREATED"], http_url_spec: ?!})", ""},
      {"http is certain, so job cannot appear", kHttpState,
       R"({events: ["COMMENT_CREATED"], http_url_spec: ?!, job_spec: ?})", ""},
      {"job is certain, so http goes", kHttpState, R"({events: ["COMMENT_CREATED"], http_url_spec: ?, job_spec: ?!})",
       "http_url_spec job_spec "},
      {"job known not to be null", kJobState, R"({events: ["COMMENT_CREATED"], job_spec: ?!})", ""},
      {"a member unknown", kJobState, R"({events: ["COMMENT_CREATED"], job_spec: {job_id: ?}})", ""},
  };
  for (const ReplaceCase& c : kCases) {
    const auto plan = PlanOf(Config(c.config), Config(c.prior), kPat);
    EXPECT_EQ(Replaces(plan), c.replaces) << c.what;
    const bool open = std::string_view(c.what).find("both not known") == 0;
    EXPECT_EQ(Summaries(plan.diagnostics).find("Kind of the target is not known yet") != std::string::npos, open)
        << c.what;
  }
}

// With ignore_changes a plan is shown what nobody has written, and so nobody has validated.
TEST(PlanWebhookTest, WhatIsShownMustFitTogether) {
  constexpr char kModelState[] =
      R"({id: "7", events: ["COMMENT_CREATED"], model_name: "m", registry_webhook: false, description: "",
      status: "ACTIVE", http_url_spec: {url: "https://x", enable_ssl_verification: true},
      created_at: "t", updated_at: "t"})";
  const struct {
    const char* prior;
    const char* config;
    const char* diagnostics;
  } kCases[] = {
      {kModelState, R"({events: ["REGISTERED_MODEL_CREATED"], model_name: "m", http_url_spec: {url: "https://x"}})",
       "error: Event does not fit a model's webhook @events\n"},
      {kHttpState, R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", secret: "s", secret_wo: "t"}})",
       "error: One secret in two forms @\n"},
  };
  for (const auto& c : kCases) {
    const auto plan = PlanOf(Config(c.config), Config(c.prior));
    EXPECT_THAT(Summaries(plan.diagnostics), testing::HasSubstr(c.diagnostics));
    for (const auto& item : plan.diagnostics.items()) {
      const bool told = item.detail.find("ignore_changes") != item.detail.npos;
      EXPECT_EQ(told, item.severity == tfcpp::Severity::kError) << item.detail;
    }
  }
  // Not judged is the state itself, of which nothing is sent, and what leads to a replacement: Terraform plans that by
  // the configuration as it is written.
  const auto odd =
      Config(kModelState).With("events", Config(R"({events: ["REGISTERED_MODEL_CREATED"]})").Get("events"));
  const auto null = tfcpp::Value::Null(tfcpp::Type::String());
  EXPECT_EQ(Summaries(PlanOf(odd.With("id", null).With("created_at", null).With("updated_at", null), odd).diagnostics),
            "");
  for (
      const char* shown :
      {R"({events: ["COMMENT_CREATED"]})",
       R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x"}, job_spec: {job_id: "1", access_token: "t"}})"}) {
    const auto plan = PlanOf(Config(shown), Config(kHttpState));
    EXPECT_EQ(Summaries(plan.diagnostics), "");
    EXPECT_NE(Replaces(plan), "");
  }
}

struct WarnCase {
  const char* what;
  const char* prior;  // empty: create
  const char* config;
  const tfcpp::Facts& facts;
  const char* diagnostics;
};

TEST(PlanWebhookTest, SpeaksOfThisChangeOnly) {
  constexpr char kUnverified[] =
      R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", enable_ssl_verification: false}})";
  constexpr char kUnverifiedState[] =
      R"({id: "7", events: ["COMMENT_CREATED"], registry_webhook: true, description: "",
      status: "ACTIVE", http_url_spec: {url: "https://x", enable_ssl_verification: false},
      created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z"})";
  const tfcpp::Facts none;
  const WarnCase kCases[] = {
      {"undocumented", "", R"({events: ["REGISTERED_MODEL_TAG_SET"], http_url_spec: {url: "https://x"}})", none,
       "warning: Event is not documented @events\n"},
      {"unknown", "", R"({events: ["PROMPT_CREATED"], http_url_spec: {url: "https://x"}})", none,
       "warning: Unknown event @events\n"},
      {"unity catalog", "", R"({events: ["COMMENT_CREATED"], model_name: "a.b.c", http_url_spec: {url: "https://x"}})",
       none, "warning: Model of Unity Catalog @model_name\n"},
      {"unverified, made", "", kUnverified, none,
       "warning: Certificate of the endpoint is not verified @http_url_spec.enable_ssl_verification\n"},
      {"unverified, changed to", kHttpState, kUnverified, none,
       "warning: Certificate of the endpoint is not verified @http_url_spec.enable_ssl_verification\n"},
      {"unverified, as before", kUnverifiedState, kUnverified, none, ""},
      {"token lent", "", kJobConfig, kPat, "warning: The provider's own token is lent to the webhook @\n"},
      {"sign-in unknown", "", kJobConfig, none, ""},
      {"no token to lend", "", kJobConfig, kOAuth, "error: Job webhook needs an access token @\n"},
      {"own token", "", R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1", access_token: "t"}})", kOAuth, ""},
      {"own workspace, other spelling", "",
       R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1", workspace_url: "https://WS.example/"}})", kPat,
       "warning: The provider's own token is lent to the webhook @\n"},
      {"other workspace", "",
       R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1", workspace_url: "https://other"}})", kPat,
       "error: Job webhook needs an access token @\n"},
      {"nothing sent", kJobState, kJobConfig, kOAuth, ""},
      {"other member sent", kJobState, R"({events: ["COMMENT_CREATED"], description: "new", job_spec: {job_id: "1"}})",
       kOAuth, ""},
      {"spec sent", kJobState, R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "2"}})", kOAuth,
       "error: Job webhook needs an access token @\n"},
      {"replacement", kHttpState, kJobConfig, kPat, "warning: The provider's own token is lent to the webhook @\n"},
  };
  for (const WarnCase& c : kCases) {
    const auto prior = *c.prior == '\0' ? NoState() : Config(c.prior);
    EXPECT_EQ(Summaries(PlanOf(Config(c.config), prior, c.facts).diagnostics), c.diagnostics) << c.what;
  }
}

}  // namespace
}  // namespace mlflow
