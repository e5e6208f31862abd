// The strategies of Azure, but for its CLI.
#include "databricks/auth/azure.h"

#include "databricks/auth/addressing_transport.h"
#include "sign_in_fixture.h"
#include "support/scripted_transport.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

const std::string kApplication = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
const std::string kManagement = "https://management.core.windows.net/";
const char kToken[] = R"({"access_token":"t-canary","token_type":"Bearer","expires_on":"1767229200"})";
const std::vector<std::string> kHeaders{"Authorization: Bearer t-canary",
                                        "X-Databricks-Azure-SP-Management-Token: t-canary"};

TEST_F(SignInTest, AzureClientSecret) {
  const Texts kPrincipal{{"azure_client_id", "id"}, {"azure_client_secret", "s-canary"}, {"cloud", "azure"}};
  Texts with_tenant = kPrincipal;
  with_tenant["azure_tenant_id"] = "tenant";
  Texts on_aws = with_tenant;
  on_aws["cloud"] = "AWS";
  Texts unknown_cloud = with_tenant;
  unknown_cloud.erase("cloud");
  Texts with_resource = with_tenant;
  with_resource.erase("cloud");
  with_resource["azure_workspace_resource_id"] = "/subscriptions/s/x";
  const std::string form =
      "POST /aad/tenant/oauth2/token client_id=id client_secret=s-canary "
      "grant_type=client_credentials resource=";
  const SignInCase kCases[] = {
      {"no metadata, unknown cloud", unknown_cloud, {}, {}, {"nothing tells that the workspace is on Azure"}},
      {"tenant",
       with_tenant,
       {{"POST /aad/tenant/oauth2/token", kToken}},
       kHeaders,
       {form + kApplication + "\n", form + kManagement + "\n"}},
      {"resource id",
       with_resource,
       {},
       {"X-Databricks-Azure-Workspace-Resource-Id: /subscriptions/s/x", kHeaders[0], kHeaders[1]},
       {}},
      {"another cloud", on_aws, {}, {}, {"the workspace is on AWS, not on Azure"}},
      {"tenant unknown", kPrincipal, {}, {}, {"the tenant is unknown", "ARM_TENANT_ID"}},
      {"secret missing", {{"azure_client_id", "id"}, {"cloud", "Azure"}}, {}, {}, {"ARM_CLIENT_SECRET"}},
      {"refused",
       with_tenant,
       {{"POST /aad/tenant/oauth2/token",
         R"(401 {"error":"invalid_client","error_description":"AADSTS7000215: Wrong s-canary. Trace ID: 1"})"}},
       {},
       {"invalid_client: AADSTS7000215: Wrong **REDACTED**."}},
  };
  for (const SignInCase& c : kCases) Check("azure-client-secret", c);
}

TEST_F(SignInTest, AzureClientSecretAsksTheWorkspaceForTheTenant) {
  server.Answer("GET /aad/auth", "", 302,
                {{"Location", "https://login.microsoftonline.com/found/oauth2/authorize?x=1"}});
  Check("azure-client-secret", {"tenant",
                                {{"azure_client_id", "id"}, {"azure_client_secret", "s"}, {"cloud", "Azure"}},
                                {{"POST /aad/found/oauth2/token", kToken}},
                                kHeaders,
                                {"POST /aad/found/oauth2/token"}});
}

// What the host answers becomes part of the next address: only a tenant does.
TEST_F(SignInTest, TheTenantOfALocation) {
  const struct {
    const char* location;
    const char* tenant;  // "": there is none
  } kCases[] = {
      {"https://login.microsoftonline.com/6e0b2a10-0000-4000-8000-00000000000a/oauth2/authorize",
       "6e0b2a10-0000-4000-8000-00000000000a"},
      {"https://login.microsoftonline.com/contoso.onmicrosoft.com?x=/y", "contoso.onmicrosoft.com"},
      {"https://login.microsoftonline.com/Contoso-1#x", "Contoso-1"},
      {"https://login.microsoftonline.com/common/oauth2", "common"},
      {"https://login.microsoftonline.com", ""},
      {"https://login.microsoftonline.com/", ""},
      {"https://login.microsoftonline.com//oauth2", ""},
      {"https://login.microsoftonline.com/?tenant", ""},
      {"https://login.microsoftonline.com/..", ""},
      {"https://login.microsoftonline.com/../evil", ""},
      {"https://login.microsoftonline.com/a%2f..", ""},
      {"https://login.microsoftonline.com/a b", ""},
      {"https://login.microsoftonline.com/a\\b", ""},
      {"https://login.microsoftonline.com/a@evil.example", ""},
      {"https://login.microsoftonline.com/a:1", ""},
      {"https://login.microsoftonline.com/b\xc3\xbc"
       "cher",
       ""},
      {"https://login.microsoftonline.com/\xe2\x80\xae"
       "evil",
       ""},
      {"https://login.microsoftonline.com/\xff\xfe", ""},
      {"https://login.microsoftonline.com/\x1b[31m", ""},
      {"/tenant/oauth2", ""},
      {"", ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.location);
    ConfigInput input{{"host", Secret("https://adb-1.2.azuredatabricks.net")},
                      {"azure_client_id", Secret("id")},
                      {"azure_client_secret", Secret("s")}};
    const Environment nothing = [](std::string_view) { return std::nullopt; };
    const auto config = Resolve(input, nothing);
    ASSERT_TRUE(config.has_value());
    test::ScriptedTransport login{test::Answer(302, "", {{"Location", c.location}}), test::Answer(400),
                                  test::Answer(400)};
    SignIn sign_in(*config, nothing, login, clock, secrets, [] { return 0.0; });
    const auto headers = sign_in.Headers({{}, log});
    ASSERT_FALSE(headers.has_value());
    ASSERT_GE(login.requests.size(), 1u);
    EXPECT_EQ(login.requests[0].url, "https://adb-1.2.azuredatabricks.net/aad/auth");
    if (*c.tenant != '\0') {
      ASSERT_EQ(login.requests.size(), 2u);
      EXPECT_EQ(login.requests[1].url, Concat("https://login.microsoftonline.com/", c.tenant, "/oauth2/token"));
    } else {
      EXPECT_EQ(login.requests.size(), 1u);
      EXPECT_THAT(headers.error().message, testing::HasSubstr("the tenant is unknown"));
      EXPECT_EQ(Readable(headers.error().message), headers.error().message);
    }
  }
}

TEST_F(SignInTest, AzureClientSecretAsksTheHostForTheCloud) {
  Check("azure-client-secret",
        {"metadata",
         {{"azure_client_id", "id"}, {"azure_client_secret", "s"}, {"azure_tenant_id", "tenant"}},
         {{"GET /.well-known/databricks-config", R"({"cloud":"AZURE"})"}, {"POST /aad/tenant/oauth2/token", kToken}},
         kHeaders,
         {}});
}

TEST_F(SignInTest, AzureMsi) {
  const std::string path = "GET /metadata/identity/oauth2/token";
  const SignInCase kCases[] = {
      {"system-assigned",
       {{"azure_use_msi", "true"}, {"cloud", "Azure"}},
       {{path, kToken}},
       kHeaders,
       {path + " metadata=true api-version=2018-02-01 resource=" + kApplication + "\n",
        path + " metadata=true api-version=2018-02-01 resource=" + kManagement + "\n"}},
      {"user-assigned",
       {{"azure_use_msi", "true"}, {"cloud", "Azure"}, {"azure_client_id", "mine"}},
       {},
       kHeaders,
       {"client_id=mine resource="}},
      {"off",
       {{"azure_use_msi", "false"}, {"cloud", "Azure"}},
       {},
       {},
       {"azure_use_msi (ARM_USE_MSI) is not true"},
       {{"ARM_USE_MSI", "true"}}},
      {"no identity",
       {{"azure_use_msi", "true"}, {"cloud", "Azure"}},
       {{path, R"(400 {"error":"invalid_request","error_description":"Identity not found"})"}},
       {},
       {"invalid_request: Identity not found"}},
  };
  for (const SignInCase& c : kCases) Check("azure-msi", c);
}

TEST_F(SignInTest, AzureFindsTheHostOfAResourceId) {
  for (AzureEnvironment& azure : endpoints.azure) azure.resource_manager = server.url() + "/";
  server.Answer("GET /subscriptions/s/w", R"({"properties":{"workspaceUrl":"adb-1.2.azuredatabricks.net"}})");
  server.Answer("GET /subscriptions/s/w", R"({"error":{"code":"AuthorizationFailed","message":"No t-canary."}})", 403,
                {}, 1);
  Answer({{"GET /metadata/identity/oauth2/token", kToken}});
  const auto sign_in =
      Make({{"host", ""}, {"azure_use_msi", "true"}, {"azure_workspace_resource_id", "/subscriptions/s/w"}});
  NullLogger quiet;
  EXPECT_EQ(sign_in->Host({{}, quiet}).error().message,
            "The address of the workspace /subscriptions/s/w cannot be found: GET " + server.url() +
                "/subscriptions/s/w answered 403 No **REDACTED**. Set host (DATABRICKS_HOST).\n\n"
                "azure_workspace_resource_id comes from the provider block, azure_use_msi from the provider block.");
  test::ScriptedTransport next{test::Answer(200), test::Answer(200)};
  AddressingTransport addressing(next, *sign_in);
  ASSERT_TRUE(addressing.Send({{}, quiet}, {.url = "/api?x=1"}).has_value());
  ASSERT_TRUE(addressing.Send({{}, quiet}, {.url = "https://x/api"}).has_value());
  EXPECT_EQ(next.requests[0].url, "https://adb-1.2.azuredatabricks.net/api?x=1");
  EXPECT_EQ(next.requests[1].url, "https://x/api");
  EXPECT_THAT(server.log(), testing::HasSubstr("GET /subscriptions/s/w authorization=Bearer t-canary "
                                               "api-version=2018-04-01\n"));
}

TEST_F(SignInTest, GithubOidcAzure) {
  const Texts kJob{{"ACTIONS_ID_TOKEN_REQUEST_URL", "{host}/idtoken"},
                   {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-canary"}};
  const Texts kClient{{"azure_client_id", "id"}, {"azure_tenant_id", "tenant"}, {"cloud", "Azure"}};
  const SignInCase kCases[] = {
      {"job",
       kClient,
       {{"GET /idtoken", R"({"value":"id-canary"})"}, {"POST /aad/tenant/oauth2/token", kToken}},
       {kHeaders[0]},
       {"GET /idtoken authorization=Bearer request-canary audience=api://AzureADTokenExchange\n",
        "POST /aad/tenant/oauth2/token client_assertion=id-canary "
        "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer client_id=id "
        "grant_type=client_credentials resource=" +
            kApplication + "\n"},
       kJob},
      {"no job", kClient, {}, {}, {"ACTIONS_ID_TOKEN_REQUEST_URL"}},
  };
  for (const SignInCase& c : kCases) Check("github-oidc-azure", c);
}

TEST_F(SignInTest, AzureTokensEndEarly) {
  // expires_on is an hour away; the workspace would refuse the token in its last seconds.
  Answer({{"POST /aad/tenant/oauth2/token", kToken}});
  const auto sign_in = Make(
      {{"azure_client_id", "id"}, {"azure_client_secret", "s"}, {"azure_tenant_id", "tenant"}, {"cloud", "Azure"}});
  ASSERT_TRUE(Headers(*sign_in).has_value());
  Answer({{"POST /aad/tenant/oauth2/token", R"(400 {"error":"down"})"}});
  clock.Advance(std::chrono::seconds(3600 - 41));
  EXPECT_TRUE(Headers(*sign_in).has_value());
  clock.Advance(std::chrono::seconds(2));
  EXPECT_FALSE(Headers(*sign_in).has_value());
}

TEST(AzureApplicationTest, FollowsFromTheHost) {
  EXPECT_EQ(AzureApplication("https://adb-1.2.azuredatabricks.net"), kApplication);
  EXPECT_EQ(AzureApplication("https://adb-1.2.staging.azuredatabricks.net"), "4a67d088-db5c-48f1-9ff2-0aace800ae68");
  EXPECT_EQ(AzureApplication("https://adb-1.2.dev.azuredatabricks.net"), "62a912ac-b58e-4c1d-89ea-b2dbfc7358fc");
  EXPECT_EQ(AzureApplication("https://adb-1.2.databricks.azure.us"), kApplication);
}

}  // namespace
}  // namespace tfcpp::databricks
