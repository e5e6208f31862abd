// What a person gets to read for each kind of bad input, as `terraform validate` asks for it.
#include "provider/webhook/validators.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "framework/validate.h"
#include "unit/provider/webhook/cases.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

tfcpp::Diagnostics Check(std::string_view config) {
  return tfcpp::ValidateConfig(Webhook().schema, Webhook().config_validators, Config(config), {});
}

TEST(ValidateWebhookTest, AcceptsTheDocumentedUsages) {
  const char* const kConfigs[] = {
      R"({events: ["MODEL_VERSION_CREATED", "REGISTERED_MODEL_CREATED"], description: "d",
          http_url_spec: {url: "https://example.com/webhook", authorization_header: "Bearer token123"}})",
      R"({events: ["MODEL_VERSION_TRANSITIONED_STAGE"], job_spec: {job_id: "12"}})",
      R"({events: ["MODEL_VERSION_TRANSITIONED_STAGE"], job_spec: {job_id: ?}})",
      R"({events: ["REGISTERED_MODEL_TAG_SET", "SOMETHING_NEW"], http_url_spec: {url: "https://[2001:db8::1]:8443/x"}})",
      R"({events: ?, registry_webhook: ?, model_name: ?, http_url_spec: ?, job_spec: ?})",
      R"({events: [?], model_name: "m", registry_webhook: false, http_url_spec: {url: ?}})",
  };
  for (const char* config : kConfigs) EXPECT_EQ(Summaries(Check(config)), "") << config;
}

struct BadCase {
  const char* config;
  const char* diagnostics;  // severity, summary and path
  const char* detail;       // words that the detail must have
};

TEST(ValidateWebhookTest, SaysWhatIsWrongAndWhere) {
  const BadCase kCases[] = {
      {R"({events: ["COMMENT_CREATED"]})", "error: No target for the webhook @\n", "Set exactly one"},
      {R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x"}, job_spec: {job_id: "1"}})",
       "error: Two targets for one webhook @\n", "remove one"},
      {R"({events: ["model_version_created"], job_spec: {job_id: "1"}})", "error: Misspelt event name @events\n",
       R"(Did you mean "MODEL_VERSION_CREATED"?)"},
      {R"({events: ["MODEL_VERSION_CREATE"], job_spec: {job_id: "1"}})", "error: Misspelt event name @events\n",
       R"(Did you mean "MODEL_VERSION_CREATED"?)"},
      {R"({events: ["a b"], job_spec: {job_id: "1"}})", "error: Malformed event name @events\n", "capital letters"},
      {R"({events: ["REGISTERED_MODEL_CREATED"], model_name: "m", job_spec: {job_id: "1"}})",
       "error: Event does not fit a model's webhook @events\n", "remove model_name"},
      {R"({events: ["COMMENT_CREATED"], model_name: "m", registry_webhook: true, job_spec: {job_id: "1"}})",
       "error: registry_webhook contradicts model_name @registry_webhook\n", "Remove one"},
      {R"({events: ["COMMENT_CREATED"], registry_webhook: false, job_spec: {job_id: "1"}})",
       "error: registry_webhook contradicts model_name @registry_webhook\n", "Set model_name"},
      {R"({events: ["COMMENT_CREATED"], model_name: " ", job_spec: {job_id: "1"}})",
       "error: Empty model name @model_name\n", "set it to null"},
      {R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "http://example.com"}})",
       "error: Unusable URL @http_url_spec.url\n", "must begin with https://"},
      {R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https:///path"}})",
       "error: Unusable URL @http_url_spec.url\n", "names no host"},
      {R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://a b/"}})",
       "error: Unusable URL @http_url_spec.url\n", "blanks"},
      {R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "example.com"}})",
       "error: Unusable URL @http_url_spec.url\n", "must begin with https://"},
      {R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "12a"}})", "error: Unusable job id @job_spec.job_id\n",
       "digits"},
      {R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1", workspace_url: "x.com"}})",
       "error: Unusable URL @job_spec.workspace_url\n", "https://"},
  };
  for (const BadCase& c : kCases) {
    const tfcpp::Diagnostics diagnostics = Check(c.config);
    EXPECT_EQ(Summaries(diagnostics), c.diagnostics) << c.config;
    ASSERT_FALSE(diagnostics.empty()) << c.config;
    EXPECT_THAT(diagnostics.items()[0].detail, HasSubstr(c.detail)) << c.config;
  }
}

TEST(ValidateWebhookTest, RefusesNoEventsAndOtherStates) {
  EXPECT_THAT(Summaries(Check(R"({events: [], job_spec: {job_id: "1"}})")), HasSubstr("@events"));
  for (const char* status : {"active", "PAUSED"}) {
    const auto diagnostics =
        Check(std::string(R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1"}, status: ")") + status + "\"}");
    ASSERT_EQ(diagnostics.items().size(), 1u) << status;
    EXPECT_EQ(diagnostics.items()[0].path.ToString(), "status");
    for (const char* value : {"ACTIVE", "DISABLED", "TEST_MODE"}) {
      EXPECT_THAT(diagnostics.items()[0].detail, HasSubstr(value));
    }
  }
}

TEST(ValidateWebhookTest, TheNameOfAnotherProviderIsAlwaysRefused) {
  const struct {
    const char* member;
    bool refused;
  } kRows[] = {
      {R"(authorization: "Bearer t")", true},
      {R"(authorization: "")", true},
      {R"(authorization: "Bearer t", authorization_header: "Bearer t")", true},
      {R"(authorization: "Bearer t", authorization_header_wo: "Bearer t")", true},
      {"authorization: null", false},
      {R"(authorization: null, authorization_header: "Bearer t")", false},
      {"authorization: ?", false},  // it may turn out null
  };
  for (const auto& row : kRows) {
    const auto diagnostics =
        Check(std::string(R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", )") + row.member + "}}");
    EXPECT_EQ(Summaries(diagnostics), row.refused ? "error: authorization is called authorization_header here @\n" : "")
        << row.member;
    for (const tfcpp::Diagnostic& item : diagnostics.items()) {
      EXPECT_THAT(item.detail, HasSubstr("authorization_header_wo"));
    }
  }
}

// A path makes Terraform print the line it points to, so what may be a secret has none, and no text repeats
// it.
TEST(ValidateWebhookTest, NeverShowsWhatMayBeASecret) {
  const char* const kConfigs[] = {
      R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://user:canary@example.com/"}})",
      R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", authorization_header: "canary\n"}})",
      R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", authorization_header: ""}})",
      R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", secret: "canary\t"}})",
      R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "1", access_token: "canary\r"}})",
      R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", authorization: "canary"}})",
  };
  const char* const kNames[] = {"http_url_spec.url",
                                "http_url_spec.authorization_header",
                                "http_url_spec.authorization_header",
                                "http_url_spec.secret",
                                "job_spec.access_token",
                                "http_url_spec.authorization "};
  for (std::size_t i = 0; i < std::size(kConfigs); ++i) {
    const auto diagnostics = Check(kConfigs[i]);
    ASSERT_EQ(diagnostics.items().size(), 1u) << kConfigs[i];
    const tfcpp::Diagnostic& item = diagnostics.items()[0];
    EXPECT_TRUE(item.path.empty()) << kConfigs[i];
    EXPECT_THAT(item.summary + item.detail, HasSubstr(kNames[i]));
    EXPECT_THAT(item.summary + item.detail, Not(HasSubstr("canary")));
  }
}

}  // namespace
}  // namespace mlflow
