#include "provider/registry_webhook/model.h"

#include <gtest/gtest.h>

#include "provider/registry_webhook/secrets.h"
#include "unit/provider/registry_webhook/cases.h"

namespace mlflow {
namespace {

using tfcpp::Secret;
using tfcpp::databricks::RegistryWebhook;
using tfcpp::databricks::RegistryWebhookInput;

TEST(FormatTimestampTest, IsRfc3339InUtcWithMilliseconds) {
  EXPECT_EQ(FormatTimestamp(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(FormatTimestamp(1'767'225'599'042), "2025-12-31T23:59:59.042Z");
  EXPECT_EQ(FormatTimestamp(951'782'400'000), "2000-02-29T00:00:00.000Z");
  EXPECT_EQ(FormatTimestamp(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(FormatTimestamp(INT64_MAX), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(FormatTimestamp(1'767'225'599'042'000), "9999-12-31T23:59:59.999Z");  // of a service that counts finer
  EXPECT_EQ(FormatTimestamp(INT64_MIN), "0000-01-01T00:00:00.000Z");
}

TEST(SecretsOfTest, FindsEachOfThem) {
  const auto revealed = [](std::string_view config) {
    std::string text;
    for (const Secret& secret : SecretsOf(WebhookSecrets(), Config(config))) text += secret.Reveal() + " ";
    return text;
  };
  EXPECT_EQ(revealed(R"({http_url_spec: {url: "u", authorization_header: "a", authorization_header_wo: "b", secret: "c",
                         secret_wo: "d"}})"),
            "a b c d ");
  EXPECT_EQ(revealed(R"({job_spec: {job_id: "1", access_token: "e", access_token_wo: "f"}})"), "e f ");
  EXPECT_EQ(revealed(R"({http_url_spec: {url: "u", secret: "c"}})"), "c ");
  EXPECT_EQ(revealed(R"({http_url_spec: {url: "u", secret: ?}})"), "");
  EXPECT_EQ(revealed(R"({id: "7"})"), "");
}

TEST(ToStateTest, TakesWhatTheServiceReturns) {
  RegistryWebhook webhook;
  webhook.id = "7";
  webhook.events = {"B", "A", "B"};
  webhook.http_url_spec = RegistryWebhook::HttpUrlSpec{"https://x", false};
  EXPECT_EQ(ToState(webhook),
            Config(R"({id: "7", events: ["A", "B"], registry_webhook: true, description: "", status: "ACTIVE",
                       http_url_spec: {url: "https://x", enable_ssl_verification: false},
                       created_at: null, updated_at: null})"));
  webhook.model_name = "m";
  webhook.status = "DISABLED";
  webhook.http_url_spec.reset();
  webhook.job_spec = RegistryWebhook::JobSpec{"12", ""};
  webhook.creation_timestamp = 1'767'225'599'042;
  EXPECT_EQ(ToState(webhook),
            Config(R"({id: "7", events: ["A", "B"], model_name: "m", registry_webhook: false, description: "",
                       status: "DISABLED", job_spec: {job_id: "12"},
                       created_at: "2025-12-31T23:59:59.042Z", updated_at: null})"));
}

constexpr char kBase[] = R"({events: ["A"], description: "d", status: "ACTIVE",
    http_url_spec: {url: "https://x", enable_ssl_verification: true, authorization_header: "h", secret: "s"}})";

tfcpp::Value HttpSpec(std::string_view text) {
  return tfcpp::V(text, Webhook().schema.ImpliedType().attributes().at("http_url_spec"));
}
tfcpp::Value JobSpec(std::string_view text) {
  return tfcpp::V(text, Webhook().schema.ImpliedType().attributes().at("job_spec"));
}

TEST(ToUpdateInputTest, NamesChangedMembersOnly) {
  const auto prior = Config(kBase);
  EXPECT_TRUE(IsEmpty(ToUpdateInput(prior, prior, Secret())));

  const auto described = ToUpdateInput(prior, prior.With("description", tfcpp::Value::String("")), Secret());
  EXPECT_EQ(described.description, "");
  EXPECT_FALSE(described.events || described.status || described.http_url_spec || described.job_spec);

  const auto disabled = ToUpdateInput(prior, prior.With("status", tfcpp::Value::String("DISABLED")), Secret());
  EXPECT_EQ(disabled.status, "DISABLED");
  EXPECT_FALSE(disabled.events || disabled.description || disabled.http_url_spec);
}

TEST(ToUpdateInputTest, SendsAChangedSpecWholeWithItsSecrets) {
  const auto prior = Config(kBase);
  const auto planned = prior.With(
      "http_url_spec",
      HttpSpec(R"({url: "https://y", enable_ssl_verification: false, authorization_header: "h", secret: null})"));
  const auto input = ToUpdateInput(prior, planned, Secret());
  ASSERT_TRUE(input.http_url_spec.has_value());
  EXPECT_EQ(input.http_url_spec->url, "https://y");
  EXPECT_FALSE(input.http_url_spec->enable_ssl_verification);
  EXPECT_EQ(input.http_url_spec->authorization, Secret("h"));
  EXPECT_EQ(input.http_url_spec->secret, Secret(""));  // was set and no longer is

  const auto never_set = prior.With("http_url_spec", HttpSpec(R"({url: "https://x", enable_ssl_verification: true})"));
  const auto other_url = prior.With("http_url_spec", HttpSpec(R"({url: "https://z", enable_ssl_verification: true})"));
  const auto bare = ToUpdateInput(never_set, other_url, Secret());
  EXPECT_FALSE(bare.http_url_spec->authorization.has_value());
  EXPECT_FALSE(bare.http_url_spec->secret.has_value());
}

TEST(ToUpdateInputTest, LendsATokenToAJobWithoutOne) {
  const auto prior =
      Config(R"({events: ["A"], description: "", status: "ACTIVE"})")
          .With("job_spec", JobSpec(R"({job_id: "1", access_token: "own", workspace_url: "https://w"})"));
  const auto planned = prior.With("job_spec", JobSpec(R"({job_id: "2"})"));
  const auto input = ToUpdateInput(prior, planned, Secret("lent"));
  EXPECT_EQ(input.job_spec->access_token, Secret("lent"));
  EXPECT_EQ(input.job_spec->workspace_url, "");  // was set and no longer is
  const auto kept =
      prior.With("job_spec", JobSpec(R"({job_id: "3", access_token: "own", workspace_url: "https://w"})"));
  EXPECT_EQ(ToUpdateInput(prior, kept, Secret("lent")).job_spec->access_token, Secret("own"));
}

TEST(ToCreateInputTest, LeavesOutWhatIsNotSet) {
  const auto planned = Config(R"({events: ["B", "A"], model_name: "m", description: "", status: "ACTIVE"})")
                           .With("job_spec", JobSpec(R"({job_id: "1"})"));
  const RegistryWebhookInput input = ToCreateInput(planned, Secret("lent"));
  EXPECT_EQ(input.events, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(input.model_name, "m");
  EXPECT_FALSE(input.description.has_value());
  EXPECT_EQ(input.job_spec->access_token, Secret("lent"));
  EXPECT_FALSE(input.job_spec->workspace_url.has_value());
  EXPECT_FALSE(ToCreateInput(planned, Secret()).job_spec->access_token.has_value());
}

}  // namespace
}  // namespace mlflow
