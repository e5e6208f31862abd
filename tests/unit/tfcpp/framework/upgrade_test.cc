#include "tfcpp/framework/upgrade.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/tfcpp/framework/thing.h"

namespace tfcpp {
namespace {

using ::testing::HasSubstr;

// The notation of the tests stands in for JSON.
Result<Value> Decode(std::string_view text, const Type& type) { return ParseValue(text, type); }

TEST(UpgradeStateTest, TheSameVersionIsDecodedAgain) {
  const auto output = UpgradeState(Thing(), 0, R"({id: "1", once: "x"})", Decode);
  EXPECT_EQ(output.state, T(R"({id: "1"})"));
  EXPECT_TRUE(output.diagnostics.empty());
}

TEST(UpgradeStateTest, AnOlderVersionRunsItsUpgrader) {
  ResourceType type = ThingType();
  type.schema.version = 2;
  type.upgraders[1] = [](const Value& old_state) -> Result<Value> {
    return T("{}").With("name", old_state.Get("title"));
  };
  EXPECT_EQ(UpgradeState(type, 1, R"({title: "t"})", Decode).state, T(R"({name: "t"})"));
  EXPECT_TRUE(UpgradeState(type, 0, "{}", Decode).diagnostics.has_error());
}

TEST(UpgradeStateTest, NeverAnswersWithNothing) {
  const auto newer = UpgradeState(Thing(), 1, "{}", Decode);
  ASSERT_TRUE(newer.diagnostics.has_error());
  EXPECT_THAT(newer.diagnostics.items()[0].detail, HasSubstr("newer version"));
  EXPECT_TRUE(UpgradeState(Thing(), 0, "{nonsense: 1}", Decode).diagnostics.has_error());
}

}  // namespace
}  // namespace tfcpp
