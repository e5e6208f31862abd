// The whole provider in process before an MLflow server whose answers are given: recorded ones of MLflow 3.17.2. What
// has state is tried on a real server (tests/e2e).
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "provider/provider.h"
#include "support/answering_transport.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/framework/apply.h"
#include "tfcpp/framework/read.h"
#include "tfcpp/json/json.h"
#include "tfcpp/testing/fake_clock.h"
#include "unit/provider/server_webhook/server_cases.h"

namespace mlflow {

class ServerInProcess : public ::testing::Test {
 protected:
  using HttpRequest = tfcpp::rest::HttpRequest;
  using HttpResponse = tfcpp::rest::HttpResponse;
  using Answer = tfcpp::Result<HttpResponse>;

  static constexpr char kDate[] = "Thu, 01 Jan 2026 00:00:00 GMT";  // where the fake clock begins
  static HttpResponse Said(int status, std::string body, const char* type = "application/json") {
    return {.status = status, .headers = {{"Content-Type", type}, {"Date", kDate}}, .body = std::move(body)};
  }
  static HttpResponse Page(int status) { return Said(status, "<!doctype html><title>Error</title>", "text/html"); }
  static HttpResponse Refused(int status, const std::string& code, const std::string& message) {
    return Said(status, tfcpp::Concat(R"({"error_code": ")", code, R"(", "message": ")", message, R"("})"));
  }
  static HttpResponse Missing() { return Refused(404, "RESOURCE_DOES_NOT_EXIST", "Webhook with ID 7 not found."); }
  // A webhook as the server has it; `members` go before those that it would have.
  static std::string Webhook(const std::string& id, const std::string& members = "") {
    const std::string begin = members.empty() ? "" : members + ", ";
    const auto has = [&](const char* name) { return begin.find(tfcpp::Concat("\"", name, "\"")) != begin.npos; };
    return tfcpp::Concat("{", begin, R"("webhook_id": ")", id, R"(", )", has("name") ? "" : R"("name": "n", )",
                         R"("url": "https://x", "events": [{"entity": "MODEL_VERSION", "action": "CREATED"}], )",
                         has("status") ? "" : R"("status": "ACTIVE", )",
                         R"("creation_timestamp": 1767225600000, "last_updated_timestamp": 1767225600000})");
  }
  static HttpResponse Has(const std::string& webhook) {
    return Said(200, tfcpp::Concat(R"({"webhook": )", webhook, "}"));
  }
  static HttpResponse Lists(const std::vector<std::string>& webhooks, const std::string& next = "") {
    return Said(200, tfcpp::Concat(R"({"webhooks": [)", tfcpp::Join(webhooks, ", "), "]",
                                   next.empty() ? "" : tfcpp::Concat(R"(, "next_page_token": ")", next, "\""), "}"));
  }
  static Answer Lost() {
    return tfcpp::Error{
        .code = tfcpp::ErrorCode::kUnavailable, .message = "lost", .reason = "lost", .may_have_acted = true};
  }
  static bool IsListing(const HttpRequest& request) {
    return request.method == tfcpp::rest::Method::kGet && request.url.find("/webhooks?") != request.url.npos;
  }
  static std::string WorkspaceIn(const HttpRequest& request) {
    return tfcpp::rest::FindHeader(request.headers, "X-MLFLOW-WORKSPACE").value_or("");
  }

  void Configure(const std::string& address, const std::string& workspace = "") {
    const std::map<std::string, std::string, std::less<>> variables = {{"MLFLOW_TRACKING_URI", address},
                                                                       {"MLFLOW_WORKSPACE", workspace}};
    const tfcpp::Provider provider = MakeProvider(
        {.clock = clock_,
         .environment = [variables](std::string_view name) -> std::optional<std::string> {
           const auto found = variables.find(name);
           return found == variables.end() ? std::nullopt : std::optional(found->second);
         },
         .jitter = [] { return 0.0; },
         .make_transport = [this](const tfcpp::rest::CurlOptions&) -> std::unique_ptr<tfcpp::rest::HttpTransport> {
           auto transport = std::make_unique<tfcpp::test::AnsweringTransport>(
               [this](const HttpRequest& request) { return answer_(request); });
           transport_ = transport.get();
           return transport;
         }});
    tfcpp::Configured configured = provider.configure(
        context_, {.config = tfcpp::Value::Null(provider.schema.ImpliedType()), .terraform_version = "1.11.4"});
    for (tfcpp::Service& service : configured.services) {
      if (service.resources.contains(kServerWebhookTypeName)) {
        service_ = std::make_shared<const tfcpp::Service>(std::move(service));
      }
    }
  }
  tfcpp::Resource& Bound() { return *service_->resources.at(kServerWebhookTypeName); }

  tfcpp::ResourceOutput Apply(const tfcpp::Value& config, const tfcpp::ResourceOutput& from) {
    const tfcpp::Plan plan = tfcpp::PlanResource(
        ServerType(),
        {config, from.state, Proposed(ServerType().schema, config, from.state), from.private_data, service_->facts});
    return tfcpp::ApplyResource(context_, ServerType(), Bound(),
                                {config, from.state, plan.planned, from.private_data, plan.decision});
  }
  tfcpp::ResourceOutput Create(const tfcpp::Value& config) { return Apply(config, {NoServerState(), "", {}}); }
  tfcpp::ResourceOutput Read(const tfcpp::ResourceOutput& from) {
    return tfcpp::ReadResource(context_, ServerType(), Bound(), {from.state, from.private_data});
  }
  tfcpp::ResourceOutput Delete(const tfcpp::ResourceOutput& from) {
    return tfcpp::ApplyResource(context_, ServerType(), Bound(),
                                {NoServerState(), from.state, NoServerState(), from.private_data, ""});
  }
  // A webhook that is in the state and was last seen in this workspace.
  static tfcpp::ResourceOutput Tracked(const std::string& workspace = "") {
    return {ServerConfig(kPlainState), SeenIn(workspace), {}};
  }
  std::vector<std::string> Asked() { return transport_ == nullptr ? std::vector<std::string>() : transport_->Asked(); }

  tfcpp::test::FakeClock clock_;
  tfcpp::NullLogger log_;
  tfcpp::Context context_{.stop = {}, .log = log_};
  std::function<Answer(const HttpRequest&)> answer_;
  tfcpp::test::AnsweringTransport* transport_ = nullptr;
  std::shared_ptr<const tfcpp::Service> service_;
};

}  // namespace mlflow
