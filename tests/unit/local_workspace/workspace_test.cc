// The local workspace's semantics, driven in process.
#include "workspace.h"

#include <gtest/gtest.h>

#include <string>

namespace workspace {
namespace {

using tfcpp::Json;

class WorkspaceTest : public ::testing::Test {
 protected:
  Answer Call(const std::string& method, const std::string& operation, const std::string& body = "",
              std::vector<std::pair<std::string, std::string>> query = {}, const std::string& token = "t") {
    return space_.Handle({.method = method,
                          .path = "/api/2.0/mlflow/registry-webhooks/" + operation,
                          .query = std::move(query),
                          .body = body,
                          .token = token});
  }
  // Status and error code.
  static std::string Outcome(const Answer& answer) {
    return std::to_string(answer.status) + " " + answer.body.FindString("error_code").value_or("");
  }
  std::string Create(const std::string& body) {
    const Answer answer = Call("POST", "create", body);
    const Json* webhook = answer.body.Find("webhook");
    return webhook == nullptr ? Outcome(answer) : webhook->FindString("id").value_or("");
  }
  std::size_t CountListed(std::vector<std::pair<std::string, std::string>> query) {
    const Answer answer = Call("GET", "list", "", std::move(query));
    const Json* webhooks = answer.body.Find("webhooks");
    return webhooks == nullptr ? 0 : webhooks->elements().size();
  }

  Workspace space_{Settings{}};
};

constexpr char kHttp[] = R"({"events": ["COMMENT_CREATED"], "http_url_spec": {"url": "https://x", "secret": "s"}})";

struct RefusedCase {
  const char* body;
  const char* outcome;
};

TEST_F(WorkspaceTest, RefusesWhatTheServiceRefuses) {
  const RefusedCase kCases[] = {
      {R"({"http_url_spec": {"url": "https://x"}})", "400 INVALID_PARAMETER_VALUE"},
      {R"({"events": [], "http_url_spec": {"url": "https://x"}})", "400 INVALID_PARAMETER_VALUE"},
      {R"({"events": ["NO_SUCH"], "http_url_spec": {"url": "https://x"}})", "400 INVALID_PARAMETER_VALUE"},
      {R"({"events": ["COMMENT_CREATED"]})", "400 INVALID_PARAMETER_VALUE"},
      {R"({"events": ["COMMENT_CREATED"], "http_url_spec": {"url": "http://x"}})", "400 INVALID_PARAMETER_VALUE"},
      {R"({"events": ["COMMENT_CREATED"], "job_spec": {"job_id": "1"}})", "400 INVALID_PARAMETER_VALUE"},
      {R"({"events": ["COMMENT_CREATED"], "job_spec": {"job_id": "x", "access_token": "t"}})",
       "400 INVALID_PARAMETER_VALUE"},
      {R"({"events": ["REGISTERED_MODEL_CREATED"], "model_name": "m", "http_url_spec": {"url": "https://x"}})",
       "400 INVALID_PARAMETER_VALUE"},
      {R"({"events": ["COMMENT_CREATED"], "status": "PAUSED", "http_url_spec": {"url": "https://x"}})",
       "400 INVALID_PARAMETER_VALUE"},
      {"[]", "400 MALFORMED_REQUEST"},
      {"{", "400 MALFORMED_REQUEST"},
  };
  for (const RefusedCase& c : kCases) EXPECT_EQ(Create(c.body), c.outcome) << c.body;
  EXPECT_TRUE(space_.webhooks().empty());
}

// The documented usage names it, the service's documentation lacks it.
TEST_F(WorkspaceTest, TakesTheEventOfTheDocumentedUsage) {
  for (const char* name : {"MODEL_VERSION_TAG_SET", "REGISTERED_MODEL_TAG_SET"}) {
    const std::string body = std::string(R"({"events": [")") + name + R"("], "http_url_spec": {"url": "https://x"}})";
    EXPECT_EQ(Call("POST", "create", body).status, 200) << name;
  }
}

TEST_F(WorkspaceTest, NeverReturnsASecret) {
  const Answer created = Call("POST", "create", kHttp);
  EXPECT_EQ(created.body.Write().find("secret"), std::string::npos);
  EXPECT_EQ(Call("GET", "list").body.Write().find("secret"), std::string::npos);
  EXPECT_EQ(space_.webhooks().at(0).http_url_spec->secret, "s");
}

TEST_F(WorkspaceTest, UpdateReplacesOrMergesASpec) {
  for (const bool merge : {false, true}) {
    Settings settings;
    settings.merge_specs = merge;
    space_.set_settings(settings);
    space_.set_webhooks({});
    const std::string id = Create(kHttp);
    Call("PATCH", "update", R"({"id": ")" + id + R"(", "http_url_spec": {"url": "https://y"}})");
    EXPECT_EQ(space_.webhooks().at(0).http_url_spec->url, "https://y");
    EXPECT_EQ(space_.webhooks().at(0).http_url_spec->secret, merge ? "s" : "");
  }
}

TEST_F(WorkspaceTest, UpdateLeavesAbsentMembersAlone) {
  const std::string id =
      Create(R"({"events": ["COMMENT_CREATED"], "description": "d", "http_url_spec": {"url": "https://x"}})");
  Call("PATCH", "update", R"({"id": ")" + id + R"(", "events": [], "status": "DISABLED"})");
  Webhook webhook = space_.webhooks().at(0);
  EXPECT_EQ(webhook.description, "d");
  EXPECT_EQ(webhook.events, std::vector<std::string>{"COMMENT_CREATED"});
  EXPECT_EQ(webhook.status, "DISABLED");
  EXPECT_GT(webhook.last_updated_timestamp, webhook.creation_timestamp);
  Call("PATCH", "update", R"({"id": ")" + id + R"(", "description": ""})");
  EXPECT_EQ(space_.webhooks().at(0).description, "");
  EXPECT_EQ(Outcome(Call("PATCH", "update", R"({"id": ")" + id + R"(", "model_name": "m"})")),
            "400 INVALID_PARAMETER_VALUE");
  EXPECT_EQ(
      Outcome(Call("PATCH", "update", R"({"id": ")" + id + R"(", "job_spec": {"job_id": "1", "access_token": "t"}})")),
      "400 INVALID_PARAMETER_VALUE");
}

TEST_F(WorkspaceTest, ListsByFilterAndPage) {
  for (int i = 0; i < 5; ++i) {
    Create(R"({"events": ["COMMENT_CREATED"], "model_name": "m)" + std::to_string(i % 2) +
           R"(", "http_url_spec": {"url": "https://x"}})");
  }
  EXPECT_EQ(CountListed({}), 5u);
  EXPECT_EQ(CountListed({{"model_name", "m1"}}), 2u);
  EXPECT_EQ(CountListed({{"events", "MODEL_VERSION_CREATED"}}), 0u);
  EXPECT_EQ(CountListed({{"events", "MODEL_VERSION_CREATED"}, {"events", "COMMENT_CREATED"}}), 5u);
  const Answer first = Call("GET", "list", "", {{"max_results", "3"}});
  const std::string token = first.body.FindString("next_page_token").value_or("");
  ASSERT_NE(token, "");
  const Answer second = Call("GET", "list", "", {{"max_results", "3"}, {"page_token", token}});
  EXPECT_EQ(second.body.Find("webhooks")->elements().size(), 2u);
  EXPECT_EQ(second.body.Find("next_page_token"), nullptr);
  EXPECT_EQ(Outcome(Call("GET", "list", "", {{"max_results", "1001"}})), "400 INVALID_PARAMETER_VALUE");
  EXPECT_EQ(Outcome(Call("GET", "list", "", {{"page_token", "nonsense"}})), "400 INVALID_PARAMETER_VALUE");
}

TEST_F(WorkspaceTest, KnowsWhoMayDoWhat) {
  Settings settings;
  settings.users = {{"admin", {}}, {"owner", {.admin = false, .models = {"churn"}}}};
  settings.models = {"churn", "fraud"};
  space_.set_settings(settings);
  EXPECT_EQ(Outcome(Call("GET", "list", "", {}, "")), "401 UNAUTHENTICATED");
  EXPECT_EQ(Outcome(Call("GET", "list", "", {}, "expired.oauth.token")), "401 UNAUTHENTICATED");
  const Answer stranger = Call("GET", "list", "", {}, "stranger");
  EXPECT_EQ(stranger.status, 403);
  EXPECT_EQ(stranger.body.Write(), R"({"error_code":403,"message":"Invalid access token."})");
  EXPECT_EQ(Outcome(Call("GET", "list", "", {}, "owner")), "403 PERMISSION_DENIED");
  EXPECT_EQ(Outcome(Call("GET", "list", "", {{"model_name", "fraud"}}, "owner")), "403 PERMISSION_DENIED");
  EXPECT_EQ(Outcome(Call("GET", "list", "", {{"model_name", "churn"}}, "owner")), "200 ");
  EXPECT_EQ(Outcome(Call("GET", "list", "", {{"model_name", "nobody"}}, "admin")), "404 RESOURCE_DOES_NOT_EXIST");
  EXPECT_EQ(Outcome(Call("POST", "create", kHttp, {}, "owner")), "403 PERMISSION_DENIED");
  EXPECT_EQ(Outcome(Call("POST", "create", kHttp, {}, "admin")), "200 ");
}

TEST_F(WorkspaceTest, DeletesByQueryAndByBody) {
  const std::string first = Create(kHttp);
  const std::string second = Create(kHttp);
  EXPECT_EQ(Outcome(Call("DELETE", "delete", "", {{"id", first}})), "200 ");
  EXPECT_EQ(Outcome(Call("DELETE", "delete", R"({"id": ")" + second + "\"}")), "200 ");
  EXPECT_EQ(Outcome(Call("DELETE", "delete", "", {{"id", first}})), "404 RESOURCE_DOES_NOT_EXIST");
  EXPECT_EQ(Outcome(Call("GET", "nothing")), "404 ENDPOINT_NOT_FOUND");
}

}  // namespace
}  // namespace workspace
