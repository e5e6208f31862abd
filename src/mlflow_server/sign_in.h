// The credentials of a configured server on each call: HTTP Basic, a bearer token, or none. Thread safety: immutable.
#pragma once

#include <vector>

#include "http/authenticating_transport.h"
#include "mlflow_server/config.h"

namespace tfcpp::mlflow_server {

class SignIn final : public http::TokenSource {
 public:
  explicit SignIn(const Config& config);
  Result<std::vector<http::Header>> Headers(const Context& context) override;
  // What is configured does not get better by asking again.
  bool Invalidate(const std::vector<http::Header>& refused) override;

 private:
  std::vector<http::Header> headers_;
};

// A 401: the server answers so for no, wrong and unknown credentials alike.
bool RefusesCredentials(const http::HttpResponse& response);

}  // namespace tfcpp::mlflow_server
