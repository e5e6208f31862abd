#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "framework_docs/calls.h"
#include "framework_docs/planning.md.h"

namespace {

using framework_docs::Parse;
using testing::ElementsAre;
using testing::IsEmpty;
using tfcpp::Path;

const tfcpp::ResourceType& Machine() {
  static const tfcpp::ResourceType kType = MachineType();
  return kType;
}

// A plan of the configuration over the prior state, whose computed values the configuration leaves.
tfcpp::Plan PlanOf(std::string_view config, std::string_view prior, const tfcpp::Facts& facts = {}) {
  const Value configured = Parse(config, Machine().schema);
  const Value before = Parse(prior, Machine().schema);
  Value proposed = configured;
  for (const char* name : {"id", "price"}) {
    if (!before.is_null()) proposed = proposed.With(name, before.Get(name));
  }
  return tfcpp::PlanResource(
      Machine(), {.config = configured, .prior = before, .proposed = proposed, .private_data = "", .facts = facts});
}

constexpr char kPrior[] = R"({id: "7", image: "x", size: "a1", price: 2})";

TEST(PlanningPage, TheSchemaIsSound) { EXPECT_THAT(MachineSchema().Check(), IsEmpty()); }

TEST(PlanningPage, ACreateHasTheDefaultAndShowsThePrice) {
  EXPECT_EQ(PlanOf(R"({image: "x"})", "null").planned.ToString(), R"({id: ?, image: "x", price: 2, size: "a1"})");
}

TEST(PlanningPage, WithoutADifferenceNothingIsUnknown) {
  EXPECT_EQ(PlanOf(R"({image: "x"})", kPrior).planned, Parse(kPrior, Machine().schema));
}

TEST(PlanningPage, Replacements) {
  EXPECT_THAT(PlanOf(R"({image: "x", size: "a2"})", kPrior).requires_replace, IsEmpty());
  EXPECT_THAT(PlanOf(R"({image: "x", size: "b1"})", kPrior).requires_replace, ElementsAre(Path("size")));
  EXPECT_THAT(PlanOf(R"({image: "y"})", kPrior).requires_replace, ElementsAre(Path("image")));
  // The id stays known, and the price follows.
  EXPECT_EQ(PlanOf(R"({image: "x", size: "b1"})", kPrior).planned.ToString(),
            R"({id: "7", image: "x", price: 9, size: "b1"})");
}

TEST(PlanningPage, AFactMayForbid) {
  EXPECT_TRUE(PlanOf(R"({image: "x", size: "b1"})", kPrior, {{"most_cents", "5"}}).diagnostics.has_error());
  EXPECT_FALSE(PlanOf(R"({image: "x", size: "a2"})", kPrior, {{"most_cents", "5"}}).diagnostics.has_error());
}

}  // namespace
