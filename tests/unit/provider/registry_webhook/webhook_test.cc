// Every member of a webhook, in every form: the documented one and what counts as such, and the misfits.
#include "provider/registry_webhook/webhook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tfcpp/base/strings.h"
#include "unit/provider/registry_webhook/cases.h"

namespace mlflow {
namespace {

using ::testing::AnyOf;
using ::testing::StartsWith;
using tfcpp::Json;

std::variant<RegistryWebhook, RegistryWebhookMisfit> Read(const Json& json) {
  static const tfcpp::rest::KnownSecrets kSecrets{{tfcpp::Secret("known-canary")}};
  return ReadWebhook(json, kSecrets);
}

constexpr char kWhole[] =
    R"({"id": "7", "events": ["B", "A"], "model_name": "m", "description": "d", "status": "DISABLED",
        "http_url_spec": {"url": "https://x", "enable_ssl_verification": false},
        "creation_timestamp": 1767225599042, "last_updated_timestamp": 1767225599043})";

RegistryWebhook Whole() {
  return {.id = "7",
          .events = {"A", "B"},
          .model_name = "m",
          .description = "d",
          .status = "DISABLED",
          .http_url_spec = HttpUrlSpec{.url = "https://x", .enable_ssl_verification = false},
          .created_at = {1767225599042},
          .updated_at = {1767225599043}};
}

// `text` with one member in another form; without it where `form` is empty.
Json With(const std::string& member, const std::string& form, const char* text = kWhole) {
  Json::Members members;
  const Json whole = Json::Parse(text).value();
  for (const auto& [name, value] : whole.members()) {
    if (name != member) members.emplace_back(name, value);
  }
  if (!form.empty()) members.emplace_back(member, Json::Parse(form).value());
  return Json::Object(std::move(members));
}

struct GoodCase {
  const char* member;
  const char* form;  // empty: absent
  std::function<void(RegistryWebhook&)> change;
};

TEST(ReadWebhookTest, ReadsTheDocumentedForm) {
  EXPECT_EQ(std::get<RegistryWebhook>(Read(Json::Parse(kWhole).value())), Whole());
  const auto same = [](RegistryWebhook&) {};
  const auto registry_wide = [](RegistryWebhook& w) { w.model_name.reset(); };
  const auto undescribed = [](RegistryWebhook& w) { w.description = ""; };
  const auto active = [](RegistryWebhook& w) { w.status = "ACTIVE"; };
  const auto verified = [](RegistryWebhook& w) { w.http_url_spec->enable_ssl_verification = true; };
  const auto not_created = [](RegistryWebhook& w) { w.created_at = {}; };
  const auto not_updated = [](RegistryWebhook& w) { w.updated_at = {}; };
  const GoodCase kCases[] = {
      {"events", R"(["A", "B", "A"])", same},
      {"events", R"(["NEW_EVENT"])", [](auto& w) { w.events = {"NEW_EVENT"}; }},
      {"model_name", "", registry_wide},
      {"model_name", "null", registry_wide},
      {"model_name", R"("")", registry_wide},
      {"description", "", undescribed},
      {"description", "null", undescribed},
      {"description", R"("")", undescribed},
      {"status", "", active},
      {"status", "null", active},
      {"status", R"("PAUSED")", [](auto& w) { w.status = "PAUSED"; }},
      {"http_url_spec", R"({"url": "https://x"})", verified},
      {"http_url_spec", R"({"url": "https://x", "enable_ssl_verification": null})", verified},
      {"http_url_spec", R"({"url": "https://x", "enable_ssl_verification": true, "new": {}})", verified},
      {"job_spec", "null", same},
      {"creation_timestamp", "", not_created},
      {"creation_timestamp", "null", not_created},
      {"creation_timestamp", "0", not_created},
      {"creation_timestamp", R"("1767225599042")", same},
      {"creation_timestamp", "1262304000000", [](auto& w) { w.created_at = {1262304000000}; }},
      {"creation_timestamp", "253402300799999", [](auto& w) { w.created_at = {253402300799999}; }},
      {"last_updated_timestamp", "", not_updated},
      {"last_updated_timestamp", "null", not_updated},
      {"last_updated_timestamp", R"("1767225599043")", same},
      {"user_id", R"({"a": [1]})", same},
  };
  for (const GoodCase& c : kCases) {
    const auto read = Read(With(c.member, c.form));
    ASSERT_TRUE(std::holds_alternative<RegistryWebhook>(read))
        << c.member << " " << c.form << ": " << std::get<RegistryWebhookMisfit>(read).what;
    RegistryWebhook expected = Whole();
    c.change(expected);
    EXPECT_EQ(std::get<RegistryWebhook>(read), expected) << c.member << " " << c.form;
  }
}

constexpr char kJob[] = R"({"id": "7", "events": ["A"], "job_spec": {"job_id": "12", "workspace_url": "https://w"}})";

TEST(ReadWebhookTest, ReadsAJob) {
  const RegistryWebhook job{.id = "7",
                            .events = {"A"},
                            .status = "ACTIVE",
                            .job_spec = JobSpec{.job_id = "12", .workspace_url = "https://w"}};
  EXPECT_EQ(std::get<RegistryWebhook>(Read(Json::Parse(kJob).value())), job);
  for (const char* form : {R"({"job_id": "12"})", R"({"job_id": "12", "workspace_url": null})",
                           R"({"job_id": "12", "workspace_url": ""})"}) {
    const auto read = Read(With("job_spec", form, kJob));
    EXPECT_EQ(std::get<RegistryWebhook>(read).job_spec->workspace_url, std::nullopt) << form;
  }
}

struct BadCase {
  const char* text;
  const char* member;
  std::vector<std::string> forms;  // an empty one: absent
  const char* unread;              // attributes, with a blank between
};

TEST(ReadWebhookTest, NamesEveryMisfit) {
  const std::vector<std::string> no_text = {"7", "true", "[]", "{}", "1.5"};
  const std::vector<std::string> no_name = {"", "null", R"("")", "7", "true", "[]", "{}"};
  const std::vector<std::string> no_time = {
      R"("abc")", R"("")", "1.5e12", "1.5", "100000000000000000", "253402300800000",        "1767225599", "1",
      "-1",       "true",  "[]",     "{}",  R"("1e12")",          "99999999999999999999999"};
  const BadCase kCases[] = {
      {kWhole, "id", no_name, "id"},
      {kWhole, "events", {"", "null", R"("A")", "7", "{}", "[]", "[7]", "[null]", R"([""])", R"(["A", {}])"}, "events"},
      {kWhole, "model_name", no_text, "model_name"},
      {kWhole, "description", no_text, "description"},
      {kWhole, "status", {"7", "true", "[]", "{}", R"("")"}, "status"},
      {kWhole, "http_url_spec", {"", "null"}, "http_url_spec job_spec"},
      {kWhole, "http_url_spec", {R"("x")", "7", "[]", "true", "{}"}, "http_url_spec"},
      {kWhole,
       "http_url_spec",
       {R"({"url": null})", R"({"url": ""})", R"({"url": 7})", R"({"url": {}})"},
       "http_url_spec"},
      {kWhole,
       "http_url_spec",
       {R"({"url": "u", "enable_ssl_verification": "false"})", R"({"url": "u", "enable_ssl_verification": 0})",
        R"({"url": "u", "enable_ssl_verification": []})"},
       "http_url_spec"},
      {kWhole, "job_spec", {"{}", R"({"job_id": "1"})", R"("x")", "7", "[]"}, "http_url_spec job_spec"},
      {kJob, "job_spec", {"", "null"}, "http_url_spec job_spec"},
      {kJob, "job_spec", {R"("x")", "7", "[]", "{}"}, "job_spec"},
      {kJob, "job_spec", {R"({"job_id": null})", R"({"job_id": ""})", R"({"job_id": 12})"}, "job_spec"},
      {kJob,
       "job_spec",
       {R"({"job_id": "1", "workspace_url": 7})", R"({"job_id": "1", "workspace_url": {}})"},
       "job_spec"},
      {kWhole, "creation_timestamp", no_time, "created_at"},
      {kWhole, "last_updated_timestamp", no_time, "updated_at"},
  };
  for (const BadCase& c : kCases) {
    for (const std::string& form : c.forms) {
      const auto read = Read(With(c.member, form, c.text));
      ASSERT_TRUE(std::holds_alternative<RegistryWebhookMisfit>(read)) << c.member << ": " << form;
      const auto& misfit = std::get<RegistryWebhookMisfit>(read);
      EXPECT_THAT(misfit.what, AnyOf(StartsWith(c.member), StartsWith("the target"))) << form;
      EXPECT_EQ(tfcpp::Join({misfit.unread.begin(), misfit.unread.end()}, " "), c.unread) << form;
      EXPECT_EQ(misfit.readable.id, c.member == std::string("id") ? "" : "7") << form;
    }
  }
}

// What the service never returns is null, and so is a time that it does not say.
TEST(WebhookTest, StatesHaveWhatTheServiceReturns) {
  RegistryWebhook webhook{.id = "7", .events = {"B", "A", "B"}, .status = "ACTIVE"};
  webhook.http_url_spec = HttpUrlSpec{.url = "https://x", .enable_ssl_verification = false};
  EXPECT_EQ(tfcpp::fields::ToState(webhook),
            Config(R"({id: "7", events: ["A", "B"], registry_webhook: true, description: "", status: "ACTIVE",
                       http_url_spec: {url: "https://x", enable_ssl_verification: false},
                       created_at: null, updated_at: null})"));
  webhook.model_name = "m";
  webhook.status = "DISABLED";
  webhook.http_url_spec.reset();
  webhook.job_spec = JobSpec{.job_id = "12"};
  webhook.created_at = {1'767'225'599'042};
  EXPECT_EQ(tfcpp::fields::ToState(webhook),
            Config(R"({id: "7", events: ["A", "B"], model_name: "m", registry_webhook: false, description: "",
                       status: "DISABLED", job_spec: {job_id: "12"},
                       created_at: "2025-12-31T23:59:59.042Z", updated_at: null})"));
}

TEST(ReadWebhookTest, AnIdThatMayNotBeShownIsNone) {
  for (const char* id : {"known-canary", "17-known-canary", "known%2Dcanary", "a3Nvd24ta25vd24tY2FuYXJ5", "nown-canary",
                         "6b6e6f776e2d63616e617279", "7\\u001b[2J", "7\\u202e", "7\\n8", " 7"}) {
    const auto read = Read(With("id", tfcpp::Concat("\"", id, "\"")));
    ASSERT_TRUE(std::holds_alternative<RegistryWebhookMisfit>(read)) << id;
    const auto& misfit = std::get<RegistryWebhookMisfit>(read);
    EXPECT_THAT(misfit.what, StartsWith("id cannot be shown")) << id;
    EXPECT_EQ(misfit.unread, std::set<std::string>{"id"}) << id;
    EXPECT_EQ(misfit.readable.id, "") << id;
    EXPECT_EQ(misfit.readable.events, Whole().events) << id;
  }
}

TEST(ReadWebhookTest, NamesAllThatIsWrong) {
  const auto read = Read(Json::Parse(R"({"id": "7", "events": "x", "status": 7, "job_spec": {}})").value());
  EXPECT_EQ(std::get<RegistryWebhookMisfit>(read).what,
            "events is no array; status is no text; job_spec.job_id is missing");
  for (const char* entry : {"7", "null", "[]", R"("x")", "true"}) {
    const auto odd = Read(Json::Parse(entry).value());
    const auto& unread = std::get<RegistryWebhookMisfit>(odd).unread;
    for (const tfcpp::Attribute& attribute : WebhookSchema().attributes) {
      // This one follows from model_name.
      EXPECT_EQ(unread.contains(attribute.name), attribute.name != "registry_webhook") << entry << attribute.name;
    }
  }
}

}  // namespace
}  // namespace mlflow
