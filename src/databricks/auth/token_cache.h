// TokenCache: keeps one token, and fetches the next before it expires.
//
// One fetch at a time, whoever asks: early, in the last half of the token's life but at most 20 minutes before its end,
// one caller fetches and the others go on with the token they have; after its end all wait for that one fetch and share
// its outcome. An early fetch that fails leaves the token in use and is repeated no sooner than a minute later. A token
// that is at its end when it arrives, because the issuer's clock and this machine's differ, is used for a minute all
// the same; otherwise there would be a fetch for each call.
//
// Thread safety: safe to call from several threads.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/context.h"
#include "tfcpp/base/result.h"
#include "tfcpp/base/secret.h"

namespace tfcpp::databricks {

struct AccessToken {
  Secret value;
  std::string type = "Bearer";
  std::optional<Clock::WallTime> expiry = {};  // nullopt: never
};

using FetchToken = std::function<Result<AccessToken>(const Context&)>;

class TokenCache {
 public:
  // `clock` must outlive this.
  TokenCache(Clock& clock, FetchToken fetch) : clock_(clock), fetch_(std::move(fetch)) {}

  Result<AccessToken> Get(const Context& context);
  // Forgets the token if it is the refused one. True when the next Get may give another.
  bool Invalidate(const std::string& refused);

 private:
  // The token, unless it has expired; also whether it is time for the next.
  struct State {
    std::optional<AccessToken> token;
    bool is_due;
    int fetches;
  };
  State Look() const;
  Result<AccessToken> Fetch(const Context& context);

  Clock& clock_;
  const FetchToken fetch_;
  std::mutex fetching_;       // held during a fetch
  mutable std::mutex mutex_;  // guards the rest, shortly
  std::optional<AccessToken> token_;
  Clock::WallTime due_;
  int fetches_ = 0;
  std::optional<Error> failure_;  // of the last fetch
};

}  // namespace tfcpp::databricks
