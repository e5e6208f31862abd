#include "tfcpp/framework/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/tfcpp/framework/thing.h"

namespace tfcpp {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Names every value that it is asked about.
Validator Recorder(std::vector<std::string>& seen) {
  return {"is seen", [&seen](const ValidateRequest& request, Diagnostics&) {
            seen.push_back(request.path.ToString() + "=" + request.value.ToString());
          }};
}

TEST(ValidateConfigTest, JudgesKnownValuesOnlyParentsFirst) {
  std::vector<std::string> seen;
  Attribute inner = Text("inner");
  inner.validators = {Recorder(seen)};
  Attribute outer = Text("outer");
  outer.type = NestedObject{Nesting::kList, {inner}};
  outer.validators = {Recorder(seen)};
  const Schema schema{.attributes = {outer, inner}};
  const auto check = [&](std::string_view config) {
    seen.clear();
    ValidateConfig(schema, {}, V(config, schema.ImpliedType()), {});
    return seen;
  };
  EXPECT_EQ(check(R"({outer: [{inner: "a"}, {inner: ?}, {inner: null}], inner: "b"})"),
            (std::vector<std::string>{R"(outer=[{inner: "a"}, {inner: ?}, {inner: null}])", R"(outer[0].inner="a")",
                                      R"(inner="b")"}));
  EXPECT_TRUE(check("{outer: ?, inner: null}").empty());
}

TEST(ValidateConfigTest, WhatTheServiceDecidesCannotBeSet) {
  for (const char* config : {R"({id: "1"})", "{id: ?}", "{id: ?!}", R"({updated: ""})"}) {
    const auto refused = ValidateConfig(Thing().schema, {}, T(config), {});
    EXPECT_EQ(Summaries(refused), "error: Read-only attribute\n") << config;
  }
  const auto nested = ValidateConfig(Thing().schema, {}, T(R"({list: [{host: "h"}, {host: "h", seen: "s"}]})"), {});
  ASSERT_EQ(nested.items().size(), 1u);
  EXPECT_EQ(nested.items()[0].path.ToString(), "list[1].seen");
  EXPECT_TRUE(ValidateConfig(Thing().schema, {}, T(R"({id: null, size: "large"})"), {}).empty());
}

TEST(ValidateConfigTest, ChecksAcrossAttributes) {
  const std::vector<ConfigValidator> validators = {{"name or place", [](const Value& config, Diagnostics& diagnostics) {
                                                      if (config.Get("name").is_null() && config.Get("place").is_null())
                                                        diagnostics.AddError("neither", "");
                                                    }}};
  EXPECT_EQ(Summaries(ValidateConfig(Thing().schema, validators, T("{}"), {})), "error: neither\n");
  EXPECT_EQ(Summaries(ValidateConfig(Thing().schema, validators, T("{name: ?}"), {})), "");
}

TEST(ValidateConfigTest, WriteOnlyNeedsAClientThatKnowsIt) {
  const ValidateOptions old_client{.write_only_allowed = false};
  const auto refused = ValidateConfig(Thing().schema, {}, T(R"({once: "canary"})"), old_client);
  ASSERT_EQ(refused.items().size(), 1u);
  EXPECT_THAT(refused.items()[0].detail, HasSubstr("Terraform 1.11"));
  EXPECT_THAT(refused.items()[0].detail, Not(HasSubstr("canary")));
  EXPECT_TRUE(refused.items()[0].path.empty());
  EXPECT_TRUE(ValidateConfig(Thing().schema, {}, T("{once: ?}"), old_client).empty());
  EXPECT_TRUE(ValidateConfig(Thing().schema, {}, T(R"({once: "x"})"), {}).empty());
}

}  // namespace
}  // namespace tfcpp
