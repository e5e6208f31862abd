#include "provider/registry_webhook/model.h"

#include <gtest/gtest.h>

#include "provider/registry_webhook/secrets.h"
#include "provider/registry_webhook/webhook.h"
#include "tfcpp/fields/field.h"
#include "unit/provider/registry_webhook/cases.h"

namespace mlflow {
namespace {

using tfcpp::Json;
using tfcpp::Secret;
using tfcpp::Value;

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

constexpr char kBase[] = R"({events: ["A"], description: "d", status: "ACTIVE",
    http_url_spec: {url: "https://x", enable_ssl_verification: true, authorization_header: "h", secret: "s"}})";

Value HttpSpec(std::string_view text) {
  return tfcpp::V(text, Webhook().schema.ImpliedType().attributes().at("http_url_spec"));
}
Value JobSpec(std::string_view text) {
  return tfcpp::V(text, Webhook().schema.ImpliedType().attributes().at("job_spec"));
}

std::string Create(const Value& planned, const char* lent = "") {
  return Json::Object(ToCreate(planned, Secret(lent))).Write();
}
std::string Update(const Value& prior, const Value& planned, const char* lent = "") {
  return Json::Object(ToUpdate(prior, planned, Secret(lent))).Write();
}

TEST(ToUpdateTest, NamesChangedMembersOnly) {
  const Value prior = Config(kBase);
  EXPECT_EQ(Update(prior, prior), "{}");
  EXPECT_EQ(Update(prior, prior.With("description", Value::String(""))), R"({"description":""})");
  EXPECT_EQ(Update(prior, prior.With("status", Value::String("DISABLED"))), R"({"status":"DISABLED"})");
}

// A state that was moved, or edited by hand, has nulls where a default stands otherwise.
TEST(ToUpdateTest, ANullThatBecomesAValueIsSent) {
  const Value planned = Config(kBase).With("description", Value::String(""));
  for (const tfcpp::fields::Row& row : tfcpp::fields::FieldsOf<RegistryWebhook>()) {
    if (row.wire.name.empty() || row.wire.sent != tfcpp::fields::Sent::kWhenChanged) continue;
    const std::string& name = row.attribute.name;
    if (planned.Get(name).is_null()) continue;
    const Value prior = planned.With(name, Value::Null(row.type));
    EXPECT_TRUE(Json::Parse(Update(prior, planned))->Find(row.wire.name) != nullptr) << name;
  }
  const Value spec = planned.Get("http_url_spec");
  for (const auto& [name, value] : spec.Entries()) {
    if (value.is_null()) continue;
    const Value prior = planned.With("http_url_spec", spec.With(name, Value::Null(value.type())));
    EXPECT_TRUE(Json::Parse(Update(prior, planned))->Find("http_url_spec") != nullptr) << name;
  }
}

TEST(ToUpdateTest, SendsAChangedSpecWholeWithItsSecrets) {
  const Value prior = Config(kBase);
  const Value planned = prior.With(
      "http_url_spec",
      HttpSpec(R"({url: "https://y", enable_ssl_verification: false, authorization_header: "h", secret: null})"));
  // The secret was set and no longer is.
  EXPECT_EQ(Update(prior, planned),
            R"({"http_url_spec":{"url":"https://y","enable_ssl_verification":false,"authorization":"h","secret":""}})");
  const Value never_set = prior.With("http_url_spec", HttpSpec(R"({url: "https://x", enable_ssl_verification: true})"));
  const Value other_url = prior.With("http_url_spec", HttpSpec(R"({url: "https://z", enable_ssl_verification: true})"));
  EXPECT_EQ(Update(never_set, other_url), R"({"http_url_spec":{"url":"https://z","enable_ssl_verification":true}})");
}

TEST(ToUpdateTest, LendsATokenToAJobWithoutOne) {
  const Value prior =
      Config(R"({events: ["A"], description: "", status: "ACTIVE"})")
          .With("job_spec", JobSpec(R"({job_id: "1", access_token: "own", workspace_url: "https://w"})"));
  const Value planned = prior.With("job_spec", JobSpec(R"({job_id: "2"})"));
  // The address was set and no longer is.
  EXPECT_EQ(Update(prior, planned, "lent"), R"({"job_spec":{"job_id":"2","access_token":"lent","workspace_url":""}})");
  EXPECT_EQ(Update(prior, planned), R"({"job_spec":{"job_id":"2","access_token":"","workspace_url":""}})");
  const Value kept =
      prior.With("job_spec", JobSpec(R"({job_id: "3", access_token: "own", workspace_url: "https://w"})"));
  EXPECT_EQ(Update(prior, kept, "lent"),
            R"({"job_spec":{"job_id":"3","access_token":"own","workspace_url":"https://w"}})");
  EXPECT_EQ(Update(planned, planned.With("status", Value::String("DISABLED")), "lent"), R"({"status":"DISABLED"})")
      << "a loan by itself sends nothing";
}

TEST(ToCreateTest, LeavesOutWhatIsNotSet) {
  const Value planned = Config(R"({events: ["B", "A"], model_name: "m", description: "", status: "ACTIVE"})")
                            .With("job_spec", JobSpec(R"({job_id: "1"})"));
  EXPECT_EQ(
      Create(planned, "lent"),
      R"({"events":["A","B"],"model_name":"m","status":"ACTIVE","job_spec":{"job_id":"1","access_token":"lent"}})");
  EXPECT_EQ(Create(planned), R"({"events":["A","B"],"model_name":"m","status":"ACTIVE","job_spec":{"job_id":"1"}})");
  EXPECT_EQ(
      Create(Config(kBase)),
      R"({"events":["A"],"description":"d","status":"ACTIVE","http_url_spec":{"url":"https://x","enable_ssl_verification":true,"authorization":"h","secret":"s"}})");
}

}  // namespace
}  // namespace mlflow
