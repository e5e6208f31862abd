// AddressingTransport: gives requests that have only a path the host that a sign-in knows. Requests with a host pass.
//
// For workspaces on Azure that only their resource id names: their host is not known before the first call.
#pragma once

#include <utility>

#include "databricks/auth/sign_in.h"

namespace tfcpp::databricks {

// References must outlive this. Thread safety: as its parts.
class AddressingTransport final : public rest::HttpTransport {
 public:
  AddressingTransport(rest::HttpTransport& next, SignIn& sign_in) : next_(next), sign_in_(sign_in) {}
  Result<rest::HttpResponse> Send(const Context& context, const rest::HttpRequest& request) override {
    if (request.url.empty() || request.url.front() != '/') return next_.Send(context, request);
    TFCPP_ASSIGN_OR_RETURN(const std::string host, sign_in_.Host(context));
    rest::HttpRequest addressed = request;
    addressed.url = host + request.url;
    return next_.Send(context, addressed);
  }

 private:
  rest::HttpTransport& next_;
  SignIn& sign_in_;
};

}  // namespace tfcpp::databricks
