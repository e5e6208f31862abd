// SPDX-License-Identifier: Apache-2.0
// AuthenticatingTransport: puts credentials on each request, from a TokenSource. An answer that refuses a token, which
// may have gone stale, invalidates it, and the request is sent once more with a fresh one.
#pragma once

#include <vector>

#include "rest/transport.h"
#include "tfcpp/base/context.h"
#include "tfcpp/base/result.h"

namespace tfcpp::rest {

// Where credentials come from: a fixed token, or a token endpoint behind a cache. Thread safety: implementations are
// safe to call from several threads.
class TokenSource {
 public:
  virtual ~TokenSource() = default;
  // The headers that sign a request in: Authorization, and what a cloud wants besides.
  virtual Result<std::vector<Header>> Headers(const Context& context) = 0;
  // The service refused these credentials. True when another call of Headers may give better ones.
  virtual bool Invalidate(const std::vector<Header>& refused) = 0;
};

// Whether an answer refuses the credentials as such. The request surely did nothing then.
using RefusesCredentials = bool (*)(const HttpResponse& response);

class AuthenticatingTransport final : public HttpTransport {
 public:
  AuthenticatingTransport(HttpTransport& next, TokenSource& tokens, RefusesCredentials refuses)
      : next_(next), tokens_(tokens), refuses_(refuses) {}
  Result<HttpResponse> Send(const Context& context, const HttpRequest& request) override;

 private:
  HttpTransport& next_;
  TokenSource& tokens_;
  RefusesCredentials refuses_;
};

}  // namespace tfcpp::rest
