// The whole provider in process, over a workspace without sockets: all but Terraform and the network.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "provider/provider.h"
#include "support/workspace_transport.h"
#include "tfcpp/testing/fake_clock.h"
#include "workspace.h"

namespace mlflow {

inline constexpr char kHost[] = "https://ws.example";

class InProcess : public ::testing::Test {
 protected:
  using HttpResponse = tfcpp::rest::HttpResponse;

  // The workspace configured for a host, over the same workspace whatever the host is called.
  std::shared_ptr<const tfcpp::Service> Configure(const std::string& host) {
    const std::map<std::string, std::string, std::less<>> variables = {{"DATABRICKS_HOST", host},
                                                                       {"DATABRICKS_TOKEN", "dapi"}};
    const tfcpp::Provider provider = MakeProvider(
        {.clock = clock_,
         .environment = [variables](std::string_view name) -> std::optional<std::string> {
           const auto found = variables.find(name);
           return found == variables.end() ? std::nullopt : std::optional(found->second);
         },
         .jitter = [] { return 0.0; },
         .make_transport = [this](const tfcpp::rest::CurlOptions&) -> std::unique_ptr<tfcpp::rest::HttpTransport> {
           auto transport = std::make_unique<tfcpp::test::WorkspaceTransport>(space_);
           transport->intercept = [this](const tfcpp::rest::HttpRequest& request) { return Intercept(request); };
           transport_ = transport.get();
           return transport;
         }});
    tfcpp::Configured configured = provider.configure(
        context_, {.config = tfcpp::Value::Null(provider.schema.ImpliedType()), .terraform_version = "1.11.4"});
    return std::make_shared<const tfcpp::Service>(std::move(configured.services.front()));
  }
  std::optional<tfcpp::Result<HttpResponse>> Intercept(const tfcpp::rest::HttpRequest& request) {
    return intercept_ ? intercept_(request) : std::nullopt;
  }

  tfcpp::test::FakeClock clock_;
  tfcpp::NullLogger log_;
  tfcpp::Context context_{.stop = {}, .log = log_};
  workspace::Workspace space_{workspace::Settings{}};
  std::function<std::optional<tfcpp::Result<HttpResponse>>(const tfcpp::rest::HttpRequest&)> intercept_;
  tfcpp::test::WorkspaceTransport* transport_ = nullptr;
  std::shared_ptr<const tfcpp::Service> service_ = Configure(kHost);
};

}  // namespace mlflow
