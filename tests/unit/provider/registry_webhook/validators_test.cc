// What a person gets to read for each kind of bad input, as `terraform validate` asks for it.
#include "provider/registry_webhook/validators.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/validate.h"
#include "unit/provider/registry_webhook/cases.h"

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
      {R"({events: ["model_version.created"], job_spec: {job_id: "1"}})", "error: Event of another service @events\n",
       "whose webhooks are mlflow_server_webhook; the Databricks Model Registry calls it \"MODEL_VERSION_CREATED\"."},
      {R"({events: ["prompt.created"], job_spec: {job_id: "1"}})", "error: Event of another service @events\n",
       "whose webhooks are mlflow_server_webhook."},
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
      {R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://"}})", "error: Unusable URL @http_url_spec.url\n",
       "names no host"},
      {R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https:///path"}})", "error: Unusable URL @\n",
       "names no host"},
      {R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://a b/"}})", "error: Unusable URL @\n", "blanks"},
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

struct ValueCase {
  const char* value;
  const char* words;  // of the detail; empty: accepted
};

TEST(ValidateWebhookTest, JobIdsAreNumbersAsTheServiceWritesThem) {
  const ValueCase kCases[] = {
      {"1", ""},
      {"7163520", ""},
      {"9223372036854775807", ""},
      {"9223372036854775808", "at most 9223372036854775807"},
      {"99999999999999999999", "up to 19 digits"},
      {"007", "no zero before them"},
      {"0", "no zero before them"},
      {"", "digits"},
      {"-1", "digits"},
      {"+1", "digits"},
      {" 1", "digits"},
      {"1 ", "digits"},
      {"1.0", "digits"},
      {"0x10", "digits"},
      {"\xd9\xa1", "digits"},
      {"12a", "digits"},
  };
  for (const ValueCase& c : kCases) {
    const auto diagnostics =
        Check(std::string(R"({events: ["COMMENT_CREATED"], job_spec: {job_id: ")") + c.value + R"("}})");
    ASSERT_EQ(diagnostics.items().size(), *c.words == '\0' ? 0u : 1u) << c.value;
    if (*c.words == '\0') continue;
    EXPECT_EQ(diagnostics.items()[0].path.ToString(), "job_spec.job_id");
    // Also the blanks at its ends, where they are what is wrong.
    const std::string shown = tfcpp::Concat("\"", c.value, "\"");
    EXPECT_THAT(diagnostics.items()[0].detail, testing::AllOf(HasSubstr(c.words), HasSubstr(shown)));
  }
}

// Of a URL, scheme and host are shown at most; canary stands where a secret may.
TEST(ValidateWebhookTest, UrlsSayWhatIsWrongAndShowNoSecret) {
  const struct {
    const char* url;
    const char* words;  // empty: accepted
    const char* shown;  // empty: nothing
  } kCases[] = {
      {"https://example.com/canary?canary#canary", "", ""},
      {"https://xn--bcher-kva.example:8443", "", ""},
      {"https://[2001:db8::1]:8443/canary", "", ""},
      {"https://EXAMPLE.com", "", ""},
      {"HTTPS://example.com/canary", "small letters", "of HTTPS://example.com,"},
      {"Https://example.com:8443/canary", "small letters", "of Https://example.com,"},
      {"http://example.com/canary", "must begin with https://", "of http://example.com,"},
      {"ftp://[::1]/canary", "must begin with https://", "of ftp://[::1],"},
      {"canary canary://example.com", "blanks", ""},
      {"example.com/canary", "must begin with https://", ""},
      {"canary?u=https://example.com", "must begin with https://", ""},
      {"https://example.com/ canary", "blanks", "of https://example.com,"},
      {"https://example.com/\\ncanary", "control characters", "of https://example.com,"},
      {"https://example.com canary/", "blanks", ""},
      {"https://user:canary@example.com/", "user name or password", ""},
      {"http://canary@example.com/", "user name or password", ""},
      {"https://https://example.com/canary", "once", ""},
      {"https:/example.com/canary", "must begin with https://", ""},
      {"https://b\xc3\xbc"
       "cher.example/canary",
       "punycode", ""},
      {"https:///canary", "names no host", ""},
      {"https://:443/canary", "names no host", ""},
      {"https://[::1/canary", "no usable host", ""},
      {"https://example.com:0/canary", "port", ""},
      {"https://example.com:canary/", "port", ""},
      {"https://example..com/canary", "no usable host", ""},
      {"", "must begin with https://", ""},
  };
  const char* const kAttributes[] = {"http_url_spec: {url: \"", "job_spec: {job_id: \"1\", workspace_url: \""};
  for (const char* attribute : kAttributes) {
    for (const auto& c : kCases) {
      const auto diagnostics = Check(std::string(R"({events: ["COMMENT_CREATED"], )") + attribute + c.url + "\"}}");
      ASSERT_EQ(diagnostics.items().size(), *c.words == '\0' ? 0u : 1u) << c.url;
      if (*c.words == '\0') continue;
      const tfcpp::Diagnostic& item = diagnostics.items()[0];
      EXPECT_EQ(item.summary, "Unusable URL") << c.url;
      EXPECT_THAT(item.detail, testing::AllOf(HasSubstr(c.words), HasSubstr(c.shown), Not(HasSubstr("canary"))))
          << c.url;
      if (*c.shown == '\0') {
        EXPECT_THAT(item.detail, Not(HasSubstr(", of "))) << c.url;
      }
      // Terraform prints the line that a path leads to.
      const bool is_telling = attribute == kAttributes[0] ? std::string_view(c.url).find("canary") != std::string::npos
                                                          : std::string_view(c.url).find('@') != std::string::npos;
      EXPECT_EQ(item.path.empty(), is_telling) << c.url;
    }
  }
}

// Terraform prints the line that a path leads to, and an object may stand in one with its secrets.
TEST(ValidateWebhookTest, NoPathLeadsToTheLineOfASecret) {
  const struct {
    const char* spec;
    const char* path;
  } kCases[] = {
      {R"(job_spec: {job_id: "12a"})", "job_spec.job_id"},
      {R"(job_spec: {job_id: "12a", access_token: ?})", "job_spec.job_id"},
      {R"(job_spec: {job_id: "12a", access_token: "canary"})", ""},
      {R"(job_spec: {job_id: "12a", access_token_wo: "canary"})", ""},
      {R"(job_spec: {job_id: "1", workspace_url: "x.com", access_token: "canary"})", ""},
      {R"(job_spec: {access_token: "canary"})", ""},
      {R"(http_url_spec: {url: "http://example.com"})", "http_url_spec.url"},
      {R"(http_url_spec: {url: "http://example.com", secret: "canary"})", ""},
      {R"(http_url_spec: {url: "http://example.com", authorization_header_wo: "canary"})", ""},
      {R"(http_url_spec: {url: "http://example.com/canary"})", ""},
  };
  for (const auto& c : kCases) {
    const auto diagnostics = Check(tfcpp::Concat(R"({events: ["COMMENT_CREATED"], )", c.spec, "}"));
    ASSERT_EQ(diagnostics.items().size(), 1u) << c.spec;
    EXPECT_EQ(diagnostics.items()[0].path.ToString(), c.path) << c.spec;
  }
}

// An empty variable in "Bearer ${var.token}", or in place of the whole secret.
TEST(ValidateWebhookTest, SecretsAreMoreThanBlanksAndAScheme) {
  for (const char* value : {"Bearer ", "Bearer", "bearer  ", "BASIC ", " Basic", "ApiKey "}) {
    for (const char* name : {"authorization_header", "authorization_header_wo"}) {
      const auto diagnostics =
          Check(std::string(R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", )") + name + ": \"" +
                value + "\"}}");
      ASSERT_EQ(diagnostics.items().size(), 1u) << value;
      EXPECT_TRUE(diagnostics.items()[0].path.empty());
      EXPECT_THAT(diagnostics.items()[0].detail, HasSubstr(std::string("http_url_spec.") + name + " has a scheme"));
    }
  }
  for (const char* value : {"Bearer x", "Basic eA==", "raw-token", "bearer:x", "Digest a=b, c=d"}) {
    EXPECT_TRUE(Check(std::string(R"({events: ["COMMENT_CREATED"], http_url_spec: {url: "https://x", )") +
                      "authorization_header: \"" + value + "\"}}")
                    .empty())
        << value;
  }
  const std::pair<const char*, const char*> kSecrets[] = {
      {"http_url_spec: {url: \"https://x\"", "authorization_header"},
      {"http_url_spec: {url: \"https://x\"", "secret"},
      {"http_url_spec: {url: \"https://x\"", "authorization_header_wo"},
      {"http_url_spec: {url: \"https://x\"", "secret_wo"},
      {"job_spec: {job_id: \"1\"", "access_token"},
      {"job_spec: {job_id: \"1\"", "access_token_wo"}};
  for (const auto& [spec, name] : kSecrets) {
    for (const char* value : {"", " ", "    "}) {
      const auto diagnostics =
          Check(std::string(R"({events: ["COMMENT_CREATED"], )") + spec + ", " + name + ": \"" + value + "\"}}");
      ASSERT_EQ(diagnostics.items().size(), 1u) << name;
      EXPECT_TRUE(diagnostics.items()[0].path.empty());
      EXPECT_THAT(diagnostics.items()[0].detail, HasSubstr(*value == '\0' ? "empty string" : "only blanks")) << name;
    }
  }
}

// A path makes Terraform print the line it points to, so what may be a secret has none, and no text repeats it.
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
