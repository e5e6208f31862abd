// SignIn: the credentials of every call to the workspace, from the first strategy that works.
//
// Nothing is called before the first request: then the strategies that may apply are tried in their order, and the
// first that gives a token is kept. When none does, the error lists each with its reason, and is kept too, because the
// other calls of a run would only wait for the same. Stops are not kept.
//
// Thread safety: as rest::TokenSource asks.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "databricks/auth/host_metadata.h"
#include "databricks/auth/strategy.h"
#include "rest/retrying_transport.h"

namespace tfcpp::databricks {

// The strategies that may apply, in their order; only auth_type's when it is set. At least one. Makes no call. Fails
// with kUnauthenticated, telling every strategy's obstacle and what to set.
Result<std::vector<Strategy>> FindCandidates(const Config& config, const Environment& environment);

// How a sign-in will come about, as far as that can be told before the first call.
struct SignInOutlook {
  bool by_own_token;  // surely: the token that is configured makes no call that could fail, so that no other way is
                      // tried
  std::string names;  // for texts: "pat", "oauth-m2m or databricks-cli"
};
// Of FindCandidates' result.
SignInOutlook OutlookOf(const std::vector<Strategy>& candidates);

class SignIn final : public rest::TokenSource {
 public:
  // References must outlive this. `transport` sends without credentials; `jitter` is uniform in [0, 1).
  SignIn(Config config, Environment environment, rest::HttpTransport& transport, Clock& clock,
         rest::KnownSecrets& secrets, std::function<double()> jitter, Endpoints endpoints = {});

  // Errors: kUnauthenticated when no strategy works; that of the strategy when a later token cannot be had. Never
  // may_have_acted.
  Result<std::vector<rest::Header>> Headers(const Context& context) override;
  bool Invalidate(const std::vector<rest::Header>& refused) override;
  // Where host and credentials come from, for texts about a refusal; whole sentences.
  std::string Origin();
  // The workspace's host: the configured one; else, of a workspace on Azure that only its resource id names, what Azure
  // says, asked for once. Errors as above.
  Result<std::string> Host(const Context& context);

 private:
  struct Chosen {
    std::string_view name;
    Credentials credentials;
    std::unique_ptr<rest::TokenSource> source;
  };
  Result<const Chosen*> Choose(const Context& context);
  Result<Chosen> TryCandidates(const Context& context) const;
  Error Failure(const Error& cause, std::string message) const;

  const Config config_;
  const Environment environment_;
  const Endpoints endpoints_;
  rest::RetryingTransport repeating_;
  HostMetadata metadata_;
  const SignInTools tools_;
  std::mutex mutex_;
  std::optional<Chosen> chosen_;  // does not change once set
  std::optional<Error> failure_;
  std::mutex host_mutex_;
  std::string found_host_;
};

}  // namespace tfcpp::databricks
