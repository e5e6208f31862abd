// The credentials of a configured server on each call: HTTP Basic, a bearer token, or none. Thread safety: immutable.
#pragma once

#include <vector>

#include "mlflow_server/config.h"
#include "rest/authenticating_transport.h"

namespace tfcpp::mlflow_server {

class SignIn final : public rest::TokenSource {
 public:
  explicit SignIn(const Config& config);
  Result<std::vector<rest::Header>> Headers(const Context& context) override;
  // What is configured does not get better by asking again.
  bool Invalidate(const std::vector<rest::Header>& refused) override;

 private:
  std::vector<rest::Header> headers_;
};

// A 401: the server answers so for no, wrong and unknown credentials alike.
bool RefusesCredentials(const rest::HttpResponse& response);

}  // namespace tfcpp::mlflow_server
