#include "provider/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "framework/validate.h"
#include "support/value_matchers.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;

tfcpp::Value Block(std::string_view text) { return tfcpp::V(text, ProviderSchema().ImpliedType()); }

TEST(ProviderSchemaTest, IsSoundAndHidesTheToken) {
  EXPECT_TRUE(ProviderSchema().Check().empty());
  EXPECT_TRUE(ProviderSchema().Find("token")->sensitive);
}

TEST(ReadProviderBlockTest, EmptyStringsCountAsUnset) {
  const auto input = ReadProviderBlock(Block(R"({host: "", token: ""})"));
  ASSERT_TRUE(input.has_value());
  EXPECT_FALSE(input->host.has_value());
  EXPECT_FALSE(input->token.has_value());
}

TEST(ReadProviderBlockTest, ZeroIsAValue) {
  EXPECT_EQ(ReadProviderBlock(Block("{retry_timeout_seconds: 0}"))->retry_timeout_seconds, 0);
}

TEST(ReadProviderBlockTest, UnknownHostOrTokenIsNotKnownYet) {
  EXPECT_FALSE(ReadProviderBlock(Block("{host: ?}")).has_value());
  EXPECT_FALSE(ReadProviderBlock(Block("{token: ?}")).has_value());
  EXPECT_TRUE(ReadProviderBlock(Block("{http_timeout_seconds: ?}")).has_value());
}

TEST(FindMissingTest, NamesEachWay) {
  EXPECT_TRUE(FindMissing({.host = "https://x", .token = tfcpp::Secret("t"), .auth_type = "pat"}).empty());
  const auto both = FindMissing({});
  ASSERT_EQ(both.items().size(), 1u);
  for (const char* word : {"DATABRICKS_HOST", "DATABRICKS_TOKEN", "provider \"mlflow\""}) {
    EXPECT_THAT(both.items()[0].detail, HasSubstr(word));
  }
}

TEST(ProviderBlockTest, RefusesBadValues) {
  for (const char* block : {R"({host: "ftp://x"})", "{http_timeout_seconds: 0}", "{retry_timeout_seconds: -1}",
                            "{http_timeout_seconds: 1.5}"}) {
    EXPECT_TRUE(tfcpp::ValidateConfig(ProviderSchema(), {}, Block(block), {}).has_error()) << block;
  }
}

}  // namespace
}  // namespace mlflow
