#include "databricks/registry_webhooks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "databricks/errors.h"
#include "support/scripted_transport.h"

namespace tfcpp::databricks {
namespace {

using rest::Effect;
using rest::Method;
using test::Answer;
using test::ScriptedTransport;
using ::testing::HasSubstr;

constexpr char kHost[] = "https://h";
constexpr char kBase[] = "https://h/api/2.0/mlflow/registry-webhooks/";

struct Fixture {
  explicit Fixture(Result<rest::HttpResponse> outcome) : transport{std::move(outcome)} {}
  explicit Fixture(std::string body) : Fixture(Result<rest::HttpResponse>(Answer(200, std::move(body)))) {}
  const rest::HttpRequest& sent() const { return transport.requests.at(0); }

  ScriptedTransport transport;
  NullLogger log;
  Context context{{}, log};
  rest::KnownSecrets secrets{{Secret("known-canary")}};
  rest::JsonClient client{
      transport,
      {.url = kHost, .name = kHost, .error_member = "error_code"},
      secrets,
      [this](const auto& call, const auto& response) { return ToError(kHost, call, response, secrets); }};
  RegistryWebhooks webhooks{client, {"id", "name"}};
  std::vector<Json> taken;
  std::function<void(const Json&)> take = [this](const Json& entry) { taken.push_back(entry); };
};

constexpr char kAnswered[] = R"({"webhook":{"id":"1","events":["A"],"http_url_spec":{"url":"https://x"}}})";

// Reads what says its id; the rest is its callers' business.
std::string ReadId(const Json& webhook) { return webhook.FindString("id").has_value() ? "" : "id is missing"; }

Json::Members Secretly(const char* token) {
  return {{"job_spec", Json::Object({{"job_id", Json::String("1")}, {"access_token", Json::String(token)}})}};
}

TEST(RegistryWebhooksTest, SendsExactlyWhatIsGiven) {
  for (const std::string members :
       {"", R"("events":["B","A"],"description":"d \"q\"","http_url_spec":{"url":"https://x","authorization":""})"}) {
    const Json given = Json::Parse("{" + members + "}").value();
    Fixture create{std::string(kAnswered)};
    ASSERT_TRUE(create.webhooks.Create(create.context, given.members(), ReadId).has_value()) << members;
    EXPECT_EQ(create.sent().body, "{" + members + "}");
    EXPECT_EQ(create.sent().url, std::string(kBase) + "create");
    EXPECT_EQ(create.sent().method, Method::kPost);
    EXPECT_EQ(create.sent().effect, Effect::kCreates);

    Fixture update(R"({})");
    ASSERT_TRUE(update.webhooks.Update(update.context, "i\"1", given.members(), ReadId).has_value()) << members;
    EXPECT_EQ(update.sent().body, R"({"id":"i\"1")" + (members.empty() ? "" : "," + members) + "}");
    EXPECT_EQ(update.sent().url, std::string(kBase) + "update");
    EXPECT_EQ(update.sent().method, Method::kPatch);
    EXPECT_EQ(update.sent().effect, Effect::kIdempotent);
  }
}

TEST(RegistryWebhooksTest, DeletesByIdInQueryAndBody) {
  Fixture f("{}");
  EXPECT_TRUE(f.webhooks.Delete(f.context, "a b").has_value());
  EXPECT_EQ(f.sent().url, std::string(kBase) + "delete?id=a%20b");
  EXPECT_EQ(f.sent().body, R"({"id":"a b"})");
  EXPECT_EQ(f.sent().method, Method::kDelete);
  EXPECT_EQ(f.sent().effect, Effect::kIdempotent);
}

struct QueryCase {
  RegistryWebhookPageRequest request;
  const char* query;
};

TEST(RegistryWebhooksTest, ListsPages) {
  const QueryCase kCases[] = {
      {{}, "max_results=1000"},
      {{.page_token = "p/1="}, "max_results=1000&page_token=p%2F1%3D"},
      {{.model_name = "my model", .max_results = 7}, "model_name=my%20model&max_results=7"},
  };
  for (const QueryCase& c : kCases) {
    Fixture f("{}");
    const auto page = f.webhooks.ListPage(f.context, c.request, f.take);
    ASSERT_TRUE(page.has_value());
    EXPECT_TRUE(f.taken.empty());
    EXPECT_EQ(page->next_page_token, "");
    EXPECT_EQ(f.sent().url, std::string(kBase) + "list?" + c.query);
    EXPECT_EQ(f.sent().method, Method::kGet);
    EXPECT_EQ(f.sent().effect, Effect::kNone);
    EXPECT_EQ(f.sent().body, "");
    EXPECT_EQ(f.sent().time_limit.count(), 0);
  }
}

// What an entry is worth is for the caller to say. What nobody reads is not built.
TEST(RegistryWebhooksTest, EveryEntryOfAPageIsTaken) {
  Fixture f(R"({"webhooks":[{"id":"1","owner":{"id":[1,2]}},{"new":[1,2],"name":null},7],"next_page_token":"n"})");
  const auto page = f.webhooks.ListPage(f.context, {}, f.take);
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(Json::Array(f.taken).Write(), R"([{"id":"1","owner":null},{"new":null,"name":null},7])");
  EXPECT_EQ(page->next_page_token, "n");
}

struct AnswerCase {
  const char* body;
  const char* error;  // a part of it; null: there is none
};

// An answer that says nothing of webhooks must not read as "there are none": what exists would seem deleted.
TEST(RegistryWebhooksTest, AMalformedListingIsNotAnEmptyOne) {
  const AnswerCase kCases[] = {
      {"{}", nullptr},
      {R"({"webhooks":[]})", nullptr},
      {R"({"next_page_token":"n"})", nullptr},
      {R"({"next_page_token":""})", nullptr},
      {R"({"webhooks":[],"next_page_token":null})", nullptr},
      {R"({"webhooks":[],"new_member":{"a":1}})", nullptr},
      {R"({"webhooks":[],"error_code":null})", nullptr},
      {"", "no JSON object"},
      {"null", "no JSON object"},
      {"[]", "no JSON object"},
      {"7", "no JSON object"},
      {R"({"data":[]})", "no webhooks in it"},
      {R"({"webhooks":{}})", "webhooks is no array"},
      {R"({"webhooks":"x"})", "webhooks is no array"},
      {R"({"webhooks":true})", "webhooks is no array"},
      {R"({"webhooks":null})", "webhooks is no array"},
      {R"({"webhooks":[],"next_page_token":true})", "next_page_token is no text"},
      {R"({"webhooks":[],"next_page_token":7})", "next_page_token is no text"},
      {R"({"webhooks":[],"next_page_token":{}})", "next_page_token is no text"},
      {R"({"webhooks":[],"next_page_token":[]})", "next_page_token is no text"},
      {R"({"webhooks":[],"error_code":"INTERNAL_ERROR","message":"sorry"})", "INTERNAL_ERROR: sorry"},
      {R"({"error_code":"RESOURCE_DOES_NOT_EXIST"})", "RESOURCE_DOES_NOT_EXIST"},
      {R"({"webhooks":[],"error_code":500})", "an error code"},
      {R"({"webhooks":[],"error_code":""})", "an error code"},
      {"<html>", "HTML"},
  };
  for (const AnswerCase& c : kCases) {
    Fixture f{std::string(c.body)};
    const auto page = f.webhooks.ListPage(f.context, {}, f.take);
    EXPECT_EQ(page.has_value(), c.error == nullptr) << c.body;
    if (page.has_value() || c.error == nullptr) continue;
    EXPECT_THAT(page.error().message, HasSubstr(c.error));
    EXPECT_EQ(page.error().code, ErrorCode::kMalformed) << c.body;
    EXPECT_EQ(page.error().reason, "") << c.body;
    EXPECT_FALSE(page.error().may_have_acted) << c.body;
    EXPECT_TRUE(f.taken.empty()) << c.body;
  }
}

// Of each write: it may have acted, and nothing but that is concluded.
void ExpectMisfit(const Error& error, const AnswerCase& c) {
  EXPECT_THAT(error.message, HasSubstr(c.error)) << c.body;
  EXPECT_EQ(error.code, ErrorCode::kMalformed) << c.body;
  EXPECT_EQ(error.reason, "") << c.body;
  EXPECT_TRUE(error.may_have_acted) << c.body;
}

TEST(RegistryWebhooksTest, AMalformedAnswerToAWriteMayHaveActed) {
  const AnswerCase kAny[] = {
      {"", "no"},
      {" \r\n", "no"},
      {"null", "no"},
      {"[]", "no"},
      {"7", "no"},
      {R"("deleted")", "no"},
      {R"({"webhook":{},"webhook":{}})", "twice"},
      {R"({"message":"boom"})", ""},
      {R"({"error":"boom"})", ""},
      {R"({"result":[1,2,3]})", ""},
      {R"({"webhook":{}})", ""},
      {R"({"webhook":[]})", ""},
      {R"({"webhook":{"id":{}}})", ""},
      {R"({"webhook":{"status":"ACTIVE"}})", ""},
      {R"({"error_code":"INTERNAL_ERROR","message":"sorry"})", "INTERNAL_ERROR: sorry"},
      {R"({"error_code":"RESOURCE_DOES_NOT_EXIST","message":"gone"})", "RESOURCE_DOES_NOT_EXIST"},
      {R"({"webhook":{"id":"7","events":["A"],"http_url_spec":{"url":"u"}},"error_code":"X"})", "answered 200 X"},
      {"<html>", "HTML"},
      {"{", "not JSON"},
  };
  for (const AnswerCase& c : kAny) {
    Fixture odd_create{std::string(c.body)};
    ExpectMisfit(odd_create.webhooks.Create(odd_create.context, {}, ReadId).error(), c);
    Fixture odd_update{std::string(c.body)};
    ExpectMisfit(odd_update.webhooks.Update(odd_update.context, "7", {}, ReadId).error(), c);
    Fixture remove{std::string(c.body)};
    ExpectMisfit(remove.webhooks.Delete(remove.context, "7").error(), c);
  }
  Fixture create(R"({"webhook":{"status":"ACTIVE"}})");
  ExpectMisfit(create.webhooks.Create(create.context, {}, ReadId).error(), {"", "of its webhook, id is missing"});
  Fixture update(R"({"webhook":{"status":"ACTIVE"}})");
  ExpectMisfit(update.webhooks.Update(update.context, "7", {}, ReadId).error(), {"", "of its webhook, id is missing"});
  // An object that says nothing is documented for a delete, and known of older servers for an update.
  Fixture silent_create("{}");
  ExpectMisfit(silent_create.webhooks.Create(silent_create.context, {}, ReadId).error(), {"{}", "no webhook in it"});
  Fixture silent_update("{}");
  EXPECT_FALSE(silent_update.webhooks.Update(silent_update.context, "7", {}, ReadId).value());
  Fixture remove("{}");
  EXPECT_TRUE(remove.webhooks.Delete(remove.context, "7").has_value());
  Fixture null(R"({"webhook":null})");
  EXPECT_FALSE(null.webhooks.Update(null.context, "7", {}, ReadId).value());
}

TEST(RegistryWebhooksTest, AnUpdateIsAnsweredForItsOwnId) {
  Fixture own{std::string(kAnswered)};
  EXPECT_TRUE(own.webhooks.Update(own.context, "1", {}, ReadId).value());
  Fixture other{std::string(kAnswered)};
  ExpectMisfit(other.webhooks.Update(other.context, "7", {}, ReadId).error(),
               {kAnswered, "the webhook 1 instead of 7"});
}

TEST(RegistryWebhooksTest, NoSecretOfARequestIsQuotedFromAnErrorInASuccess) {
  Fixture f(R"({"error_code":"BAD","message":"no canary"})");
  const auto created = f.webhooks.Create(f.context, Secretly("canary"), ReadId);
  EXPECT_THAT(created.error().message, HasSubstr("no **REDACTED**"));
}

TEST(RegistryWebhooksTest, TestsADelivery) {
  Fixture f(R"({"status_code":500,"body":"oops"})");
  const auto tested = f.webhooks.Test(f.context, "7", "COMMENT_CREATED");
  EXPECT_EQ(tested->status, 500);
  EXPECT_EQ(tested->body, "oops");
  EXPECT_EQ(f.sent().url, std::string(kBase) + "test");
  EXPECT_EQ(f.sent().method, Method::kPost);
  EXPECT_EQ(f.sent().body, R"({"id":"7","event":"COMMENT_CREATED"})");
  EXPECT_EQ(f.sent().effect, Effect::kCreates);  // a second try would deliver twice

  Fixture older(R"({"status":"204"})");
  EXPECT_EQ(older.webhooks.Test(older.context, "7", "")->status, 204);
  EXPECT_EQ(older.sent().body, R"({"id":"7"})");
  for (const char* body : {"{}", "null", R"({"status_code":"fine"})"}) {
    Fixture odd{std::string(body)};
    EXPECT_EQ(odd.webhooks.Test(odd.context, "7", "").error().code, ErrorCode::kMalformed) << body;
  }
}

TEST(RegistryWebhooksTest, PassesErrorsOn) {
  Fixture missing(Answer(404, R"({"error_code":"RESOURCE_DOES_NOT_EXIST","message":"gone"})"));
  EXPECT_EQ(missing.webhooks.Delete(missing.context, "7").error().code, ErrorCode::kNotFound);
  Fixture denied(Answer(403, R"({"error_code":"PERMISSION_DENIED","message":"no canary"})"));
  const auto created = denied.webhooks.Create(denied.context, Secretly("canary"), ReadId);
  EXPECT_EQ(created.error().code, ErrorCode::kPermissionDenied);
  EXPECT_THAT(created.error().message, HasSubstr("no **REDACTED**"));
}

}  // namespace
}  // namespace tfcpp::databricks
