// Sign-in with a personal access token: the token itself, as a bearer.
#pragma once

#include "base/secret.h"
#include "http/authenticating_transport.h"

namespace tfcpp::databricks {

class PatTokenSource final : public http::TokenSource {
 public:
  explicit PatTokenSource(Secret token) : token_(std::move(token)) {}
  Result<std::vector<http::Header>> Headers(const Context& context) override;
  bool Invalidate(const std::vector<http::Header>& refused) override;

 private:
  Secret token_;
};

}  // namespace tfcpp::databricks
