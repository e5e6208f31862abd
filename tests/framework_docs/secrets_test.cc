#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>

#include "framework_docs/calls.h"
#include "framework_docs/secrets.md.h"

namespace {

using framework_docs::Parse;
using testing::IsEmpty;

tfcpp::Schema UserSchema() {
  return {.attributes = tfcpp::fields::AttributesOf(tfcpp::fields::FieldsOf<User>()), .description = "A user."};
}

TEST(SecretsPage, SchemasAreSound) {
  EXPECT_THAT(UserSchema().Check(), IsEmpty());
  EXPECT_THAT(TokenType().schema.Check(), IsEmpty());
  EXPECT_TRUE(UserSchema().Find("password")->sensitive);
}

TEST(SecretsPage, TheVersionSaysWhenASecretIsSentAnew) {
  const auto parse = [](std::string_view text) { return Parse(text, UserSchema()); };
  const Value config = parse(R"({name: "a", password_wo: "s", password_wo_version: 2})");
  const Value same = parse(R"({name: "a", password_wo_version: 2})");
  const Value before = parse(R"({name: "a", password_wo_version: 1})");
  EXPECT_EQ(PasswordToSend(config, parse("null"), same), Secret("s"));
  EXPECT_EQ(PasswordToSend(config, same, same), std::nullopt);
  EXPECT_EQ(PasswordToSend(config, before, same), Secret("s"));
  const Value kept = parse(R"({name: "a", password: "p"})");
  EXPECT_EQ(PasswordToSend(kept, kept, kept), Secret("p"));
}

TEST(SecretsPage, AWriteOnlyValueIsInNoPlan) {
  const tfcpp::ResourceType type{.name = "cloud_user", .schema = UserSchema()};
  const Value config = Parse(R"({name: "a", password_wo: "s"})", type.schema);
  const auto plan = tfcpp::PlanResource(
      type,
      {.config = config, .prior = Parse("null", type.schema), .proposed = config, .private_data = "", .facts = {}});
  EXPECT_TRUE(plan.planned.Get("password_wo").is_null());
}

TEST(SecretsPage, ATokenIsLentAndGivenBack) {
  tfcpp::SystemClock clock;
  Tokens tokens(clock);
  tfcpp::NullLogger log;
  const std::stop_source never;
  const Context context{.stop = never.get_token(), .log = log};
  const auto opened = tokens.Open(context, Parse(R"({user: "a"})", TokenType().schema));
  EXPECT_TRUE(opened.result->is_wholly_known());
  EXPECT_TRUE(opened.lease.renew_at.has_value());
  EXPECT_EQ(tokens.Renew(context, opened.lease.private_data).lease.private_data, "t1");
  EXPECT_THAT(tokens.Close(context, opened.lease.private_data).items(), IsEmpty());
  EXPECT_EQ(tokens.closed(), "t1");
}

}  // namespace
