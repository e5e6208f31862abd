// SPDX-License-Identifier: Apache-2.0
// Run: what one ConfigureProvider made, with what must happen once in its time. RPCs hold the run that they started
// with, so a later Configure (one debug process serves many runs) changes nothing under them.
//
// Thread safety: set up before it is shared; then safe to use from several threads.
#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tfcpp/framework/provider.h"

namespace tfcpp {

class Run {
 public:
  // Before the run is shared only. A run may never get there: a process that only gives schemas or validates, and one
  // whose configuration has errors.
  void set_services(std::vector<Service> services) { services_ = std::move(services); }

  bool is_configured() const { return services_.has_value(); }
  const std::vector<Service>& services() const { return *services_; }  // needs is_configured()

  // A text without what Service::without_secrets takes out, of whichever service: one may quote another.
  std::string WithoutSecrets(std::string_view text) const {
    std::string left(text);
    if (!is_configured()) return left;
    for (const Service& service : services()) {
      if (service.without_secrets) left = service.without_secrets(left);
    }
    return left;
  }

  // What is told of a service once: every object of its types would repeat the same otherwise.
  enum class Topic {
    kDiagnostics,    // the service's own
    kLastingErrors,  // the errors among them, where no client drops them
    kPlanOrRead,     // what becomes of plans and reads, which get along without it
  };
  // True for the first caller only. `service` is one of services().
  bool Claim(const Service& service, Topic topic) {
    const std::lock_guard lock(mutex_);
    return claimed_.emplace(&service, topic).second;
  }

  std::stop_token stop_token() const { return stop_.get_token(); }
  void Stop() { stop_.request_stop(); }

 private:
  std::optional<std::vector<Service>> services_;
  std::stop_source stop_;
  std::mutex mutex_;
  std::set<std::pair<const Service*, Topic>> claimed_;  // guarded by mutex_
};

}  // namespace tfcpp
