// Listings of webhooks, the only way to read one: the API has no get by id. One complete listing of a scope serves all
// reads of it for a while, so that a refresh of N webhooks costs the pages of one listing and not N of them.
//
// A shared listing is good until this process writes, or 10 s after it began; Configure makes a new object. For each
// scope one listing runs at a time. A read that comes while it runs waits for it and takes its outcome, even an error.
// It does not when the listing began too early: before a write of this process that the read must see.
//
// Thread safety: safe to call from several threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "databricks/registry_webhooks.h"
#include "provider/registry_webhook/listing.h"
#include "tfcpp/base/clock.h"

namespace mlflow {

// What a listing must be like.
struct ListingDemand {
  // It began when this process had written this often, or later; nullopt: as often as when it is asked for.
  std::optional<std::uint64_t> writes = {};
  // However long ago it began; else at most 10 s.
  bool of_any_age = false;
  // Of the listing that is made, when one must be; nullopt: that of the bounds.
  std::optional<std::chrono::milliseconds> time = {};
};

class Listings {
 public:
  // Both must outlive this.
  Listings(tfcpp::databricks::RegistryWebhooks& api, tfcpp::Clock& clock, ListingBounds bounds)
      : api_(api), clock_(clock), bounds_(bounds) {}

  // Another one than `before`, where that is given.
  tfcpp::Result<SharedListing> Get(const tfcpp::Context& context, const std::string& scope, ListingDemand demand = {},
                                   const SharedListing& before = nullptr);
  // One that surely lacks nothing that was there, or has the webhook that is wanted (empty: none in particular). When
  // pages may have shifted under the first one, a second tells.
  tfcpp::Result<SharedListing> GetComplete(const tfcpp::Context& context, const std::string& scope,
                                           ListingDemand demand = {}, const std::string& wanted = "");

  // This process has written. Called when the write has ended, whatever its outcome. Returns how often it has.
  std::uint64_t Wrote();

 private:
  struct Scope {
    bool busy = false;           // a listing is under way
    std::uint64_t finished = 0;  // listings that have ended
    // The last listing, if any: when it began, how many writes it knows, what came of it.
    tfcpp::Clock::SteadyTime began;
    std::uint64_t writes = 0;
    std::optional<tfcpp::Result<SharedListing>> outcome;
  };
  tfcpp::Result<SharedListing> List(const tfcpp::Context& context, const std::string& scope,
                                    const ListingDemand& demand, std::unique_lock<std::mutex>& lock);
  bool IsGood(const Scope& of, const ListingDemand& demand, const SharedListing& before, bool waited_for) const;

  tfcpp::databricks::RegistryWebhooks& api_;
  tfcpp::Clock& clock_;
  const ListingBounds bounds_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable_any idle_;
  std::uint64_t writes_ = 0;
  std::map<std::string, Scope, std::less<>> scopes_;
};

}  // namespace mlflow
