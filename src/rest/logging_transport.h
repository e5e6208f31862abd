// SPDX-License-Identifier: Apache-2.0
// LoggingTransport: one DEBUG record for each round trip, with headers and bodies redacted by name and by value
// (redact.h); of a confidential request no body at all. Secrets that a request or an answer carries under a secret name
// are remembered, and stay out of all later records, under whatever name they come back; those of answers up to 256 KiB
// in all, for a service may make up as many as it likes.
//
// Thread safety: safe to call from several threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "rest/known_secrets.h"
#include "rest/transport.h"
#include "tfcpp/base/clock.h"
#include "tfcpp/base/secret.h"

namespace tfcpp::rest {

// References must outlive this. `secrets`, also those added later, never appear in a record, wherever they come from.
class LoggingTransport final : public HttpTransport {
 public:
  LoggingTransport(HttpTransport& next, Clock& clock, KnownSecrets& secrets)
      : next_(next), clock_(clock), secrets_(secrets) {}
  Result<HttpResponse> Send(const Context& context, const HttpRequest& request) override;

 private:
  void RememberHeard(const std::vector<Secret>& secrets);

  HttpTransport& next_;
  Clock& clock_;
  KnownSecrets& secrets_;
  std::atomic<std::size_t> heard_ = 0;  // bytes of what answers had
};

}  // namespace tfcpp::rest
