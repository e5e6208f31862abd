// What mlflow_webhook does with a workspace: the whole provider in process, but for Terraform and the network.
#include "provider/registry_webhook/resource.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tfcpp/framework/apply.h"
#include "tfcpp/framework/read.h"
#include "unit/provider/registry_webhook/cases.h"
#include "unit/provider/registry_webhook/in_process.h"

namespace mlflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tfcpp::ResourceOutput;
using tfcpp::Value;

constexpr char kPlanned[] =
    R"({id: ?, events: ["COMMENT_CREATED"], registry_webhook: true, description: "", status: "ACTIVE",
    http_url_spec: {url: "https://x", enable_ssl_verification: true, authorization_header: "h"},
    created_at: ?, updated_at: ?})";

class ResourceTest : public InProcess {
 protected:
  tfcpp::Resource& Bound(const std::shared_ptr<const tfcpp::Service>& service) {
    return *service->resources.at(kWebhookTypeName);
  }

  ResourceOutput Apply(const Value& prior, const Value& planned, const std::string& private_data = "") {
    return tfcpp::ApplyResource(context_, Webhook(), Bound(service_), {planned, prior, planned, private_data});
  }
  ResourceOutput Read(const ResourceOutput& from) {
    return tfcpp::ReadResource(context_, Webhook(), Bound(service_), {from.state, from.private_data});
  }
  ResourceOutput Create() { return Apply(NoState(), Config(kPlanned)); }
  ResourceOutput Delete(const ResourceOutput& from) { return Apply(from.state, NoState(), from.private_data); }
};

TEST_F(ResourceTest, CreateReadDelete) {
  const ResourceOutput created = Create();
  ASSERT_TRUE(created.diagnostics.empty()) << Summaries(created.diagnostics);
  EXPECT_TRUE(created.state.is_wholly_known());
  EXPECT_EQ(created.state.Get("http_url_spec").Get("authorization_header").AsString(), "h");
  EXPECT_EQ(space_.webhooks().at(0).http_url_spec->authorization, "h");

  const ResourceOutput read = Read(created);
  EXPECT_EQ(read.state, created.state);  // the secret, too, which the service does not return
  EXPECT_TRUE(Delete(read).state.is_null());
  EXPECT_TRUE(space_.webhooks().empty());
  EXPECT_THAT(transport_->sent, ElementsAre("POST create", "GET list", "DELETE delete"));
}

TEST_F(ResourceTest, GoneIsGone) {
  const ResourceOutput created = Create();
  space_.set_webhooks({});
  EXPECT_TRUE(Read(created).state.is_null());
  const ResourceOutput deleted = Delete(created);
  EXPECT_TRUE(deleted.state.is_null());
  EXPECT_TRUE(deleted.diagnostics.empty());
}

TEST_F(ResourceTest, AnotherHostForgetsNothing) {
  const ResourceOutput created = Create();
  const auto webhooks = space_.webhooks();
  space_.set_webhooks({});
  service_ = Configure("https://other.example");
  for (const ResourceOutput& output : {Read(created), Delete(created)}) {
    EXPECT_EQ(output.state, created.state);
    EXPECT_EQ(output.private_data, created.private_data);
    ASSERT_TRUE(output.diagnostics.has_error());
    const std::string detail = output.diagnostics.items()[0].detail;
    EXPECT_THAT(detail, HasSubstr(kHost));
    EXPECT_THAT(detail, HasSubstr("https://other.example"));
  }
  // Found there, it is the same webhook, and the host is remembered.
  space_.set_webhooks(webhooks);
  const ResourceOutput found = Read(created);
  EXPECT_EQ(found.state, created.state);
  space_.set_webhooks({});
  clock_.Advance(std::chrono::seconds(11));  // a listing is shared for 10 s
  EXPECT_TRUE(Read(found).state.is_null());
}

TEST_F(ResourceTest, AFailedReadKeepsTheState) {
  const ResourceOutput created = Create();
  for (const int status : {400, 401, 403, 404, 500}) {
    intercept_ = [status](const tfcpp::rest::HttpRequest&) {
      return HttpResponse{.status = status, .headers = {}, .body = ""};
    };
    const ResourceOutput read = Read(created);
    EXPECT_TRUE(read.diagnostics.has_error()) << status;
    EXPECT_EQ(read.state, created.state) << status;
    EXPECT_EQ(read.private_data, created.private_data) << status;
  }
}

TEST_F(ResourceTest, AServiceThatIsBusyIsAskedAgain) {
  int refusals = 2;
  intercept_ = [&refusals](const tfcpp::rest::HttpRequest&) -> std::optional<tfcpp::Result<HttpResponse>> {
    if (refusals-- <= 0) return std::nullopt;
    return HttpResponse{.status = 429, .headers = {{"Retry-After", "7"}}, .body = ""};
  };
  EXPECT_FALSE(Create().diagnostics.has_error());
  EXPECT_THAT(clock_.sleeps(), ElementsAre(std::chrono::seconds(7), std::chrono::seconds(7)));
  EXPECT_EQ(space_.webhooks().size(), 1u);
}

// How a lost create is looked for is in lost_create_test.cc.
TEST_F(ResourceTest, ALostCreateIsFound) {
  transport_->lose_answer = [](const tfcpp::rest::HttpRequest& request) {
    return request.method == tfcpp::rest::Method::kPost;
  };
  const ResourceOutput created = Create();
  EXPECT_TRUE(created.diagnostics.empty()) << Summaries(created.diagnostics);
  EXPECT_EQ(created.state.Get("id").AsString(), space_.webhooks().at(0).id);
  EXPECT_THAT(transport_->sent, ElementsAre("POST create", "GET list"));
}

// The state says what the service has; the next plan finds what is still to do, secrets included.
TEST_F(ResourceTest, AnUpdateOfUnknownOutcomeEndsWithARead) {
  const ResourceOutput created = Create();
  for (const bool acts : {false, true}) {
    const auto is_update = [](const tfcpp::rest::HttpRequest& request) {
      return request.method == tfcpp::rest::Method::kPatch;
    };
    const HttpResponse broken{.status = 500, .headers = {}, .body = ""};
    intercept_ = [&](const tfcpp::rest::HttpRequest& request) -> std::optional<tfcpp::Result<HttpResponse>> {
      if (!is_update(request)) return std::nullopt;
      auto webhooks = space_.webhooks();
      if (acts) webhooks[0].http_url_spec->url = "https://new";
      space_.set_webhooks(webhooks);
      return broken;
    };
    const Value planned = created.state.With("http_url_spec", created.state.Get("http_url_spec")
                                                                  .With("url", Value::String("https://new"))
                                                                  .With("secret", Value::String("s")));
    const ResourceOutput updated = Apply(created.state, planned, created.private_data);
    EXPECT_EQ(Summaries(updated.diagnostics), "error: Cannot update the webhook @\n");
    const Value spec = updated.state.Get("http_url_spec");
    EXPECT_EQ(spec.Get("url").AsString(), acts ? "https://new" : "https://x");
    EXPECT_EQ(spec.Get("authorization_header").AsString(), "h");
    EXPECT_TRUE(spec.Get("secret").is_null());
  }
}

TEST_F(ResourceTest, AnOlderServiceAnswersAnUpdateWithNothing) {
  const ResourceOutput created = Create();
  intercept_ = [this](const tfcpp::rest::HttpRequest& request) -> std::optional<tfcpp::Result<HttpResponse>> {
    if (request.method != tfcpp::rest::Method::kPatch) return std::nullopt;
    auto webhooks = space_.webhooks();
    webhooks[0].description = "new";
    webhooks[0].last_updated_timestamp += 1000;
    space_.set_webhooks(webhooks);
    return HttpResponse{.status = 200, .headers = {}, .body = "{}"};
  };
  const Value planned =
      created.state.With("description", Value::String("new")).With("updated_at", Value::Unknown(tfcpp::Type::String()));
  const ResourceOutput updated = Apply(created.state, planned, created.private_data);
  EXPECT_TRUE(updated.diagnostics.empty()) << Summaries(updated.diagnostics);
  EXPECT_EQ(updated.state.Get("description").AsString(), "new");
  EXPECT_NE(updated.state.Get("updated_at"), created.state.Get("updated_at"));
}

// A service that takes another value than asked for must not have its webhook tainted, or the next apply replaces it.
TEST_F(ResourceTest, AServiceThatDiffersAtCreateIsAWarning) {
  intercept_ = [](const tfcpp::rest::HttpRequest&) {
    return HttpResponse{.status = 200,
                        .headers = {},
                        .body = R"({"webhook": {"id": "7", "events": ["COMMENT_CREATED"], "status": "DISABLED",
                                    "http_url_spec": {"url": "https://x"}}})"};
  };
  const ResourceOutput created = Create();
  EXPECT_EQ(Summaries(created.diagnostics), "warning: The service did not take every value @\n");
  EXPECT_THAT(created.diagnostics.items()[0].detail, HasSubstr("status"));
  EXPECT_EQ(created.state.Get("id").AsString(), "7");
  EXPECT_EQ(created.state.Get("status").AsString(), "ACTIVE");
}

}  // namespace
}  // namespace mlflow
