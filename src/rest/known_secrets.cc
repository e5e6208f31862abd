// SPDX-License-Identifier: Apache-2.0
#include "rest/known_secrets.h"

#include "rest/address_end.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

// No more of a text is looked at. Its end is a cut, at which a part of a secret is found as well.
constexpr std::size_t kLookedAt = 64u << 10;

}  // namespace

bool KnownSecrets::Add(const Secret& secret) {
  const std::lock_guard lock(mutex_);
  if (!secrets_.insert(secret.Reveal()).second) return false;
  finder_.reset();
  return true;
}

void KnownSecrets::Add(const std::vector<Secret>& secrets) {
  for (const Secret& secret : secrets) Add(secret);
}

void KnownSecrets::AddAddresses(const std::vector<Secret>& addresses) {
  const std::lock_guard lock(mutex_);
  for (const Secret& address : addresses) {
    for (std::string& end : EndsOf(address.Reveal())) {
      if (ends_.insert(std::move(end)).second) finder_.reset();
    }
  }
}

std::string KnownSecrets::Without(std::string_view text) const {
  const std::string_view head = text.substr(0, kLookedAt);
  return Truncate(Finder()->Without(head), kLookedAt, text.size() - head.size());
}

std::string KnownSecrets::Shown(std::string_view text, std::size_t limit) const {
  const std::string_view head = text.substr(0, kLookedAt);
  return Truncate(OneLine(Finder()->WithHostsAlone(head)), limit, text.size() - head.size());
}

std::string KnownSecrets::ShownCalled(std::string_view url, std::size_t limit) const {
  return Truncate(OneLine(Without(url)), limit);
}

bool KnownSecrets::MayName(std::string_view text) const {
  constexpr std::size_t kLongestName = 512;
  return text.size() <= kLongestName && OneLine(text) == text && !Finder()->IsIn(text);
}

std::shared_ptr<const SecretFinder> KnownSecrets::Finder() const {
  const std::lock_guard lock(mutex_);
  if (finder_ == nullptr) {
    finder_ = std::make_shared<SecretFinder>(std::vector<std::string>(secrets_.begin(), secrets_.end()),
                                             std::vector<std::string>(ends_.begin(), ends_.end()));
  }
  return finder_;
}

}  // namespace tfcpp::rest
