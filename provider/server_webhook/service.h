// ServerWebhookService: the webhooks of an MLflow server in the operations that a resource needs, put together from API
// calls.
//
// A read is a get by id. The server answers the same code for a webhook that is not there, for an MLflow workspace that
// does not exist and, as a wrong server, for anything; so "not there" is believed only when a listing of one entry in
// the same workspace answers, within 10 s. Before the first write and the first listing with a workspace the server is
// asked whether it tells workspaces apart: one that does not ignores which one is meant. A create is made once, also
// when its answer is lost (lost_create.h); a listing of several pages is believed when it was read twice alike.
//
// Thread safety: safe to call from several threads.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "mlflow_server/server_webhooks.h"
#include "provider/server_webhook/webhook.h"
#include "provider/shared/asked_once.h"
#include "provider/shared/entries.h"
#include "provider/shared/lost_create.h"
#include "provider/shared/pages.h"
#include "tfcpp/base/clock.h"
#include "tfcpp/json/json.h"

namespace mlflow {

struct ServerWebhookKey {
  std::string id;
  std::string workspace = {};  // empty: none is named
};

using ServerListing = Entries<ServerWebhook>;

class ServerWebhookService {
 public:
  // Both must outlive this. `patience` (retry_timeout_seconds): for how long one listing may go on, and how long the
  // webhook of a lost create is looked for.
  ServerWebhookService(tfcpp::mlflow_server::ServerWebhooks& api, tfcpp::Clock& clock,
                       std::chrono::milliseconds patience);

  // See lost_create.h. `request`: what it sends. `webhook.scope` is its MLflow workspace; empty: none is named.
  tfcpp::Result<ServerWebhook> Create(const tfcpp::Context& context, const NewWebhook& webhook,
                                      const tfcpp::Json::Members& request);
  // Nullopt: it is gone from the workspace of the key, which exists. Anything else that goes wrong is an error.
  tfcpp::Result<std::optional<ServerWebhook>> Find(const tfcpp::Context& context, const ServerWebhookKey& key);
  // All webhooks of an MLflow workspace (empty: none is named): a complete listing or an error.
  tfcpp::Result<ServerListing> List(const tfcpp::Context& context, const std::string& workspace);
  // Nullopt: it is gone, as in Find.
  tfcpp::Result<std::optional<ServerWebhook>> Update(const tfcpp::Context& context, const ServerWebhookKey& key,
                                                     tfcpp::Json::Members changes);
  // False: it was gone, as in Find. After an answer that leaves it open whether the server has deleted it, Find tells.
  tfcpp::Result<bool> Delete(const tfcpp::Context& context, const ServerWebhookKey& key);
  // Has the server send one test delivery of this event ("entity.action"; empty: the server chooses). No text of the
  // answer shows what of the address is behind the host. `webhook`: as Find has it in this workspace.
  tfcpp::Result<tfcpp::mlflow_server::ServerWebhookTest> Test(const tfcpp::Context& context,
                                                              const std::string& workspace,
                                                              const ServerWebhook& webhook, const std::string& event);

  // Secrets and addresses that a webhook has, or is to have: the server may quote them in answers to calls that carry
  // none.
  void Know(const std::vector<tfcpp::Secret>& secrets, const std::vector<tfcpp::Secret>& addresses) {
    api_.secrets().Add(secrets);
    api_.secrets().AddAddresses(addresses);
  }

  // The server's release, for explanations only.
  tfcpp::Result<std::string> Version(const tfcpp::Context& context) { return api_.Version(context); }

 private:
  tfcpp::Result<void> RequireWorkspaces(const tfcpp::Context& context, const std::string& workspace);
  // What an error about one webhook means: true: it is gone.
  tfcpp::Result<bool> IsGone(const tfcpp::Context& context, const std::string& workspace, const tfcpp::Error& error);
  // The end of a delete whose outcome is not known; `unclear` is its error.
  tfcpp::Result<void> RequireGone(const tfcpp::Context& context, const ServerWebhookKey& key, tfcpp::Error unclear);
  tfcpp::Result<Listed> FirstPage(const tfcpp::Context& context, const std::string& workspace, const ListOrder& order,
                                  ServerListing& listing);

  tfcpp::mlflow_server::ServerWebhooks& api_;
  tfcpp::Clock& clock_;
  const ListingBounds bounds_;
  WebhookCreator creator_;
  AskedOnce workspace_exists_;  // by workspace: a listing of it has answered
  AskedOnce has_workspaces_;    // the server tells workspaces apart
};

}  // namespace mlflow
