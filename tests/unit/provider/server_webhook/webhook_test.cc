// A webhook of an MLflow server in the form of the API, and back: answers, misfits, requests.
#include "provider/server_webhook/webhook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "provider/server_webhook/model.h"
#include "unit/provider/server_webhook/server_cases.h"

namespace mlflow {
namespace {

using ::testing::ElementsAre;
using tfcpp::Json;
using tfcpp::Value;

// Of MLflow 3.17.2.
constexpr char kAnswer[] = R"({"webhook_id": "0f7d", "name": "n", "url": "https://x/y", "description": "d",
    "events": [{"action": "CREATED", "entity": "MODEL_VERSION"}, {"action": "SET", "entity": "MODEL_VERSION_TAG"}],
    "status": "DISABLED", "creation_timestamp": 1767225599042, "last_updated_timestamp": 1767225600000, "new": {}})";

Entry<ServerWebhook> ReadText(const std::string& text) {
  return ReadServerWebhook(Json::Parse(text).value(), tfcpp::rest::KnownSecrets());
}
std::string With(const std::string& member, const std::string& form) {
  Json::Members members;
  const Json whole = Json::Parse(kAnswer).value();
  for (const auto& [name, value] : whole.members()) {
    if (name != member) members.emplace_back(name, value);
  }
  if (!form.empty()) members.emplace_back(member, Json::Parse(form).value());
  return Json::Object(std::move(members)).Write();
}

TEST(ServerWebhookTest, ReadsWhatTheServerAnswers) {
  EXPECT_EQ(tfcpp::fields::ToState(std::get<ServerWebhook>(ReadText(kAnswer))),
            ServerConfig(R"({id: "0f7d", name: "n", url: "https://x/y", description: "d",
                events: ["model_version.created", "model_version_tag.set"], status: "DISABLED",
                created_at: "2025-12-31T23:59:59.042Z", updated_at: "2026-01-01T00:00:00.000Z"})"));
}

TEST(ServerWebhookTest, ReadsStrictly) {
  const struct {
    const char* member;
    const char* form;   // empty: absent
    const char* wrong;  // empty: nothing
  } kCases[] = {
      {"webhook_id", "", "webhook_id is missing"},
      {"webhook_id", "7", "webhook_id is no text"},
      {"webhook_id", R"("a\u001b[0m")", "id cannot be shown"},
      {"name", "", "name is missing"},
      {"name", R"("")", "name is empty"},
      {"url", "null", "url is missing"},
      {"events", "", "events is missing"},
      {"events", "[]", "events does not hold objects of entity and action"},
      {"events", "{}", "events is no array"},
      {"events", R"(["model_version.created"])", "events does not hold objects of entity and action"},
      {"events", R"([{"entity": "PROMPT"}])", "events does not hold objects of entity and action"},
      {"events", R"([{"entity": "PROMPT", "action": ""}])", "events does not hold objects of entity and action"},
      {"events", R"([{"entity": "NEWER", "action": "THING", "more": 1}])", ""},
      {"description", "", ""},
      {"description", "5", "description is no text"},
      {"status", R"("NEWER")", ""},
      {"status", "", "status is missing"},  // it would be taken for ACTIVE
      {"status", "null", "status is missing"},
      {"creation_timestamp", R"("1767225599042")", ""},
      {"creation_timestamp", "1767225599", "creation_timestamp is no time in milliseconds"},
      {"last_updated_timestamp", "", ""},
      {"secret", R"("never read")", ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.member) + " " + c.form);
    const auto entry = ReadText(With(c.member, c.form));
    const auto* misfit = std::get_if<ServerWebhookMisfit>(&entry);
    ASSERT_EQ(misfit != nullptr, *c.wrong != '\0');
    if (misfit == nullptr) continue;
    EXPECT_THAT(misfit->what, ::testing::StartsWith(c.wrong));
  }
}

TEST(ServerWebhookTest, ACreateSendsWhatIsSet) {
  EXPECT_EQ(Json::Object(ToServerCreate(ServerConfig(R"({id: ?, name: "n", url: "https://x",
                events: ["prompt_tag.set", "model_version.created"], description: "", status: "ACTIVE"})")))
                .Write(),
            R"({"name":"n","url":"https://x","events":[{"entity":"MODEL_VERSION","action":"CREATED"},)"
            R"({"entity":"PROMPT_TAG","action":"SET"}],"status":"ACTIVE"})");
}

// Before MLflow 3.16 a PATCH without a status switches the webhook on.
TEST(ServerWebhookTest, EveryUpdateSendsTheStatusAndOtherwiseWhatChanges) {
  const Value state = ServerConfig(kPlainState).With("description", Value::String("d"));
  const struct {
    const char* name;
    Value value;
    const char* body;
  } kCases[] = {
      {"name", Value::String("m"), R"({"name":"m","status":"ACTIVE"})"},
      {"url", Value::String("https://y"), R"({"url":"https://y","status":"ACTIVE"})"},
      {"events", Value::Set(tfcpp::Type::String(), {Value::String("prompt.created")}),
       R"({"events":[{"entity":"PROMPT","action":"CREATED"}],"status":"ACTIVE"})"},
      {"description", Value::String(""), R"({"description":"","status":"ACTIVE"})"},
      {"status", Value::String("DISABLED"), R"({"status":"DISABLED"})"},
      {"secret", Value::String("s"), R"({"status":"ACTIVE","secret":"s"})"},
      // Not the server's: nothing is sent.
      {"secret_wo_version", Value::Int(1), "{}"},
      {"workspace", Value::String("a"), "{}"},
      {"updated_at", Value::Unknown(tfcpp::Type::String()), "{}"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Json::Object(ToServerUpdate(state, state.With(c.name, c.value))).Write(), c.body) << c.name;
  }
}

TEST(ServerWebhookTest, NamesEveryMemberThatIsRead) {
  EXPECT_THAT(ServerWebhookMembers(), ElementsAre("webhook_id", "name", "url", "events", "description", "status",
                                                  "creation_timestamp", "last_updated_timestamp", "entity", "action"));
}

}  // namespace
}  // namespace mlflow
