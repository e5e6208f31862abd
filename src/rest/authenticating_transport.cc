// SPDX-License-Identifier: Apache-2.0
#include "rest/authenticating_transport.h"

#include <utility>

namespace tfcpp::rest {

Result<HttpResponse> AuthenticatingTransport::Send(const Context& context, const HttpRequest& request) {
  for (bool first = true;; first = false) {
    TFCPP_ASSIGN_OR_RETURN(const std::vector<Header> credentials, tokens_.Headers(context));
    HttpRequest signed_request = request;
    signed_request.headers.insert(signed_request.headers.end(), credentials.begin(), credentials.end());
    Result<HttpResponse> outcome = next_.Send(context, signed_request);
    // It did nothing, so that even a create may be sent again.
    const bool refused = outcome.has_value() && refuses_(*outcome);
    if (!first || !refused || !tokens_.Invalidate(credentials)) return outcome;
  }
}

}  // namespace tfcpp::rest
