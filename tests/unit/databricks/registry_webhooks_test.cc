#include "databricks/registry_webhooks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "databricks/errors.h"
#include "support/scripted_transport.h"

namespace tfcpp::databricks {
namespace {

using http::Effect;
using http::Method;
using test::Answer;
using test::ScriptedTransport;
using ::testing::HasSubstr;

constexpr char kHost[] = "https://h";
constexpr char kBase[] = "https://h/api/2.0/mlflow/registry-webhooks/";

struct Fixture {
  explicit Fixture(Result<http::HttpResponse> outcome) : transport{std::move(outcome)} {}
  explicit Fixture(std::string body) : Fixture(Result<http::HttpResponse>(Answer(200, std::move(body)))) {}
  const http::HttpRequest& sent() const { return transport.requests.at(0); }

  ScriptedTransport transport;
  NullLogger log;
  Context context{{}, log};
  http::KnownSecrets secrets{{Secret("known-canary")}};
  http::JsonClient client{transport, kHost, secrets, [this](const auto& call, const auto& response) {
                            return ToError(kHost, call, response, secrets);
                          }};
  RegistryWebhooks webhooks{client};
};

struct SendCase {
  const char* what;
  RegistryWebhookInput input;
  const char* create;  // members of the body
};

TEST(RegistryWebhooksTest, SendsExactlyWhatIsGiven) {
  const SendCase kCases[] = {
      {"nothing", {}, ""},
      {"all of http",
       {.events = {{"B", "A"}},
        .model_name = "m",
        .description = "d \"q\"",
        .status = "DISABLED",
        .http_url_spec = {{"https://x", false, Secret("Bearer t"), Secret("s")}}},
       R"("events":["B","A"],"model_name":"m","description":"d \"q\"","status":"DISABLED","http_url_spec":{"url":"https://x","enable_ssl_verification":false,"authorization":"Bearer t","secret":"s"})"},
      {"least of http",
       {.http_url_spec = {{"https://x"}}},
       R"("http_url_spec":{"url":"https://x","enable_ssl_verification":true})"},
      {"removed secrets",
       {.http_url_spec = {{"https://x", true, Secret(""), Secret("")}}},
       R"("http_url_spec":{"url":"https://x","enable_ssl_verification":true,"authorization":"","secret":""})"},
      {"all of a job",
       {.job_spec = {{"12", Secret("t"), "https://w"}}},
       R"("job_spec":{"job_id":"12","access_token":"t","workspace_url":"https://w"})"},
      {"least of a job", {.job_spec = {{"12", std::nullopt, std::nullopt}}}, R"("job_spec":{"job_id":"12"})"},
      {"emptied", {.events = std::vector<std::string>{}, .description = ""}, R"("events":[],"description":"")"},
  };
  for (const SendCase& c : kCases) {
    const std::string members = c.create;
    Fixture create(R"({"webhook":{"id":"1"}})");
    ASSERT_TRUE(create.webhooks.Create(create.context, c.input).has_value()) << c.what;
    EXPECT_EQ(create.sent().body, "{" + members + "}");
    EXPECT_EQ(create.sent().url, std::string(kBase) + "create");
    EXPECT_EQ(create.sent().method, Method::kPost);
    EXPECT_EQ(create.sent().effect, Effect::kCreates);

    Fixture update(R"({"webhook":{"id":"1"}})");
    ASSERT_TRUE(update.webhooks.Update(update.context, "i\"1", c.input).has_value()) << c.what;
    EXPECT_EQ(update.sent().body, R"({"id":"i\"1")" + (members.empty() ? "" : "," + members) + "}");
    EXPECT_EQ(update.sent().url, std::string(kBase) + "update");
    EXPECT_EQ(update.sent().method, Method::kPatch);
    EXPECT_EQ(update.sent().effect, Effect::kIdempotent);
  }
}

TEST(RegistryWebhooksTest, DeletesByIdInQueryAndBody) {
  Fixture f("");
  EXPECT_TRUE(f.webhooks.Delete(f.context, "a b").has_value());
  EXPECT_EQ(f.sent().url, std::string(kBase) + "delete?id=a%20b");
  EXPECT_EQ(f.sent().body, R"({"id":"a b"})");
  EXPECT_EQ(f.sent().method, Method::kDelete);
  EXPECT_EQ(f.sent().effect, Effect::kIdempotent);
}

struct QueryCase {
  RegistryWebhookFilter filter;
  const char* page_token;
  const char* query;
};

TEST(RegistryWebhooksTest, ListsPages) {
  const QueryCase kCases[] = {
      {{}, "", "max_results=1000"},
      {{}, "p/1=", "max_results=1000&page_token=p%2F1%3D"},
      {{.model_name = "my model", .events = {"A", "B"}},
       "",
       "model_name=my%20model&events=A&events=B&max_results=1000"},
  };
  for (const QueryCase& c : kCases) {
    Fixture f("{}");
    const auto page = f.webhooks.ListPage(f.context, c.filter, c.page_token);
    ASSERT_TRUE(page.has_value());
    EXPECT_TRUE(page->webhooks.empty());
    EXPECT_EQ(page->next_page_token, "");
    EXPECT_EQ(f.sent().url, std::string(kBase) + "list?" + c.query);
    EXPECT_EQ(f.sent().method, Method::kGet);
    EXPECT_EQ(f.sent().effect, Effect::kNone);
    EXPECT_EQ(f.sent().body, "");
  }
}

struct ParseCase {
  const char* what;
  const char* json;
  RegistryWebhook webhook;
};

TEST(RegistryWebhooksTest, ReadsWebhooksTolerantly) {
  const ParseCase kCases[] = {
      {"whole",
       R"({"id":"7","events":["A","NEW"],"model_name":"m","description":"d","status":"ACTIVE",
           "http_url_spec":{"url":"https://x","enable_ssl_verification":false},
           "creation_timestamp":1767225599042,"last_updated_timestamp":1767225599043})",
       {"7",
        {"A", "NEW"},
        "m",
        "d",
        "ACTIVE",
        RegistryWebhook::HttpUrlSpec{"https://x", false},
        std::nullopt,
        1767225599042,
        1767225599043}},
      {"job",
       R"({"id":"7","job_spec":{"job_id":"12","workspace_url":"https://w"}})",
       {"7", {}, "", "", "", std::nullopt, RegistryWebhook::JobSpec{"12", "https://w"}, 0, 0}},
      {"numbers for text",
       R"({"id":7,"job_spec":{"job_id":1234567890123}})",
       {"7", {}, "", "", "", std::nullopt, RegistryWebhook::JobSpec{"1234567890123", ""}, 0, 0}},
      {"text for numbers",
       R"({"id":"7","creation_timestamp":"12","last_updated_timestamp":"x"})",
       {"7", {}, "", "", "", std::nullopt, std::nullopt, 12, 0}},
      {"absent members",
       R"({"id":"7","http_url_spec":{}})",
       {"7", {}, "", "", "", RegistryWebhook::HttpUrlSpec{"", true}, std::nullopt, 0, 0}},
      {"null members",
       R"({"id":"7","events":null,"model_name":null,"description":null,"status":null,
           "http_url_spec":null,"job_spec":null,"creation_timestamp":null})",
       {"7", {}, "", "", "", std::nullopt, std::nullopt, 0, 0}},
      {"unknown members",
       R"({"id":"7","user_id":5,"owner":{"a":[1]},"status":"PAUSED"})",
       {"7", {}, "", "", "PAUSED", std::nullopt, std::nullopt, 0, 0}},
  };
  for (const ParseCase& c : kCases) {
    Fixture create(std::string(R"({"webhook":)") + c.json + "}");
    const auto created = create.webhooks.Create(create.context, {});
    ASSERT_TRUE(created.has_value()) << c.what;
    EXPECT_EQ(*created, c.webhook) << c.what;

    Fixture list(std::string(R"({"webhooks":[)") + c.json + R"(],"next_page_token":"n"})");
    const auto page = list.webhooks.ListPage(list.context, {}, "");
    ASSERT_TRUE(page.has_value()) << c.what;
    EXPECT_EQ(page->webhooks, std::vector{c.webhook}) << c.what;
    EXPECT_EQ(page->next_page_token, "n");
  }
}

TEST(RegistryWebhooksTest, AnUpdateMayAnswerWithoutTheWebhook) {
  for (const char* body : {"", "{}"}) {
    Fixture f{std::string(body)};
    const auto updated = f.webhooks.Update(f.context, "7", {});
    ASSERT_TRUE(updated.has_value());
    EXPECT_FALSE(updated->has_value());
  }
  Fixture f(R"({"webhook":{"id":"7"}})");
  EXPECT_EQ((*f.webhooks.Update(f.context, "7", {}))->id, "7");
}

TEST(RegistryWebhooksTest, AMalformedAnswerToAWriteMayHaveActed) {
  for (const char* body : {"", "{}", "[]", R"({"webhook":{}})", R"({"webhook":null})", R"({"webhook":[]})",
                           R"({"webhook":{"id":""}})", R"({"webhook":{"id":{}}})", "<html>"}) {
    Fixture f{std::string(body)};
    const auto created = f.webhooks.Create(f.context, {});
    ASSERT_FALSE(created.has_value()) << body;
    EXPECT_EQ(created.error().code, ErrorCode::kMalformed) << body;
    EXPECT_TRUE(created.error().may_have_acted) << body;
  }
  Fixture f(R"({"webhook":{"status":"ACTIVE"}})");
  EXPECT_TRUE(f.webhooks.Update(f.context, "7", {}).error().may_have_acted);
}

// An answer that says nothing of webhooks must not read as "there are none": what exists would seem deleted.
TEST(RegistryWebhooksTest, AMalformedListingIsNotAnEmptyOne) {
  for (const char* body : {"", "null", "[]", "7", R"({"data":[]})", R"({"webhooks":{}})", R"({"webhooks":[7]})",
                           R"({"webhooks":[{"status":"ACTIVE"}]})", R"({"webhooks":"x"})", "<html>"}) {
    Fixture f{std::string(body)};
    const auto page = f.webhooks.ListPage(f.context, {}, "");
    ASSERT_FALSE(page.has_value()) << body;
    EXPECT_EQ(page.error().code, ErrorCode::kMalformed) << body;
    EXPECT_FALSE(page.error().may_have_acted) << body;
  }
  for (const char* body : {"{}", R"({"webhooks":[]})", R"({"next_page_token":"n"})", R"({"next_page_token":""})"}) {
    Fixture f{std::string(body)};
    EXPECT_TRUE(f.webhooks.ListPage(f.context, {}, "").has_value()) << body;
  }
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
  const auto created = denied.webhooks.Create(denied.context, {.job_spec = {{"1", Secret("canary"), {}}}});
  EXPECT_EQ(created.error().code, ErrorCode::kPermissionDenied);
  EXPECT_THAT(created.error().message, HasSubstr("no **REDACTED**"));
}

}  // namespace
}  // namespace tfcpp::databricks
