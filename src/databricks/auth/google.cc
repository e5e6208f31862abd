#include "databricks/auth/google.h"

#include <utility>

#include "crypto/rs256.h"
#include "databricks/auth/cloud.h"
#include "databricks/auth/token_source.h"
#include "tfcpp/base/base64.h"
#include "tfcpp/base/file.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

constexpr std::int64_t kAssertionSeconds = 3600;  // the most that Google takes

FetchToken OnGoogle(const SignInTools& tools, FetchToken fetch) {
  return [tools, fetch = std::move(fetch)](const Context& context) -> Result<AccessToken> {
    TFCPP_RETURN_IF_ERROR(RequireCloud(context, tools, Cloud::kGcp));
    return fetch(context);
  };
}

}  // namespace

std::unique_ptr<rest::TokenSource> GoogleSource(const SignInTools& tools, FetchToken fetch_id_token,
                                                FetchToken fetch_access_token) {
  std::vector<TokenHeader> headers;
  headers.push_back({.fetch = OnGoogle(tools, std::move(fetch_id_token))});
  headers.push_back({.name = "X-Databricks-GCP-SA-Access-Token", .fetch = std::move(fetch_access_token)});
  return std::make_unique<CachedHeaders>(tools, std::move(headers));
}

Result<Json> ReadCredentialsFile(const std::string& path, std::string_view shown) {
  const auto malformed = [&](std::string_view what) {
    return Error{.code = ErrorCode::kMalformed, .message = Concat(shown, " ", what)};
  };
  const auto text = ReadFile(path, kMaxSettingsFile);
  if (!text.has_value()) return malformed(text.error().message);
  auto json = Json::Parse(*text);
  if (!json.has_value() || !json->is_object()) return malformed("holds no JSON object");
  return *std::move(json);
}

Result<Json> ReadGoogleCredentials(const std::string& json_or_path) {
  const std::string_view trimmed = Trim(json_or_path);
  // What should be a path may be a key without its braces: not to be shown.
  if (trimmed.empty() || trimmed.front() != '{') {
    return ReadCredentialsFile(std::string(trimmed),
                               "google_credentials is neither JSON nor the path of a readable file: it");
  }
  auto json = Json::Parse(json_or_path);
  if (json.has_value()) return *std::move(json);
  return Error{.code = ErrorCode::kMalformed, .message = "google_credentials begins like JSON, but is none"};
}

Result<AccessToken> AskWithKey(const Context& context, const SignInTools& tools, const Json& key, const char* claim,
                               const std::string& value) {
  constexpr char kWhat[] = "the service account's key";
  TFCPP_ASSIGN_OR_RETURN(const std::string email, ReadText(key, "client_email", kWhat));
  TFCPP_ASSIGN_OR_RETURN(const std::string pem, ReadText(key, "private_key", kWhat));
  tools.secrets.Add(Secret(pem));
  const std::string url = key.FindString("token_uri").value_or(tools.endpoints.google_token);
  const auto now = tools.clock.WallNow();
  const std::int64_t issued = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();

  const Json header = Json::Object({{"alg", Json::String("RS256")},
                                    {"typ", Json::String("JWT")},
                                    {"kid", Json::String(key.FindString("private_key_id").value_or(""))}});
  const Json claims = Json::Object({{"iss", Json::String(email)},
                                    {"sub", Json::String(email)},
                                    {"aud", Json::String(url)},
                                    {"iat", Json::Int(issued)},
                                    {"exp", Json::Int(issued + kAssertionSeconds)},
                                    {claim, Json::String(value)}});
  const std::string unsigned_jwt = Concat(Base64Url(header.Write()), ".", Base64Url(claims.Write()));
  const auto signature = crypto::SignRs256(Secret(pem), unsigned_jwt);
  if (!signature.has_value()) {
    return Error{.code = ErrorCode::kMalformed,
                 .message = Concat("private_key of ", kWhat, ": ", signature.error().message)};
  }
  TFCPP_ASSIGN_OR_RETURN(const Json answer,
                         PostForm(context, tools, url,
                                  {{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
                                   {"assertion", Concat(unsigned_jwt, ".", Base64Url(*signature))}}));
  if (answer.Find("id_token") == nullptr) return ReadToken(answer, now);
  TFCPP_ASSIGN_OR_RETURN(const std::string jwt, ReadText(answer, "id_token", url));
  return IdToken(jwt);
}

Result<AccessToken> IdToken(const std::string& jwt) {
  const auto parts = Split(jwt, '.');
  const auto claims = Json::Parse(parts.size() == 3 ? DecodeBase64Url(parts[1]).value_or("") : "");
  const Json* end = claims.has_value() ? claims->Find("exp") : nullptr;
  const auto expiry = end == nullptr ? std::nullopt : end->AsInt64();
  if (!expiry.has_value() || !IsHeaderText(jwt)) {
    return Error{.code = ErrorCode::kMalformed, .message = "the answer's ID token is no JSON Web Token with an expiry"};
  }
  return AccessToken{.value = Secret(jwt), .expiry = ExpiryAt(std::chrono::sys_seconds(std::chrono::seconds(*expiry)))};
}

}  // namespace tfcpp::databricks
