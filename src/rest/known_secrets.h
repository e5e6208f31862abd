// SPDX-License-Identifier: Apache-2.0
// KnownSecrets: every secret text that this provider has come to know, so that logs and errors can be cleaned of them
// by value wherever they come from: the configuration's, tokens as they arrive, and what requests carry.
//
// Thread safety: safe to use from several threads.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rest/secret_finder.h"
#include "tfcpp/base/secret.h"

namespace tfcpp::rest {

class KnownSecrets {
 public:
  explicit KnownSecrets(const std::vector<Secret>& secrets = {}) { Add(secrets); }

  // False: it was known.
  bool Add(const Secret& secret);
  void Add(const std::vector<Secret>& secrets);
  // Addresses of others, whose path and query may be secrets. Shown() knows their ends.
  void AddAddresses(const std::vector<Secret>& addresses);

  // `text` without any of them, in every form of secret_finder.h. What is longer than 64 KiB is cut there, for nobody
  // is shown that much: time and memory do not grow with the text.
  std::string Without(std::string_view text) const;
  // Somebody else's text as it may stand in a line of ours: without any of them, without what follows the host of an
  // address (secret_finder.h), readable (OneLine), and then cut to `limit` bytes.
  std::string Shown(std::string_view text, std::size_t limit = kMaxShown) const;
  // The same of an address that this provider calls, of which the path is wanted.
  std::string ShownCalled(std::string_view url, std::size_t limit = kMaxShown) const;
  static constexpr std::size_t kMaxShown = 2048;
  // Whether a text is fit to name something wherever names are shown: one line of at most 512 bytes that a terminal may
  // show, without a secret of 8 bytes or more. A shorter secret may well be a part of a name by chance.
  bool MayName(std::string_view text) const;

 private:
  std::shared_ptr<const SecretFinder> Finder() const;

  mutable std::mutex mutex_;
  std::set<std::string> secrets_;
  std::set<std::string> ends_;                          // of addresses
  mutable std::shared_ptr<const SecretFinder> finder_;  // of both; null: to be made anew
};

}  // namespace tfcpp::rest
