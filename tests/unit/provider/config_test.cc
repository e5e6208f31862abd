#include "provider/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tfcpp/framework/validate.h"
#include "tfcpp/testing/value_matchers.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;

tfcpp::Value Block(std::string_view text) { return tfcpp::V(text, ProviderSchema().ImpliedType()); }

tfcpp::Environment Nothing() {
  return [](std::string_view) { return std::nullopt; };
}

TEST(ProviderSchemaTest, IsSoundAndHidesSecrets) {
  const tfcpp::Schema schema = ProviderSchema();
  EXPECT_TRUE(schema.Check().empty());
  for (const char* secret : {"token", "password", "client_secret", "azure_client_secret", "google_credentials",
                             "metadata_service_url", "actions_id_token_request_token"}) {
    EXPECT_TRUE(schema.Find(secret)->sensitive) << secret;
  }
  EXPECT_FALSE(schema.Find("client_id")->sensitive);
  EXPECT_THAT(schema.Find("client_id")->description, HasSubstr("`DATABRICKS_CLIENT_ID`"));
}

TEST(ReadProviderBlockTest, GivesTextsOfEveryType) {
  const auto input = ReadProviderBlock(
      Block(R"({host: "h", azure_use_msi: false, rate_limit: 0, http_timeout_seconds: 2.5, scopes: ["a", "b"]})"));
  ASSERT_TRUE(input.has_value());
  EXPECT_EQ(input->at("host").Reveal(), "h");
  EXPECT_EQ(input->at("azure_use_msi").Reveal(), "false");
  EXPECT_EQ(input->at("rate_limit").Reveal(), "0");
  EXPECT_EQ(input->at("http_timeout_seconds").Reveal(), "2.5");
  EXPECT_EQ(input->at("scopes").Reveal(), "a,b");
  EXPECT_EQ(input->at("token").Reveal(), "");
}

TEST(ReadProviderBlockTest, UnknownWhereOrWhoIsNotKnownYet) {
  for (const char* block : {"{host: ?}", "{token: ?}", "{client_secret: ?}", "{scopes: [?]}", "{profile: ?}"}) {
    EXPECT_FALSE(ReadProviderBlock(Block(block)).has_value()) << block;
  }
  EXPECT_TRUE(ReadProviderBlock(Block("{http_timeout_seconds: ?, rate_limit: ?, cluster_id: ?}")).has_value());
}

TEST(ConfigureWorkspaceTest, SaysWhatIsMissingWithEveryWay) {
  tfcpp::Service service;
  EXPECT_FALSE(ConfigureWorkspace(Block("{}"), Nothing(), service).has_value());
  ASSERT_EQ(service.diagnostics.items().size(), 1u);
  for (const char* word :
       {"DATABRICKS_HOST", "DATABRICKS_TOKEN", "provider \"mlflow\"", "databricks-cli: ", "google-id: "}) {
    EXPECT_THAT(service.diagnostics.items()[0].detail, HasSubstr(word));
  }
}

TEST(ProviderBlockTest, RefusesBadValues) {
  for (const char* block : {"{http_timeout_seconds: 0}", "{retry_timeout_seconds: -1}", "{http_timeout_seconds: 1.5}",
                            "{rate_limit: -1}"}) {
    EXPECT_TRUE(tfcpp::ValidateConfig(ProviderSchema(), {}, Block(block), {}).has_error()) << block;
  }
}

TEST(ProviderBlockTest, TellsWhatHasNoEffect) {
  const auto told = tfcpp::ValidateConfig(ProviderSchema(), {}, Block("{oauth_callback_port: 8020}"), {});
  EXPECT_FALSE(told.has_error());
  ASSERT_EQ(told.items().size(), 1u);
  EXPECT_THAT(told.items()[0].detail, HasSubstr("databricks auth login"));
}

}  // namespace
}  // namespace mlflow
