// The token sources that strategies are made of: headers that never change, and headers from cached tokens.
//
// Thread safety: as rest::TokenSource asks.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "databricks/auth/strategy.h"
#include "databricks/auth/token_cache.h"
#include "rest/authenticating_transport.h"

namespace tfcpp::databricks {

class FixedHeaders final : public rest::TokenSource {
 public:
  explicit FixedHeaders(std::vector<rest::Header> headers) : headers_(std::move(headers)) {}
  Result<std::vector<rest::Header>> Headers(const Context&) override { return headers_; }
  bool Invalidate(const std::vector<rest::Header>&) override { return false; }

 private:
  std::vector<rest::Header> headers_;
};

inline constexpr char kAuthorization[] = "Authorization";

// A header whose value is a token: "Bearer x" in Authorization, x alone in others.
struct TokenHeader {
  std::string name = kAuthorization;
  FetchToken fetch;
  bool is_optional = false;  // left out when it cannot be had
};

class CachedHeaders final : public rest::TokenSource {
 public:
  // Each token becomes one of the known secrets as it arrives.
  CachedHeaders(const SignInTools& tools, std::vector<TokenHeader> headers, std::vector<rest::Header> fixed = {});
  Result<std::vector<rest::Header>> Headers(const Context& context) override;
  bool Invalidate(const std::vector<rest::Header>& refused) override;

 private:
  struct Part {
    std::string name;
    bool is_optional;
    std::unique_ptr<TokenCache> cache;
  };
  rest::KnownSecrets& secrets_;
  std::vector<Part> parts_;
  std::vector<rest::Header> fixed_;
};

// A source of one bearer token.
std::unique_ptr<rest::TokenSource> BearerSource(const SignInTools& tools, FetchToken fetch);

}  // namespace tfcpp::databricks
