// KnownSecrets: every secret text that this provider has come to know, so that logs and errors can be cleaned of them by
// value wherever they come from: the configuration's, and tokens as they arrive.
//
// Thread safety: safe to use from several threads.
#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/secret.h"
#include "http/redact.h"

namespace tfcpp::http {

class KnownSecrets {
 public:
  explicit KnownSecrets(std::vector<Secret> secrets = {}) : secrets_(std::move(secrets)) {}

  void Add(const Secret& secret) {
    const std::lock_guard lock(mutex_);
    if (std::find(secrets_.begin(), secrets_.end(), secret) == secrets_.end()) secrets_.push_back(secret);
  }
  std::vector<Secret> All() const {
    const std::lock_guard lock(mutex_);
    return secrets_;
  }
  std::string Without(std::string text) const { return WithoutSecrets(std::move(text), All()); }

 private:
  mutable std::mutex mutex_;
  std::vector<Secret> secrets_;
};

}  // namespace tfcpp::http
