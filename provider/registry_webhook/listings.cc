#include "provider/registry_webhook/listings.h"

#include <algorithm>
#include <utility>

namespace mlflow {
namespace {

using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Result;

constexpr std::chrono::seconds kGoodFor{10};

// What a listing of several pages lacks nothing of. When a webhook is deleted between two pages, a service that counts
// pages by offset passes over another one; but then the deleted one was still listed, and the next listing lacks it. So
// one whose successor still has all of it is complete, and what neither has was not there when it began.
std::optional<std::uint64_t> CompleteFor(const Listing& listing, std::uint64_t writes, const Listing* last,
                                         std::uint64_t last_writes) {
  if (listing.pages == 1) return writes;
  const auto is_there = [&](const auto& entry) { return listing.Has(entry.first); };
  if (last == nullptr || !std::all_of(last->webhooks.begin(), last->webhooks.end(), is_there) ||
      !std::all_of(last->misfits.begin(), last->misfits.end(), is_there)) {
    return std::nullopt;
  }
  return last_writes;
}

}  // namespace

Result<SharedListing> Listings::Get(const Context& context, const std::string& scope, ListingDemand demand,
                                    const SharedListing& before) {
  std::unique_lock lock(mutex_);
  Scope& of = scopes_[scope];
  if (!demand.writes.has_value()) demand.writes = writes_;
  const std::uint64_t finished_before = of.finished;
  const std::stop_token stop = context.finishing ? std::stop_token() : context.stop;
  if (!idle_.wait(lock, stop, [&] { return !of.busy; })) {
    return Error{.code = ErrorCode::kCancelled,
                 .message = "The run was stopped while a listing of the webhooks was waited for.",
                 .reason = "stopped"};
  }
  if (IsGood(of, demand, before, of.finished != finished_before)) return *of.outcome;
  return List(context, scope, demand, lock);
}

bool Listings::IsGood(const Scope& of, const ListingDemand& demand, const SharedListing& before,
                      bool waited_for) const {
  if (!of.outcome.has_value() || of.writes < *demand.writes) return false;
  // Another caller's stop is not this one's.
  if (!of.outcome->has_value()) return waited_for && of.outcome->error().code != ErrorCode::kCancelled;
  if (**of.outcome == before) return false;
  return waited_for || demand.of_any_age || clock_.Now() - of.began <= kGoodFor;
}

Result<SharedListing> Listings::List(const Context& context, const std::string& scope, const ListingDemand& demand,
                                     std::unique_lock<std::mutex>& lock) {
  Scope& of = scopes_[scope];
  // Whatever happens, others get their turn.
  struct Turn {
    Scope& of;
    std::unique_lock<std::mutex>& lock;
    std::condition_variable_any& idle;
    Turn(Scope& scope, std::unique_lock<std::mutex>& held, std::condition_variable_any& others)
        : of(scope), lock(held), idle(others) {
      of.busy = true;
    }
    ~Turn() {
      if (!lock.owns_lock()) lock.lock();
      of.busy = false;
      ++of.finished;
      idle.notify_all();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
  } const turn(of, lock, idle_);
  const std::uint64_t writes = writes_;
  const auto began = clock_.Now();
  lock.unlock();
  ListingBounds bounds = bounds_;
  if (demand.time.has_value()) bounds.time = std::min(bounds.time, *demand.time);
  Result<Listing> listing = ListAnew(context, api_, clock_, bounds, scope);
  lock.lock();
  if (listing.has_value()) {
    const bool has_last = of.outcome.has_value() && of.outcome->has_value();
    listing->complete_for = CompleteFor(*listing, writes, has_last ? &***of.outcome : nullptr, of.writes);
  }
  of.began = began;
  of.writes = writes;
  of.outcome = listing.has_value() ? Result<SharedListing>(std::make_shared<Listing>(*std::move(listing)))
                                   : Result<SharedListing>(listing.error());
  return *of.outcome;
}

Result<SharedListing> Listings::GetComplete(const Context& context, const std::string& scope, ListingDemand demand,
                                            const std::string& wanted) {
  if (!demand.writes.has_value()) {
    const std::lock_guard lock(mutex_);
    demand.writes = writes_;
  }
  SharedListing listing;
  for (int listings = 1; listings <= 2; ++listings) {
    TFCPP_ASSIGN_OR_RETURN(listing, Get(context, scope, demand, listing));
    if (listing->complete_for.has_value() && *listing->complete_for >= *demand.writes) return listing;
    if (!wanted.empty() && listing->Has(wanted)) return listing;
  }
  return Error{.code = ErrorCode::kUnavailable,
               .message =
                   "The service's listing of webhooks changed while it was read, so it is not known whether it is "
                   "complete. Nothing was concluded from it; try again."};
}

std::uint64_t Listings::Wrote() {
  const std::lock_guard lock(mutex_);
  return ++writes_;
}

}  // namespace mlflow
