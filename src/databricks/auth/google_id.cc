// Impersonation of a Google service account by the application default credentials of this machine: the file of
// GOOGLE_APPLICATION_CREDENTIALS, else that of `gcloud auth application-default login`, else the machine's own account.
#include <filesystem>

#include "databricks/auth/cloud.h"
#include "databricks/auth/google.h"
#include "databricks/auth/strategies.h"
#include "databricks/auth/token_source.h"
#include "rest/json_client.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

constexpr std::chrono::seconds kTimeLimit{10};
constexpr char kCloudPlatform[] = "https://www.googleapis.com/auth/cloud-platform";

std::optional<Obstacle> FindObstacle(const Config& config, const Environment&) {
  if (auto unset = FindUnset(config, {"host", "google_service_account"})) return unset;
  auto elsewhere = FindCloudObstacle(config, Cloud::kGcp);
  if (elsewhere.has_value()) elsewhere->begun = true;
  return elsewhere;
}

// Empty: there is none, so the machine's own account counts.
std::string CredentialsFile(const Environment& environment) {
  if (auto named = FindVariable(environment, "GOOGLE_APPLICATION_CREDENTIALS")) return *named;
  const std::string usual =
      Concat(FindHomeFolder(environment).value_or(""), "/.config/gcloud/application_default_credentials.json");
  std::error_code ignored;
  return std::filesystem::exists(usual, ignored) ? usual : "";
}

Result<AccessToken> AskMachine(const Context& context, const SignInTools& tools) {
  const auto now = tools.clock.WallNow();
  TFCPP_ASSIGN_OR_RETURN(const Json answer,
                         CallForJson(context, tools,
                                     {.url = tools.endpoints.google_identity +
                                             "/computeMetadata/v1/instance/service-accounts/default/token",
                                      .headers = {{"Metadata-Flavor", "Google"}},
                                      .time_limit = kTimeLimit,
                                      .direct = true}));
  return ReadToken(answer, now);
}

Result<AccessToken> AskWithLogin(const Context& context, const SignInTools& tools, const Json& login) {
  constexpr char kWhat[] = "the application default credentials";
  TFCPP_ASSIGN_OR_RETURN(const std::string id, ReadText(login, "client_id", kWhat));
  TFCPP_ASSIGN_OR_RETURN(const std::string secret, ReadText(login, "client_secret", kWhat));
  TFCPP_ASSIGN_OR_RETURN(const std::string refresh, ReadText(login, "refresh_token", kWhat));
  for (const std::string& text : {secret, refresh}) tools.secrets.Add(Secret(text));
  const auto now = tools.clock.WallNow();
  TFCPP_ASSIGN_OR_RETURN(
      const Json answer,
      PostForm(
          context, tools, tools.endpoints.google_token,
          {{"grant_type", "refresh_token"}, {"client_id", id}, {"client_secret", secret}, {"refresh_token", refresh}}));
  return ReadToken(answer, now);
}

// The token that may impersonate.
Result<Secret> AskForOwnToken(const Context& context, const SignInTools& tools) {
  const std::string file = CredentialsFile(tools.environment);
  Result<AccessToken> token = Error{};
  if (file.empty()) {
    token = AskMachine(context, tools);
  } else {
    // Some put the key itself into the variable. Taken for a path, it would be shown in an error.
    const bool is_key = Trim(file).substr(0, 1) == "{";
    TFCPP_ASSIGN_OR_RETURN(const Json credentials,
                           is_key ? ReadGoogleCredentials(file) : ReadCredentialsFile(file, file));
    const std::string type = credentials.FindString("type").value_or("");
    if (type == "service_account") {
      token = AskWithKey(context, tools, credentials, "scope", kCloudPlatform);
    } else if (type == "authorized_user") {
      token = AskWithLogin(context, tools, credentials);
    } else {
      return Error{.code = ErrorCode::kUnimplemented,
                   .message = Concat(file,
                                     " holds credentials of a type that is not supported; service_account and "
                                     "authorized_user are")};
    }
  }
  if (!token.has_value()) return token.error();
  tools.secrets.Add(token->value);
  return token->value;
}

Result<Json> Impersonate(const Context& context, const SignInTools& tools, std::string_view method, const Json& body) {
  TFCPP_ASSIGN_OR_RETURN(const Secret own_token, AskForOwnToken(context, tools));
  return CallForJson(
      context, tools,
      {.method = rest::Method::kPost,
       .url = Concat(tools.endpoints.google_impersonation, "/v1/projects/-/serviceAccounts/",
                     rest::PercentEncode(tools.config.google_service_account), ":", method),
       .headers = {{kAuthorization, Concat("Bearer ", own_token.Reveal())}, {"Content-Type", "application/json"}},
       .body = body.Write()});
}

Result<AccessToken> FetchIdToken(const Context& context, const SignInTools& tools) {
  TFCPP_ASSIGN_OR_RETURN(
      const Json answer,
      Impersonate(context, tools, "generateIdToken",
                  Json::Object({{"audience", Json::String(tools.config.host)}, {"includeEmail", Json::Bool(true)}})));
  TFCPP_ASSIGN_OR_RETURN(const std::string jwt, ReadText(answer, "token", "generateIdToken"));
  return IdToken(jwt);
}

Result<AccessToken> FetchAccessToken(const Context& context, const SignInTools& tools) {
  std::vector<Json> scopes;
  for (const std::string_view scope : Split(kGoogleScopes, ' ')) scopes.push_back(Json::String(std::string(scope)));
  TFCPP_ASSIGN_OR_RETURN(const Json answer, Impersonate(context, tools, "generateAccessToken",
                                                        Json::Object({{"scope", Json::Array(std::move(scopes))}})));
  TFCPP_ASSIGN_OR_RETURN(AccessToken token, ReadToken(answer, tools.clock.WallNow(), {.token = "accessToken"}));
  if (const auto end = ParseTime(answer.FindString("expireTime").value_or(""))) token.expiry = ExpiryAt(*end);
  return token;
}

}  // namespace

Strategy GoogleId() {
  return {.name = "google-id", .find_obstacle = FindObstacle, .make = [](const SignInTools& tools) {
            return GoogleSource(
                tools, [tools](const Context& context) { return FetchIdToken(context, tools); },
                [tools](const Context& context) { return FetchAccessToken(context, tools); });
          }};
}

}  // namespace tfcpp::databricks
