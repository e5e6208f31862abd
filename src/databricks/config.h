// How to reach and sign in to a workspace: the attributes of attributes.h, each taken from the provider block, else its
// environment variable, else the profile file (profile_file.h).
//
//   TFCPP_ASSIGN_OR_RETURN(const Config config, Resolve({{"host", Secret("example.com")}}, environment));
//
// Reads the environment that is passed in and the profile file, nothing else. Thread safety: value types.
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

namespace tfcpp::databricks {

struct Config {
  std::string host = {};  // normalised: scheme and authority only, lower case, no slash at the end; empty: not set
  std::string account_id = {};
  std::string workspace_id = {};  // sent as a header on each call
  std::string profile = {};
  std::string config_file = {};
  std::string cloud = {};
  std::string auth_type = {};  // as set; empty: the first strategy that works

  Secret token = {};
  std::string username = {};
  Secret password = {};
  std::string client_id = {};
  Secret client_secret = {};
  std::vector<std::string> scopes = {"all-apis"};  // sorted
  std::string databricks_cli_path = {};
  Secret metadata_service_url = {};

  std::string audience = {};
  std::string discovery_url = {};
  std::string actions_id_token_request_url = {};
  Secret actions_id_token_request_token = {};
  std::string oidc_token_env = {};
  std::string databricks_id_token_filepath = {};

  std::string azure_workspace_resource_id = {};
  bool azure_use_msi = false;
  Secret azure_client_secret = {};
  std::string azure_client_id = {};
  std::string azure_tenant_id = {};
  std::string azure_environment = {};
  std::string google_service_account = {};
  Secret google_credentials = {};

  bool skip_verify = false;
  std::string ca_cert_file = {};
  std::chrono::seconds http_timeout{60};
  std::chrono::seconds retry_timeout{300};
  std::optional<double> rate_limit = {};  // calls a second, above 0; nullopt: no fixed limit

  // Where each attribute that is set comes from, in words: kFromBlock, "the variable DATABRICKS_TOKEN", "profile DEV of
  // /home/me/.databrickscfg".
  std::map<std::string, std::string, std::less<>> sources = {};
  // What to tell although it is no error; whole sentences.
  std::vector<std::string> warnings = {};
  // What is nearly a setting and has no effect, for the text that says what is missing; whole sentences.
  std::vector<std::string> near_misses = {};

  bool IsSet(std::string_view attribute) const { return sources.find(attribute) != sources.end(); }
  // Every secret text above that is set.
  std::vector<Secret> Secrets() const;
};

// What a file that was read whole has at its ends (blanks, line ends) is taken off as TextKind (attributes.h) says.
//
// Fails for what is wrong as such: a value with characters that it must not have, a host that is no host name, a value
// of the wrong type, a profile that is not there, two sign-in methods at once. What is merely missing is no error. The
// text names the source and never shows a value that may be secret.
Result<Config> Resolve(const ConfigInput& input, const Environment& environment);

}  // namespace tfcpp::databricks
