// Every member of a webhook, in every form: the documented one and what counts as such, and the misfits.
#include "databricks/webhook_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tfcpp::databricks {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::StartsWith;

constexpr char kWhole[] =
    R"({"id": "7", "events": ["B", "A"], "model_name": "m", "description": "d", "status": "DISABLED",
        "http_url_spec": {"url": "https://x", "enable_ssl_verification": false},
        "creation_timestamp": 1767225599042, "last_updated_timestamp": 1767225599043})";

RegistryWebhook Whole() {
  return {"7",          {"A", "B"},    "m",          "d", "DISABLED", RegistryWebhook::HttpUrlSpec{"https://x", false},
          std::nullopt, 1767225599042, 1767225599043};
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

TEST(WebhookReaderTest, ReadsTheDocumentedForm) {
  EXPECT_EQ(std::get<RegistryWebhook>(ReadWebhook(Json::Parse(kWhole).value())), Whole());
  const auto same = [](RegistryWebhook&) {};
  const auto registry_wide = [](RegistryWebhook& w) { w.model_name = ""; };
  const auto undescribed = [](RegistryWebhook& w) { w.description = ""; };
  const auto active = [](RegistryWebhook& w) { w.status = "ACTIVE"; };
  const auto verified = [](RegistryWebhook& w) { w.http_url_spec->enable_ssl_verification = true; };
  const auto not_created = [](RegistryWebhook& w) { w.creation_timestamp.reset(); };
  const auto not_updated = [](RegistryWebhook& w) { w.last_updated_timestamp.reset(); };
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
      {"creation_timestamp", "1262304000000", [](auto& w) { w.creation_timestamp = 1262304000000; }},
      {"creation_timestamp", "253402300799999", [](auto& w) { w.creation_timestamp = 253402300799999; }},
      {"last_updated_timestamp", "", not_updated},
      {"last_updated_timestamp", "null", not_updated},
      {"last_updated_timestamp", R"("1767225599043")", same},
      {"user_id", R"({"a": [1]})", same},
  };
  for (const GoodCase& c : kCases) {
    const auto read = ReadWebhook(With(c.member, c.form));
    ASSERT_TRUE(std::holds_alternative<RegistryWebhook>(read))
        << c.member << " " << c.form << ": " << std::get<RegistryWebhookMisfit>(read).what;
    RegistryWebhook expected = Whole();
    c.change(expected);
    EXPECT_EQ(std::get<RegistryWebhook>(read), expected) << c.member << " " << c.form;
  }
}

constexpr char kJob[] = R"({"id": "7", "events": ["A"], "job_spec": {"job_id": "12", "workspace_url": "https://w"}})";

TEST(WebhookReaderTest, ReadsAJob) {
  const RegistryWebhook job{.id = "7", .events = {"A"}, .job_spec = RegistryWebhook::JobSpec{"12", "https://w"}};
  EXPECT_EQ(std::get<RegistryWebhook>(ReadWebhook(Json::Parse(kJob).value())), job);
  for (const char* form : {R"({"job_id": "12"})", R"({"job_id": "12", "workspace_url": null})",
                           R"({"job_id": "12", "workspace_url": ""})"}) {
    const auto read = ReadWebhook(With("job_spec", form, kJob));
    EXPECT_EQ(std::get<RegistryWebhook>(read).job_spec->workspace_url, "") << form;
  }
}

struct BadCase {
  const char* text;
  const char* member;
  std::vector<std::string> forms;  // an empty one: absent
  const char* unread;
};

TEST(WebhookReaderTest, NamesEveryMisfit) {
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
      {kWhole, "http_url_spec", {"", "null", R"("x")", "7", "[]", "true", "{}"}, "target"},
      {kWhole, "http_url_spec", {R"({"url": null})", R"({"url": ""})", R"({"url": 7})", R"({"url": {}})"}, "target"},
      {kWhole,
       "http_url_spec",
       {R"({"url": "u", "enable_ssl_verification": "false"})", R"({"url": "u", "enable_ssl_verification": 0})",
        R"({"url": "u", "enable_ssl_verification": []})"},
       "target"},
      {kWhole, "job_spec", {"{}", R"({"job_id": "1"})", R"("x")", "7", "[]"}, "target"},
      {kJob, "job_spec", {"", "null", R"("x")", "7", "[]", "{}"}, "target"},
      {kJob, "job_spec", {R"({"job_id": null})", R"({"job_id": ""})", R"({"job_id": 12})"}, "target"},
      {kJob,
       "job_spec",
       {R"({"job_id": "1", "workspace_url": 7})", R"({"job_id": "1", "workspace_url": {}})"},
       "target"},
      {kWhole, "creation_timestamp", no_time, "creation_timestamp"},
      {kWhole, "last_updated_timestamp", no_time, "last_updated_timestamp"},
  };
  for (const BadCase& c : kCases) {
    for (const std::string& form : c.forms) {
      const auto read = ReadWebhook(With(c.member, form, c.text));
      ASSERT_TRUE(std::holds_alternative<RegistryWebhookMisfit>(read)) << c.member << ": " << form;
      const auto& misfit = std::get<RegistryWebhookMisfit>(read);
      EXPECT_THAT(misfit.what, AnyOf(StartsWith(c.member), StartsWith("the target"))) << form;
      EXPECT_THAT(misfit.unread, ElementsAre(c.unread)) << form;
      EXPECT_EQ(misfit.readable.id, c.unread == std::string("id") ? "" : "7") << form;
    }
  }
}

TEST(WebhookReaderTest, NamesAllThatIsWrong) {
  const auto read = ReadWebhook(Json::Parse(R"({"id": "7", "events": "x", "status": 7, "job_spec": {}})").value());
  EXPECT_EQ(std::get<RegistryWebhookMisfit>(read).what,
            "events is no array; status is no text; job_spec.job_id is missing");
  for (const char* entry : {"7", "null", "[]", R"("x")", "true"}) {
    const auto odd = ReadWebhook(Json::Parse(entry).value());
    EXPECT_EQ(std::get<RegistryWebhookMisfit>(odd).unread.size(), 8u) << entry;
  }
}

}  // namespace
}  // namespace tfcpp::databricks
