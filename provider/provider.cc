#include "provider/provider.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/scrypt.h"
#include "databricks/workspace.h"
#include "provider/config.h"
#include "provider/functions/signatures.h"
#include "provider/registry_webhook/data_sources.h"
#include "provider/registry_webhook/facts.h"
#include "provider/registry_webhook/list.h"
#include "provider/registry_webhook/resource.h"
#include "provider/registry_webhook/schema.h"
#include "provider/registry_webhook/test_action.h"
#include "provider/server_client.h"
#include "provider/server_config.h"
#include "provider/server_webhook/data_sources.h"
#include "provider/server_webhook/facts.h"
#include "provider/server_webhook/list.h"
#include "provider/server_webhook/resource.h"
#include "provider/server_webhook/schema.h"
#include "provider/server_webhook/service.h"
#include "provider/server_webhook/test_action.h"
#include "provider/server_webhook/webhook.h"
#include "provider/version.h"
#include "tfcpp/base/strings.h"

namespace mlflow {
namespace {

using tfcpp::ConfigureRequest;
using tfcpp::Context;
using tfcpp::Service;

using Scrypt = std::shared_ptr<tfcpp::crypto::Scrypt>;

std::string UserAgent(const std::string& terraform_version) {
  return tfcpp::Concat("terraform-provider-mlflow/", kVersion, " (+terraform ", terraform_version, "; ", kPlatform,
                       ")");
}

Service BindWorkspace(const Dependencies& dependencies, const Scrypt& scrypt, const ConfigureRequest& request) {
  Service workspace{.name = "the Databricks workspace"};
  const auto config = ConfigureWorkspace(request.config, dependencies.environment, workspace);
  // Its types share the client: it lives as long as the last call that uses one of them.
  std::shared_ptr<WorkspaceClient> client;
  std::shared_ptr<WebhookService> webhooks;
  std::string name;
  tfcpp::Secret lent_token;  // to job webhooks: only what the provider signs in with itself
  if (config.has_value()) {
    client = std::make_shared<WorkspaceClient>(*config, dependencies.environment, UserAgent(request.terraform_version),
                                               dependencies.clock, dependencies.jitter, dependencies.make_transport);
    webhooks = {client, &client->webhooks()};
    name = tfcpp::databricks::NameOfWorkspace(*config);
    if (ReadFacts(workspace.facts).token == TokenToLend::kOwn) lent_token = config->token;
    workspace.without_secrets = [client](std::string_view text) { return client->api().secrets().Without(text); };
  }
  workspace.Bind(&Service::resources, kWebhookTypeName,
                 [&] { return std::make_unique<WebhookResource>(webhooks, name, lent_token, scrypt); });
  workspace.Bind(&Service::data_sources, kWebhookTypeName,
                 [&] { return std::make_unique<WebhookData>(webhooks, name); });
  workspace.Bind(&Service::data_sources, kWebhooksTypeName, [&] { return std::make_unique<WebhooksData>(webhooks); });
  workspace.Bind(&Service::lists, kWebhookTypeName, [&] { return std::make_unique<WebhookList>(webhooks, name); });
  workspace.Bind(&Service::actions, kWebhookTestTypeName, [&] {
    return std::make_unique<WebhookTestAction>(
        std::shared_ptr<tfcpp::databricks::RegistryWebhooks>(client, &client->api()));
  });
  return workspace;
}

// What the types of a server share: it lives as long as the last call that uses one of them.
struct ServerObjects {
  ServerObjects(const tfcpp::mlflow_server::Config& config, const Dependencies& dependencies, std::string user_agent)
      : client(config, dependencies.environment, std::move(user_agent), dependencies.clock, dependencies.jitter,
               dependencies.make_transport, ServerWebhookMembers()),
        webhooks(client.api(), dependencies.clock, config.retry_timeout) {}

  ServerClient client;
  ServerWebhookService webhooks;
};

Service BindServer(const Dependencies& dependencies, const Scrypt& scrypt, const ConfigureRequest& request) {
  Service server{.name = "the MLflow server"};
  const auto config = ConfigureServer(request.config, dependencies.environment, server);
  ServerFacts facts;
  std::shared_ptr<ServerWebhookService> webhooks;
  if (config.has_value()) {
    const auto objects = std::make_shared<ServerObjects>(*config, dependencies, UserAgent(request.terraform_version));
    webhooks = {objects, &objects->webhooks};
    facts = {.address = config->tracking_uri, .workspace = config->tracking_workspace};
    server.facts = ToFacts(facts);
    server.without_secrets = [objects](std::string_view text) { return objects->client.api().secrets().Without(text); };
  }
  server.Bind(&Service::resources, kServerWebhookTypeName,
              [&] { return std::make_unique<ServerWebhookResource>(webhooks, facts, scrypt); });
  server.Bind(&Service::data_sources, kServerWebhookTypeName,
              [&] { return std::make_unique<ServerWebhookData>(webhooks, facts); });
  server.Bind(&Service::data_sources, kServerWebhooksTypeName,
              [&] { return std::make_unique<ServerWebhooksData>(webhooks, facts); });
  server.Bind(&Service::lists, kServerWebhookTypeName,
              [&] { return std::make_unique<ServerWebhookList>(webhooks, facts); });
  server.Bind(&Service::actions, kServerWebhookTestTypeName,
              [&] { return std::make_unique<ServerWebhookTestAction>(webhooks, facts); });
  return server;
}

}  // namespace

tfcpp::Provider MakeProvider(Dependencies dependencies) {
  const auto scrypt = std::make_shared<tfcpp::crypto::Scrypt>();
  return {
      .type_name = "mlflow",
      .version = kVersion,
      .address = kProviderAddress,
      .schema = ProviderSchema(),
      .resources = {WebhookType(scrypt), ServerWebhookType(scrypt)},
      .data_sources = {WebhookDataType(), WebhooksDataType(), ServerWebhookDataType(), ServerWebhooksDataType()},
      .lists = {WebhookListType(), ServerWebhookListType()},
      .actions = {WebhookTestType(), ServerWebhookTestType()},
      .functions = SignatureFunctions(),
      .configure = [dependencies = std::move(dependencies), scrypt](const Context&, const ConfigureRequest& request) {
        tfcpp::Configured configured;
        configured.services.push_back(BindWorkspace(dependencies, scrypt, request));
        configured.services.push_back(BindServer(dependencies, scrypt, request));
        return configured;
      }};
}

}  // namespace mlflow
