#include "databricks/attributes.h"

#include <algorithm>

#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

constexpr char kNotNeeded[] = "Webhooks belong to the workspace: nothing here runs on compute.";
constexpr char kNoBrowser[] =
    "It belongs to the interactive login in a browser, which a provider cannot do. Log in with `databricks auth "
    "login`; the provider then signs in by databricks-cli.";
constexpr char kAlwaysRedacted[] =
    "The debug log (TF_LOG=DEBUG) has one redacted record for each call, cut at 4 KiB, and never shows headers.";

}  // namespace

const std::vector<AttributeInfo>& Attributes() {
  using Kind = Unused::Kind;
  static const std::vector<AttributeInfo> kAttributes = {
      {"host", "DATABRICKS_HOST", "", &Config::host,
       "The workspace's address, such as `https://example.cloud.databricks.com`."},
      {"cluster_id", "DATABRICKS_CLUSTER_ID", "", Unused{Kind::kText, kNotNeeded}, "Accepted, without effect."},
      {"warehouse_id", "DATABRICKS_WAREHOUSE_ID", "", Unused{Kind::kText, kNotNeeded}, "Accepted, without effect."},
      {"serverless_compute_id", "DATABRICKS_SERVERLESS_COMPUTE_ID", "", Unused{Kind::kText, kNotNeeded},
       "Accepted, without effect."},
      {"metadata_service_url", "DATABRICKS_METADATA_SERVICE_URL", "metadata-service", &Config::metadata_service_url,
       "The address of a local service that hands out tokens; only `localhost` or `127.0.0.1`."},
      {"account_id", "DATABRICKS_ACCOUNT_ID", "", &Config::account_id, "The Databricks account's id."},
      {"workspace_id", "DATABRICKS_WORKSPACE_ID", "", &Config::workspace_id,
       "The workspace's id, sent as the header `X-Databricks-Workspace-Id`. `none` counts as unset."},
      {"token", "DATABRICKS_TOKEN", "pat", &Config::token, "A personal access token."},
      {"username", "DATABRICKS_USERNAME", "basic", &Config::username, "The user's name, for `basic`."},
      {"password", "DATABRICKS_PASSWORD", "basic", &Config::password, "The user's password, for `basic`.",
       TextKind::kPassword},
      {"profile", "DATABRICKS_CONFIG_PROFILE", "", &Config::profile,
       "The section of the profile file to use. Default: `default_profile` of its `[__settings__]`, else `DEFAULT`."},
      {"config_file", "DATABRICKS_CONFIG_FILE", "", &Config::config_file,
       "The profile file. Default: `~/.databrickscfg`."},
      {"oauth_callback_port", "DATABRICKS_OAUTH_CALLBACK_PORT", "", Unused{Kind::kNumber, kNoBrowser},
       "Accepted, without effect: there is no interactive login here."},
      {"google_service_account", "DATABRICKS_GOOGLE_SERVICE_ACCOUNT", "google", &Config::google_service_account,
       "The e-mail address of a Google service account to impersonate, for `google-id`.", TextKind::kForm},
      {"google_credentials", "GOOGLE_CREDENTIALS", "google", &Config::google_credentials,
       "The key of a Google service account, as JSON or as the path of a file, for `google-credentials`.",
       TextKind::kJson},
      {"azure_workspace_resource_id", "DATABRICKS_AZURE_RESOURCE_ID", "azure", &Config::azure_workspace_resource_id,
       "The Azure resource id of the workspace."},
      {"azure_use_msi", "ARM_USE_MSI", "azure", &Config::azure_use_msi,
       "Whether to sign in with the managed identity of this Azure machine."},
      {"azure_client_secret", "ARM_CLIENT_SECRET", "azure", &Config::azure_client_secret,
       "The secret of an Entra ID service principal.", TextKind::kFormSecret},
      {"azure_client_id", "ARM_CLIENT_ID", "azure", &Config::azure_client_id,
       "The application id of an Entra ID service principal, or the client id of a managed identity.", TextKind::kForm},
      {"azure_tenant_id", "ARM_TENANT_ID", "azure", &Config::azure_tenant_id, "The id of the Entra ID tenant.",
       TextKind::kTenant},
      {"actions_id_token_request_url", "ACTIONS_ID_TOKEN_REQUEST_URL", "", &Config::actions_id_token_request_url,
       "Where GitHub Actions gives ID tokens. GitHub sets the variable in jobs with `id-token: write`."},
      {"actions_id_token_request_token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "", &Config::actions_id_token_request_token,
       "The token for the above. GitHub sets the variable."},
      {"azure_environment", "ARM_ENVIRONMENT", "", &Config::azure_environment,
       "`PUBLIC`, `USGOVERNMENT` or `CHINA`, where the host's name does not tell."},
      {"azure_login_app_id", "DATABRICKS_AZURE_LOGIN_APP_ID", "azure",
       Unused{Kind::kText, "The application follows from the host."}, "Accepted, without effect."},
      {"client_id", "DATABRICKS_CLIENT_ID", "oauth", &Config::client_id,
       "The application id of a Databricks service principal.", TextKind::kForm},
      {"client_secret", "DATABRICKS_CLIENT_SECRET", "oauth", &Config::client_secret,
       "The OAuth secret of a Databricks service principal.", TextKind::kFormSecret},
      {"scopes", "", "", &Config::scopes, "The OAuth scopes to ask for. Default: `[\"all-apis\"]`.", TextKind::kForm},
      {"disable_oauth_refresh_token", "DATABRICKS_DISABLE_OAUTH_REFRESH_TOKEN", "", Unused{Kind::kBool, kNoBrowser},
       "Accepted, without effect: there is no interactive login here."},
      {"databricks_cli_path", "DATABRICKS_CLI_PATH", "", &Config::databricks_cli_path,
       "The Databricks CLI: a path, or a name to look up in `PATH`. Default: `databricks`."},
      {"auth_type", "DATABRICKS_AUTH_TYPE", "", &Config::auth_type,
       "The one sign-in method to use. Default: the first that works."},
      {"databricks_id_token_filepath", "DATABRICKS_OIDC_TOKEN_FILEPATH", "file-oidc",
       &Config::databricks_id_token_filepath, "A file that holds an ID token, for `file-oidc`."},
      {"oidc_token_env", "DATABRICKS_OIDC_TOKEN_ENV", "env-oidc", &Config::oidc_token_env,
       "The name of the variable that holds an ID token, for `env-oidc`. Default: `DATABRICKS_OIDC_TOKEN`."},
      {"skip_verify", "", "", &Config::skip_verify,
       "Whether to accept any TLS certificate. Anybody on the way can then read the credentials; prefer "
       "`ca_cert_file`."},
      {"http_timeout_seconds", "", "", &Config::http_timeout,
       "How long one HTTP call may take, in seconds. Default: 60."},
      {"debug_truncate_bytes", "DATABRICKS_DEBUG_TRUNCATE_BYTES", "", Unused{Kind::kNumber, kAlwaysRedacted},
       "Accepted, without effect: the debug log is always redacted and cut at 4 KiB."},
      {"debug_headers", "DATABRICKS_DEBUG_HEADERS", "", Unused{Kind::kBool, kAlwaysRedacted},
       "Accepted, without effect: the debug log never shows headers."},
      {"rate_limit", "DATABRICKS_RATE_LIMIT", "", &Config::rate_limit,
       "The most calls a second. 0, the default: as many as the workspace takes."},
      {"retry_timeout_seconds", "", "", &Config::retry_timeout,
       "How long a call is repeated after refusals that pass, in seconds, waits included. 0: never repeated. Default: "
       "300."},
      {"cloud", "DATABRICKS_CLOUD", "", &Config::cloud,
       "`AWS`, `Azure` or `GCP`, where the host's name does not tell."},
      {"audience", "DATABRICKS_TOKEN_AUDIENCE", "", &Config::audience,
       "The audience of ID tokens. Default: what the workspace says, else its token endpoint.", TextKind::kForm},
      {"discovery_url", "DATABRICKS_DISCOVERY_URL", "", &Config::discovery_url,
       "The document that names the OAuth token endpoint. Default: the workspace's own."},
      {"ca_cert_file", "", "", &Config::ca_cert_file,
       "A PEM file of certificate authorities to trust besides the system's."},
  };
  return kAttributes;
}

const AttributeInfo* FindAttribute(std::string_view name) {
  const auto& all = Attributes();
  const auto found = std::find_if(all.begin(), all.end(), [&](const AttributeInfo& info) { return info.name == name; });
  return found == all.end() ? nullptr : &*found;
}

bool MeansMethod(const Config& config, const AttributeInfo& info) {
  const auto* flag = std::get_if<bool Config::*>(&info.target);
  return !info.group.empty() && config.IsSet(info.name) && (flag == nullptr || config.**flag);
}

std::string Spell(std::string_view name) {
  const AttributeInfo* info = FindAttribute(name);
  if (info == nullptr || info->variable.empty()) return std::string(name);
  return Concat(name, " (", info->variable, ")");
}

}  // namespace tfcpp::databricks
