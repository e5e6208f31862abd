#include "databricks/auth/token_cache.h"

#include <algorithm>

namespace tfcpp::databricks {
namespace {

using std::chrono::minutes;

constexpr minutes kEarliest{20};
constexpr minutes kPause{1};

}  // namespace

TokenCache::State TokenCache::Look() const {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.WallNow();
  if (!token_.has_value()) return {std::nullopt, true, fetches_};
  if (!token_->expiry.has_value()) return {token_, false, fetches_};
  if (now > *token_->expiry) return {std::nullopt, true, fetches_};
  return {token_, now >= due_, fetches_};
}

Result<AccessToken> TokenCache::Get(const Context& context) {
  const State before = Look();
  if (!before.is_due) return *before.token;
  std::unique_lock lock(fetching_, std::defer_lock);
  if (before.token.has_value()) {
    if (!lock.try_lock()) return *before.token;
  } else {
    lock.lock();
    const State now = Look();
    if (now.token.has_value()) return *now.token;
    if (now.fetches != before.fetches) {
      const std::lock_guard guard(mutex_);
      if (failure_.has_value()) return *failure_;
    }
  }
  Result<AccessToken> fetched = Fetch(context);
  if (fetched.has_value() || !before.token.has_value()) return fetched;
  context.log.Warn("token could not be renewed yet; the old one is still valid", {{"code", fetched.error().reason}});
  return *before.token;
}

Result<AccessToken> TokenCache::Fetch(const Context& context) {
  const auto begin = clock_.WallNow();
  Result<AccessToken> fetched = fetch_(context);
  const std::lock_guard lock(mutex_);
  ++fetches_;
  if (!fetched.has_value()) {
    // A stop says nothing about the token, and the call that fetched may have been cancelled alone: the next one tries.
    if (context.stop.stop_requested()) {
      failure_.reset();
      return fetched;
    }
    failure_ = fetched.error();
    due_ = clock_.WallNow() + kPause;
    return fetched;
  }
  failure_.reset();
  if (fetched->expiry.has_value() && *fetched->expiry <= begin) fetched->expiry = begin + kPause;
  // A fetch that was slow must not bring back an older token.
  const bool is_older = token_.has_value() && token_->expiry.has_value() && fetched->expiry.has_value() &&
                        *fetched->expiry < *token_->expiry;
  if (!is_older) token_ = *fetched;
  if (token_->expiry.has_value()) {
    const auto life = *token_->expiry - begin;
    due_ = *token_->expiry - std::min<Clock::WallTime::duration>(life / 2, kEarliest);
  }
  return *token_;
}

bool TokenCache::Invalidate(const std::string& refused) {
  const std::lock_guard lock(mutex_);
  if (token_.has_value() && token_->value.Reveal() == refused) token_.reset();
  return true;
}

}  // namespace tfcpp::databricks
