// What a delivery holds, and that it is sent without the workspace's lock.
#include "delivery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "workspace.h"

namespace workspace {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using tfcpp::Json;

Webhook Http() {
  return {.id = "7",
          .events = {"COMMENT_CREATED"},
          .model_name = "churn",
          .description = "",
          .http_url_spec = HttpUrlSpec{"https://x/hook", false, "Bearer a", "Jefe"}};
}

TEST(Delivery, HoldsTheDocumentedHeadersAndPayload) {
  std::vector<HttpsCall> calls;
  Deliverer deliverer([&](const HttpsCall& call) {
    calls.push_back(call);
    return TargetAnswer{.status = 204};
  });
  EXPECT_EQ(deliverer.Deliver(Http(), SampleEvent("COMMENT_CREATED", Http())).status, 204);
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].url, "https://x/hook");
  EXPECT_FALSE(calls[0].verify);
  EXPECT_THAT(calls[0].headers, ElementsAre(Pair("Content-Type", "application/json"), Pair("Authorization", "Bearer a"),
                                            Pair("X-Databricks-Signature", testing::SizeIs(64))));
  const Json payload = Json::Parse(calls[0].body).value();
  EXPECT_EQ(payload.FindString("event"), "COMMENT_CREATED");
  EXPECT_EQ(payload.FindString("webhook_id"), "7");
  EXPECT_EQ(payload.FindString("model_name"), "churn");
  EXPECT_TRUE(payload.FindString("comment").has_value());
  EXPECT_TRUE(payload.Find("event_timestamp")->is_number());

  Webhook bare = Http();
  bare.http_url_spec = HttpUrlSpec{.url = "https://x", .authorization = "", .secret = ""};
  deliverer.Deliver(bare, SampleEvent("REGISTERED_MODEL_CREATED", bare));
  EXPECT_THAT(calls[1].headers, ElementsAre(Pair("Content-Type", "application/json")));
  EXPECT_EQ(Json::Parse(calls[1].body)->Find("version"), nullptr);
  deliverer.Deliver(bare, SampleEvent("REGISTERED_MODEL_TAG_SET", bare));
  EXPECT_EQ(Json::Parse(calls[2].body)->Find("version"), nullptr);
  EXPECT_NE(Json::Parse(calls[2].body)->Find("tags"), nullptr);
  EXPECT_EQ(deliverer.calls().size(), 3u);
  deliverer.Clear();
  EXPECT_TRUE(deliverer.calls().empty());
}

TEST(Delivery, StartsOfJobsAreRecorded) {
  Deliverer deliverer([](const HttpsCall&) { return TargetAnswer{}; });
  Webhook job = Http();
  job.http_url_spec.reset();
  job.job_spec = JobSpec{"42", "canary", ""};
  const TargetAnswer answer = deliverer.Deliver(job, SampleEvent("COMMENT_CREATED", job));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"run_id":1})");
  ASSERT_EQ(deliverer.runs().size(), 1u);
  EXPECT_EQ(deliverer.runs()[0].Write().find("canary"), std::string::npos);
}

// A target may call the workspace back.
TEST(Delivery, ATestHoldsNoLock) {
  Workspace* space = nullptr;
  Workspace made({}, nullptr, [&](const Webhook& webhook, const Event& event) {
    return TargetAnswer{.status = 200,
                        .body = webhook.id + " of " + std::to_string(space->webhooks().size()) + ": " + event.name};
  });
  space = &made;
  made.Put(Http());
  const auto test = [&](const char* body) {
    return made.Handle(
        {.method = "POST", .path = "/api/2.0/mlflow/registry-webhooks/test", .body = body, .token = "t"});
  };
  EXPECT_EQ(test(R"({"id": "7"})").body.Write(), R"({"status_code":200,"body":"7 of 1: COMMENT_CREATED"})");
  EXPECT_EQ(test(R"({"id": "7", "event": "NONSENSE"})").status, 400);
  EXPECT_EQ(test(R"({"id": "8"})").status, 404);
  Webhook disabled = Http();
  disabled.status = "DISABLED";
  made.Put(disabled);
  EXPECT_THAT(test(R"({"id": "7"})").body.Write(), HasSubstr("disabled"));
}

}  // namespace
}  // namespace workspace
