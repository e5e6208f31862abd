// Listing: everything that a scope has, and how it is asked for, page by page and within bounds.
//
// A scope is the workspace (every webhook, those of models included) or one model. Pure but for the calls of ListAnew;
// thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "databricks/registry_webhooks.h"
#include "provider/registry_webhook/webhook.h"

namespace mlflow {

// The scope of everything; any other is a model's name.
inline constexpr char kWorkspaceScope[] = "";

// Complete: its last page came.
struct Listing {
  std::map<std::string, RegistryWebhook, std::less<>> webhooks;
  // Entries that are not of the documented form: by their ids, and those whose id cannot be read either. An id that has
  // entries of different contents is one of the former.
  std::map<std::string, RegistryWebhookMisfit, std::less<>> misfits;
  std::vector<RegistryWebhookMisfit> nameless;
  int pages = 0;
  // When its last page was answered, by the clock of its Date header; nullopt: the service does not say.
  std::optional<std::chrono::sys_seconds> answered_at;
  // It surely lacks nothing that was there when this process had written this often (Listings::Wrote); nullopt: that is
  // not sure.
  std::optional<std::uint64_t> complete_for;

  bool Has(const std::string& id) const { return webhooks.contains(id) || misfits.contains(id); }
  // Null: it lacks that webhook. Errors, all kMalformed: what it has of that id is a misfit; or it lacks the id, but
  // has entries without one.
  tfcpp::Result<const RegistryWebhook*> Find(const std::string& id) const;
};
using SharedListing = std::shared_ptr<const Listing>;

// What is more than this is an error.
struct ListingBounds {
  std::size_t webhooks = 100'000;
  int pages = 10'000;
  std::size_t bytes = 512u << 20;           // of all answers
  std::chrono::milliseconds time{300'000};  // for all pages; looked at after each
};

// Lists a scope now. A page that is too large is asked for again with half as many results, down to one. A listing that
// has an id twice, with different contents, is made once more; what is still there twice is a misfit. With
// Context::finishing each call gets what is left of the time. Errors: the calls' own, kCancelled for a stop between two
// pages, kMalformed for a page token that comes again and for a listing beyond its bounds.
tfcpp::Result<Listing> ListAnew(const tfcpp::Context& context, tfcpp::databricks::RegistryWebhooks& api,
                                tfcpp::Clock& clock, const ListingBounds& bounds, const std::string& scope);

}  // namespace mlflow
