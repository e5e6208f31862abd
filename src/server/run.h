// Run: what one ConfigureProvider made, with what must happen once in its time. RPCs hold the run that they started
// with, so a later Configure (one debug process serves many runs) changes nothing under them.
//
// Thread safety: set up before it is shared; then safe to use from several threads.
#pragma once

#include <atomic>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "framework/provider.h"
#include "value/diagnostics.h"

namespace tfcpp {

class Run {
 public:
  // Before the run is shared only. A run may never get there: a process that only gives schemas or validates, and one
  // whose configuration has errors.
  void set_configured(Configured configured) { configured_ = std::move(configured); }

  bool is_configured() const { return configured_.has_value(); }
  // The three below need is_configured().
  const Session* session() const { return configured_->session.get(); }
  const Facts& facts() const { return configured_->facts; }
  // Why there is no session.
  const Diagnostics& unavailable() const { return configured_->unavailable; }

  // As Session::without_secrets; the text itself where there is no session.
  std::string WithoutSecrets(std::string_view text) const {
    const bool knows = is_configured() && session() != nullptr && session()->without_secrets != nullptr;
    return knows ? session()->without_secrets(text) : std::string(text);
  }

  // True for the first caller only: every instance would repeat the same text otherwise.
  bool ClaimReport() { return !reported_.exchange(true); }

  std::stop_token stop_token() const { return stop_.get_token(); }
  void Stop() { stop_.request_stop(); }

 private:
  std::optional<Configured> configured_;
  std::stop_source stop_;
  std::atomic<bool> reported_ = false;
};

}  // namespace tfcpp
