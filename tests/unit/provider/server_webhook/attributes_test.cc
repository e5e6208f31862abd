// All that an attribute of mlflow_server_webhook must appear in, for every attribute: requests, answers, the comparison
// of a lost create, and what an answer cannot tell.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "provider/server_webhook/model.h"
#include "provider/server_webhook/webhook.h"
#include "provider/shared/candidates.h"
#include "unit/provider/server_webhook/server_cases.h"

namespace mlflow {
namespace {

using tfcpp::Json;
using tfcpp::Type;
using tfcpp::Value;

// What an answer of the server shows of it.
enum class Shows { kAsItIs, kNothing, kByTheServer };

struct AttributeRow {
  Shows shows;
  bool sent;                     // in requests
  const char* other = nullptr;   // another value than that of kWhole; null: it cannot be planned
  const char* misfit = nullptr;  // its member of an answer in a form that is not documented; null: every form will do
  const char* member = "";
};

constexpr char kWhole[] = R"({id: ?, name: "n", url: "https://x", events: ["model_version.created"], description: "d",
    status: "ACTIVE", secret: "s", created_at: ?, updated_at: ?})";

const std::map<std::string, AttributeRow>& Rows() {
  using enum Shows;
  static const std::map<std::string, AttributeRow> kRows = {
      {"id", {kByTheServer, false, nullptr, "7", "webhook_id"}},
      {"name", {kAsItIs, true, R"("m")", "7", "name"}},
      {"url", {kAsItIs, true, R"("https://y")", "{}", "url"}},
      {"url_wo", {kNothing, false}},
      {"url_wo_version", {kNothing, false, "1"}},
      {"events", {kAsItIs, true, R"(["prompt.created"])", R"(["A"])", "events"}},
      {"description", {kAsItIs, true, R"("e")", "false", "description"}},
      {"status", {kAsItIs, true, R"("DISABLED")", "[]", "status"}},
      {"secret", {kNothing, true, R"("t")"}},
      {"secret_wo", {kNothing, false}},
      {"secret_wo_version", {kNothing, false, "1"}},
      {"workspace", {kNothing, false, R"("w")"}},
      {"created_at", {kByTheServer, false, nullptr, R"("soon")", "creation_timestamp"}},
      {"updated_at", {kByTheServer, false, nullptr, "1", "last_updated_timestamp"}},
  };
  return kRows;
}

Value WithOther(const std::string& name, const AttributeRow& row) {
  return ServerConfig(kWhole).With(name, tfcpp::V(row.other, ServerWebhookSchema().Find(name)->ImpliedType()));
}

// As the server would answer a create of this plan.
Json Answered(const Value& plan, const std::string& member = "", const char* form = "") {
  Json::Members members = {{"webhook_id", Json::String("7")},
                           {"creation_timestamp", Json::Int(1'767'225'600'000)},
                           {"last_updated_timestamp", Json::Int(1'767'225'600'000)}};
  for (auto& sent : ToServerCreate(plan)) {
    if (sent.first != "secret") members.push_back(std::move(sent));
  }
  for (auto& [name, value] : members) {
    if (name == member) value = Json::Parse(form).value();
  }
  return Json::Object(std::move(members));
}
Entry<ServerWebhook> ReadAnswer(const Json& answer) { return ReadServerWebhook(answer, tfcpp::rest::KnownSecrets()); }
Value StateOf(const Json& answer) { return tfcpp::fields::ToState(std::get<ServerWebhook>(ReadAnswer(answer))); }

TEST(ServerAttributesTest, EachHasARow) {
  for (const tfcpp::Attribute& attribute : ServerWebhookSchema().attributes) {
    ASSERT_TRUE(Rows().contains(attribute.name)) << attribute.name << " has no row: what does the server show of it?";
    const bool can_vary = attribute.mode != tfcpp::Mode::kComputed && !attribute.write_only;
    EXPECT_EQ(Rows().at(attribute.name).other != nullptr, can_vary) << attribute.name;
  }
  EXPECT_EQ(Rows().size(), ServerWebhookSchema().attributes.size());
}

TEST(ServerAttributesTest, EachIsSentShownAndComparedAsItsRowSays) {
  const Value plan = ServerConfig(kWhole);
  for (const auto& [name, row] : Rows()) {
    SCOPED_TRACE(name);
    if (row.other == nullptr) continue;
    const Value other = WithOther(name, row);
    EXPECT_EQ(Json::Object(ToServerCreate(plan)) != Json::Object(ToServerCreate(other)), row.sent);
    EXPECT_EQ(!ToServerUpdate(plan, other).empty(), row.sent);
    const Value answered = StateOf(Answered(other));
    EXPECT_EQ(answered.Get(name) == other.Get(name), row.shows == Shows::kAsItIs);
    // A lost create is told from another one by all that a listing shows, and by nothing else.
    EXPECT_TRUE(LooksLike(ServerWebhookSchema(), other, answered));
    EXPECT_EQ(LooksLike(ServerWebhookSchema(), plan, answered), row.shows != Shows::kAsItIs);
  }
}

// What cannot be read is a misfit that says so, and counts as equal where a lost create is looked for.
TEST(ServerAttributesTest, EachIsReadStrictly) {
  const Value plan = ServerConfig(kWhole);
  for (const auto& [name, row] : Rows()) {
    if (row.misfit == nullptr) continue;
    SCOPED_TRACE(name);
    const auto entry = ReadAnswer(Answered(plan, row.member, row.misfit));
    const auto* misfit = std::get_if<ServerWebhookMisfit>(&entry);
    ASSERT_NE(misfit, nullptr);
    EXPECT_TRUE(misfit->what.starts_with(row.member)) << misfit->what;
    EXPECT_TRUE(misfit->unread.contains(name));
    const Value readable = tfcpp::fields::ReadableState(misfit->readable, *misfit);
    EXPECT_FALSE(readable.Get(name).is_known());
    EXPECT_TRUE(LooksLike(ServerWebhookSchema(), plan, readable));
  }
}

}  // namespace
}  // namespace mlflow
