// Listings of webhooks, the only way to read one: the API has no get by id. One complete listing of a scope serves all
// reads of it for a while, so that a refresh of N webhooks costs the pages of one listing and not N of them.
//
// A scope is the workspace (every webhook, those of models included) or one model. A shared listing is good until this
// process writes in its scope, or 10 s after it began; Configure makes a new object. One is under way at a time for
// each scope: who comes meanwhile waits for it and shares its outcome, an error too.
//
// Thread safety: safe to call from several threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "databricks/registry_webhooks.h"

namespace mlflow {

// Everything that a scope had, by id. Complete: its last page came.
struct Listing {
  std::map<std::string, tfcpp::databricks::RegistryWebhook, std::less<>> webhooks;
  int pages = 0;
  // True when it surely lacks nothing: it has one page, or names the same webhooks as the listing before it. When a
  // webhook is deleted between two pages, a service that counts pages by offset passes over another one; but then the
  // deleted one was still listed, and the next listing differs.
  bool confirmed = false;
  // When its last page was answered, by the service's clock; nullopt: the service does not say.
  std::optional<std::chrono::sys_seconds> answered_at;

  // Null: it lacks that webhook.
  const tfcpp::databricks::RegistryWebhook* Find(const std::string& id) const;
};
using SharedListing = std::shared_ptr<const Listing>;

// The scope of everything; any other is a model's name.
inline constexpr char kWorkspaceScope[] = "";

// Lists a scope now, page by page. Errors: the calls' own, and kMalformed for a page token that comes again.
tfcpp::Result<Listing> ListAnew(const tfcpp::Context& context, tfcpp::databricks::RegistryWebhooks& api,
                                const std::string& scope);

class Listings {
 public:
  // Both must outlive this.
  Listings(tfcpp::databricks::RegistryWebhooks& api, tfcpp::Clock& clock) : api_(api), clock_(clock) {}

  // A listing that began at most 10 s ago and knows all that this process has written in the scope before the call; a
  // later one than `before`, where that is given.
  tfcpp::Result<SharedListing> Get(const tfcpp::Context& context, const std::string& scope,
                                   const SharedListing& before = nullptr);

  // This process has written in the scope: a model's, or the workspace's for a registry-wide webhook. Called when the
  // write has ended, whatever its outcome.
  void Wrote(const std::string& scope);

 private:
  struct Scope {
    std::mutex turn;  // held while listing
    // Guarded by Listings::mutex_.
    std::uint64_t writes = 0;
    std::uint64_t finished = 0;  // listings that have ended
    // The last listing, if any: when it began, how many writes it knows, what came of it.
    tfcpp::Clock::SteadyTime began;
    std::uint64_t known_writes = 0;
    std::optional<tfcpp::Result<SharedListing>> outcome;
  };
  Scope& Of(const std::string& scope);

  tfcpp::databricks::RegistryWebhooks& api_;
  tfcpp::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Scope, std::less<>> scopes_;
};

}  // namespace mlflow
