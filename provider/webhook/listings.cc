#include "provider/webhook/listings.h"

#include <algorithm>
#include <set>
#include <utility>

namespace mlflow {
namespace {

using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Result;
using tfcpp::databricks::RegistryWebhook;
using tfcpp::databricks::RegistryWebhookPage;
using tfcpp::databricks::RegistryWebhooks;

constexpr std::chrono::seconds kGoodFor{10};

bool SameIds(const Listing& a, const Listing& b) {
  return std::equal(a.webhooks.begin(), a.webhooks.end(), b.webhooks.begin(), b.webhooks.end(),
                    [](const auto& one, const auto& other) { return one.first == other.first; });
}

}  // namespace

const RegistryWebhook* Listing::Find(const std::string& id) const {
  const auto found = webhooks.find(id);
  return found == webhooks.end() ? nullptr : &found->second;
}

Result<Listing> ListAnew(const Context& context, RegistryWebhooks& api, const std::string& scope) {
  Listing listing;
  std::set<std::string> seen_tokens;
  std::string page_token;
  do {
    TFCPP_ASSIGN_OR_RETURN(RegistryWebhookPage page,
                           api.ListPage(context, {.model_name = scope, .events = {}}, page_token));
    ++listing.pages;
    listing.answered_at = page.answered_at;
    for (RegistryWebhook& webhook : page.webhooks) {
      std::string id = webhook.id;
      listing.webhooks.insert_or_assign(std::move(id), std::move(webhook));
    }
    page_token = std::move(page.next_page_token);
    if (!page_token.empty() && !seen_tokens.insert(page_token).second) {
      return Error{.code = ErrorCode::kMalformed,
                   .message =
                       "The service's listing of webhooks came back to a page that it had given before, so it has no "
                       "end. Nothing was concluded from it; try again."};
    }
  } while (!page_token.empty());
  listing.confirmed = listing.pages == 1;
  return listing;
}

Listings::Scope& Listings::Of(const std::string& scope) {
  const std::lock_guard lock(mutex_);
  return scopes_[scope];
}

Result<SharedListing> Listings::Get(const Context& context, const std::string& scope, const SharedListing& before) {
  Scope& of = Of(scope);
  std::uint64_t finished_before = 0;
  {
    const std::lock_guard lock(mutex_);
    finished_before = of.finished;
  }
  const std::lock_guard turn(of.turn);
  std::uint64_t known_writes = 0;
  {
    const std::lock_guard lock(mutex_);
    known_writes = of.writes;
    const bool waited_for = of.finished != finished_before;
    if (of.outcome.has_value() && of.known_writes == of.writes) {
      // But for a stop: the call that listed may have been cancelled alone, and this one goes on.
      const bool failed = !of.outcome->has_value() && of.outcome->error().code != ErrorCode::kCancelled;
      if (failed && waited_for) return *of.outcome;
      const bool fresh = waited_for || clock_.Now() - of.began <= kGoodFor;
      if (of.outcome->has_value() && **of.outcome != before && fresh) return *of.outcome;
    }
  }
  const auto began = clock_.Now();
  Result<Listing> listing = ListAnew(context, api_, scope);
  const std::lock_guard lock(mutex_);
  if (listing.has_value() && of.outcome.has_value() && of.outcome->has_value()) {
    listing->confirmed = listing->confirmed || SameIds(*listing, ***of.outcome);
  }
  ++of.finished;
  of.began = began;
  of.known_writes = known_writes;
  of.outcome = listing.has_value() ? Result<SharedListing>(std::make_shared<Listing>(*std::move(listing)))
                                   : Result<SharedListing>(listing.error());
  return *of.outcome;
}

void Listings::Wrote(const std::string& scope) {
  const std::lock_guard lock(mutex_);
  ++scopes_[scope].writes;
  if (scope != kWorkspaceScope) ++scopes_[kWorkspaceScope].writes;
}

}  // namespace mlflow
