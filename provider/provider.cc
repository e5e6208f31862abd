#include "provider/provider.h"

#include <memory>
#include <string>
#include <utility>

#include "base/strings.h"
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
#include "provider/version.h"

namespace mlflow {
namespace {

using tfcpp::Configured;
using tfcpp::Context;
using tfcpp::Session;

using Scrypt = std::shared_ptr<tfcpp::crypto::Scrypt>;
std::shared_ptr<const Session> MakeSession(const tfcpp::databricks::Config& config, const Dependencies& dependencies,
                                           const Scrypt& scrypt, std::string user_agent, const tfcpp::Secret& lent) {
  auto client = std::make_shared<WorkspaceClient>(config, dependencies.environment, std::move(user_agent),
                                                  dependencies.clock, dependencies.jitter, dependencies.make_transport);
  // Resources share the client: it lives as long as the last call that uses the session.
  std::shared_ptr<WebhookService> webhooks(client, &client->webhooks());
  auto session = std::make_shared<Session>();
  const std::string workspace = tfcpp::databricks::NameOfWorkspace(config);
  session->resources.emplace(kWebhookTypeName, std::make_unique<WebhookResource>(webhooks, workspace, lent, scrypt));
  session->data_sources.emplace(kWebhookTypeName, std::make_unique<WebhookData>(webhooks, workspace));
  session->data_sources.emplace(kWebhooksTypeName, std::make_unique<WebhooksData>(webhooks));
  session->lists.emplace(kWebhookTypeName, std::make_unique<WebhookList>(webhooks, workspace));
  session->actions.emplace(kWebhookTestTypeName,
                           std::make_unique<WebhookTestAction>(
                               std::shared_ptr<tfcpp::databricks::RegistryWebhooks>(client, &client->api())));
  session->without_secrets = [client](std::string_view text) { return client->api().secrets().Without(text); };
  return session;
}

std::string UserAgent(const std::string& terraform_version) {
  return tfcpp::Concat("terraform-provider-mlflow/", kVersion, " (+terraform ", terraform_version, "; ", kPlatform,
                       ")");
}

Configured Configure(const Dependencies& dependencies, const Scrypt& scrypt, const tfcpp::ConfigureRequest& request) {
  Configured configured;
  const auto input = ReadProviderBlock(request.config);
  if (!input.has_value()) return configured;  // not known yet

  const auto config = tfcpp::databricks::Resolve(*input, dependencies.environment);
  if (!config.has_value()) {
    configured.unavailable.AddError("Workspace is not configured", config.error().message);
    return configured;
  }
  for (const std::string& warning : config->warnings) {
    configured.diagnostics.AddWarning("Provider configuration", warning);
  }
  WebhookFacts facts{.workspace = tfcpp::databricks::NameOfWorkspace(*config)};
  configured.unavailable = FindMissing(*config, dependencies.environment);
  if (configured.unavailable.empty()) {
    const auto candidates = tfcpp::databricks::FindCandidates(*config, dependencies.environment);
    const tfcpp::databricks::SignInOutlook outlook = tfcpp::databricks::OutlookOf(*candidates);
    facts.token = outlook.by_own_token ? TokenToLend::kOwn : TokenToLend::kNone;
    facts.ways_to_sign_in = outlook.names;
    configured.session = MakeSession(*config, dependencies, scrypt, UserAgent(request.terraform_version),
                                     outlook.by_own_token ? config->token : tfcpp::Secret());
  }
  configured.facts = ToFacts(facts);
  return configured;
}

}  // namespace

tfcpp::Provider MakeProvider(Dependencies dependencies) {
  const auto scrypt = std::make_shared<tfcpp::crypto::Scrypt>();
  return {.type_name = "mlflow",
          .version = kVersion,
          .schema = ProviderSchema(),
          .resources = {WebhookType(scrypt)},
          .data_sources = {WebhookDataType(), WebhooksDataType()},
          .lists = {WebhookListType()},
          .actions = {WebhookTestType()},
          .functions = SignatureFunctions(),
          .configure = [dependencies = std::move(dependencies), scrypt](const Context&,
                                                                        const tfcpp::ConfigureRequest& request) {
            return Configure(dependencies, scrypt, request);
          }};
}

}  // namespace mlflow
