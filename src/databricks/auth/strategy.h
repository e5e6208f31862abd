// Strategy: one way to sign in to a workspace, as data. strategies.h lists them all; sign_in.h tries them.
//
// Adding one is one file with one function that returns it, one line in strategies.cc, and one test. Thread safety: the
// functions of a strategy are safe to call from several threads; token sources are as rest::TokenSource says.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "databricks/auth/endpoints.h"
#include "databricks/config.h"
#include "rest/authenticating_transport.h"
#include "rest/known_secrets.h"
#include "rest/transport.h"
#include "tfcpp/base/clock.h"

namespace tfcpp::databricks {

class HostMetadata;

// Why a strategy does not apply, as far as that can be told without a call.
struct Obstacle {
  std::string why;     // a clause without a full stop; holds no secret
  bool begun = false;  // something that belongs to this strategy alone is set, so it is likely the one that is meant
};

// What a strategy works with. Everything outlives the token source that is made from it.
struct SignInTools {
  const Config& config;
  const Environment& environment;
  rest::HttpTransport& http;  // without credentials; repeats what may be repeated, for at most a minute
  Clock& clock;
  rest::KnownSecrets& secrets;
  const Endpoints& endpoints;
  HostMetadata& metadata;
};

// What a strategy signs in with, as far as anything else depends on it.
enum class Credentials {
  kFetched,   // tokens that it fetches from somewhere
  kOwnToken,  // the personal access token that is configured
  kPassword,  // a user's name and password
};

struct Strategy {
  std::string_view name;  // the value of auth_type
  // Judges from configuration, environment and the files of this machine; makes no call and starts no process.
  // Nullopt: it may apply.
  std::optional<Obstacle> (*find_obstacle)(const Config& config, const Environment& environment);
  // Makes no call either: the token source does, when it is asked for headers.
  std::unique_ptr<rest::TokenSource> (*make)(const SignInTools& tools);
  Credentials credentials = Credentials::kFetched;
};

// The obstacle of attributes that are not set: "client_secret (DATABRICKS_CLIENT_SECRET) is not set". Begun when one of
// the others is, host not counted.
std::optional<Obstacle> FindUnset(const Config& config, std::initializer_list<std::string_view> attributes);

}  // namespace tfcpp::databricks
