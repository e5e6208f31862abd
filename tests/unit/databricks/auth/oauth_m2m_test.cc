#include "sign_in_fixture.h"

namespace tfcpp::databricks {
namespace {

const Texts kPrincipal{{"client_id", "id"}, {"client_secret", "s canary/ä"}};

TEST_F(SignInTest, OauthM2m) {
  const std::string ok = R"({"access_token":"t-canary","token_type":"bearer","expires_in":3600})";
  const SignInCase kCases[] = {
      {"workspace",
       kPrincipal,
       {kDiscovery, {"POST /token", ok}},
       {"Authorization: Bearer t-canary"},
       // base64 of "id:s%20canary%2F%C3%A4"
       {"POST /token authorization=Basic aWQ6cyUyMGNhbmFyeSUyRiVDMyVBNA== grant_type=client_credentials "
        "scope=all-apis\n"}},
  };
  for (const SignInCase& c : kCases) Check("oauth-m2m", c);
}

TEST_F(SignInTest, OauthM2mFindsTheEndpoint) {
  const std::string ok = R"({"access_token":"t"})";
  const SignInCase kCases[] = {
      {"discovery_url",
       {{"client_id", "id"}, {"client_secret", "sec"}, {"discovery_url", "{host}/doc"}},
       {{"GET /doc", R"({"token_endpoint":"{host}/by-url"})"}, {"POST /by-url", ok}},
       {"Authorization: Bearer t"},
       {"POST /by-url "}},
      {"metadata",
       {{"client_id", "id"}, {"client_secret", "sec"}, {"account_id", "a1"}},
       {{"GET /.well-known/databricks-config", R"({"oidc_endpoint":"{host}/o/{account_id}/"})"},
        {"GET /o/a1/.well-known/oauth-authorization-server", R"({"token_endpoint":"{host}/by-metadata"})"},
        {"POST /by-metadata", ok}},
       {"Authorization: Bearer t"},
       {"POST /by-metadata "}},
      {"account console",
       {{"client_id", "id"}, {"client_secret", "sec"}, {"account_id", "a1"}},
       {{"GET /.well-known/databricks-config", R"({"host_type":"ACCOUNT"})"}, {"POST /oidc/accounts/a1/v1/token", ok}},
       {"Authorization: Bearer t"},
       {"POST /oidc/accounts/a1/v1/token "}},
  };
  for (const SignInCase& c : kCases) Check("oauth-m2m", c);
}

TEST_F(SignInTest, OauthM2mScopesAreSorted) {
  Check("oauth-m2m", {"scopes",
                      {{"client_id", "id"}, {"client_secret", "sec"}, {"scopes", "sql, mlflow,sql"}},
                      {kDiscovery, {"POST /token", R"({"access_token":"t"})"}},
                      {"Authorization: Bearer t"},
                      {"scope=mlflow sql\n"}});
}

TEST_F(SignInTest, OauthM2mFails) {
  const SignInCase kCases[] = {
      {"no discovery",
       kPrincipal,
       {},
       {},
       {"GET {host}/oidc/.well-known/oauth-authorization-server answered 404", "no Databricks workspace"}},
      {"refused",
       kPrincipal,
       {kDiscovery, {"POST /token", R"(401 {"error":"invalid_client","error_description":"Unknown s canary/ä"})"}},
       {},
       {"by oauth-m2m (auth_type, from the provider block)", "POST {host}/token answered 401 invalid_client: Unknown"}},
      {"no token", kPrincipal, {{"POST /token", R"({"access_token":""})"}}, {}, {"no usable access_token"}},
      {"a token with a line end",
       kPrincipal,
       {{"POST /token", R"({"access_token":"canary\nX: y"})"}},
       {},
       {"no usable access_token"}},
      {"html", kPrincipal, {{"POST /token", "<html>canary"}}, {}, {"did not answer with JSON"}},
      {"a token that no server takes",
       kPrincipal,
       {{"POST /token", R"({"access_token":")" + std::string(16'385, 't') + R"("})"}},
       {},
       {"no usable access_token"}},
      {"an address that no server takes",
       kPrincipal,
       {{kDiscovery.first, R"({"token_endpoint":"{host}/)" + std::string(16'385, 't') + R"("})"}},
       {},
       {"no usable token_endpoint"}},
      {"an address that no server takes, of the metadata",
       kPrincipal,
       {{"GET /.well-known/databricks-config", R"({"oidc_endpoint":"{host}/)" + std::string(1u << 20, 't') + R"("})"}},
       {},
       {"an address of 10", "bytes is not called"}},
      {"no client_secret", {{"client_id", "id"}}, {}, {}, {"client_secret (DATABRICKS_CLIENT_SECRET) is not set"}},
  };
  for (const SignInCase& c : kCases) Check("oauth-m2m", c);
}

}  // namespace
}  // namespace tfcpp::databricks
