// Listing: everything that a scope has, and how it is asked for, page by page and within bounds.
//
// A scope is the workspace (every webhook, those of models included) or one model. Pure but for the calls of ListAnew;
// thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "databricks/registry_webhooks.h"
#include "provider/registry_webhook/webhook.h"
#include "provider/shared/entries.h"
#include "provider/shared/pages.h"
#include "tfcpp/base/clock.h"

namespace mlflow {

// The scope of everything; any other is a model's name.
inline constexpr char kWorkspaceScope[] = "";

// Complete: its last page came.
struct Listing : Entries<RegistryWebhook> {
  int pages = 0;
  // When its last page was answered, by the clock of its Date header; nullopt: the service does not say.
  std::optional<std::chrono::sys_seconds> answered_at;
  // It surely lacks nothing that was there when this process had written this often (Listings::Wrote); nullopt: that is
  // not sure.
  std::optional<std::uint64_t> complete_for;
};
using SharedListing = std::shared_ptr<const Listing>;

// Lists a scope now, as ReadPages does. A listing that has an id twice, with different contents, is made once more;
// what is still there twice is a misfit.
tfcpp::Result<Listing> ListAnew(const tfcpp::Context& context, tfcpp::databricks::RegistryWebhooks& api,
                                tfcpp::Clock& clock, const ListingBounds& bounds, const std::string& scope);

}  // namespace mlflow
