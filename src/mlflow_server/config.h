// How to reach and sign in to an MLflow server: each attribute is taken from the provider block, else its environment
// variable; the credentials of Basic besides from the file ~/.mlflow/credentials, as MLflow's own clients have it.
//
//   TFCPP_ASSIGN_OR_RETURN(const Config config, Resolve({{"tracking_uri", Secret("https://example.com")}}, environment));
//
// Reads the environment that is passed in, the credentials file and the files of certificates, nothing else. Thread
// safety: value types.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/base/result.h"
#include "tfcpp/base/secret.h"
#include "tfcpp/base/settings.h"

namespace tfcpp::mlflow_server {

struct Config {
  std::string tracking_uri = {};  // normalised (address.h); empty: not set
  std::string tracking_username = {};
  Secret tracking_password = {};
  Secret tracking_token = {};
  std::string tracking_server_cert_path = {};
  std::string tracking_client_cert_path = {};
  bool tracking_insecure_tls = false;
  std::string tracking_workspace = {};

  // Those that hold for every service of the provider. They come from the block alone.
  std::string ca_cert_file = {};
  std::chrono::seconds http_timeout{60};
  std::chrono::seconds retry_timeout{300};
  std::optional<double> rate_limit = {};  // calls a second, above 0; nullopt: no fixed limit

  Secret client_certificate = {};  // what tracking_client_cert_path holds: PEM of certificate and key

  // Where each attribute that is set comes from, in words: kFromBlock, "the variable MLFLOW_TRACKING_TOKEN", "the file
  // /home/me/.mlflow/credentials".
  std::map<std::string, std::string, std::less<>> sources = {};
  // What to tell although it is no error; whole sentences.
  std::vector<std::string> warnings = {};
  // Variables that ask MLflow's own clients to sign in as this provider cannot.
  std::vector<std::string> unsupported = {};

  bool IsSet(std::string_view attribute) const { return sources.find(attribute) != sources.end(); }
  // Every secret text above that is set.
  std::vector<Secret> Secrets() const;
};

// Fails for what is wrong: an address that is none of a server's, a value with characters that it must not have, two
// ways to sign in at once, a user name without a password, a certificate file that cannot be used. What is merely
// missing is no error; the address too may be. The text names the source and never shows a value that may be secret.
Result<Config> Resolve(const ConfigInput& input, const Environment& environment);

// "The credentials are a user name from the variable X and a password from the provider block (HTTP Basic)." Where they
// come from, for whoever is refused, and which settings of MLflow's own clients do nothing here.
std::string OriginOf(const Config& config);

}  // namespace tfcpp::mlflow_server
