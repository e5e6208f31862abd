#include "tfcpp/schema/plan_modifiers.h"

#include <gtest/gtest.h>

#include <string>

#include "tfcpp/testing/value_matchers.h"

namespace tfcpp {
namespace {

// One attribute of type string; texts in the notation of values.
struct Change {
  const char* config;
  const char* prior;  // "create": there is no prior state
  const char* planned;
};

PlanModifierResponse Respond(const PlanModifier& modifier, const Change& change) {
  const bool create = std::string(change.prior) == "create";
  const Path path("a");
  const Value config = V(change.config, Type::String());
  const Value prior = V(create ? "null" : change.prior, Type::String());
  const Value planned = V(change.planned, Type::String());
  const Value whole_config = Value::Object({{"a", config}});
  const Value whole_prior = create ? Value::Null(whole_config.type()) : Value::Object({{"a", prior}});
  PlanModifierResponse response{.planned = planned};
  modifier.modify({path, config, prior, planned, whole_config, whole_prior}, response);
  return response;
}

TEST(RequiresReplace, WhenAnExistingValueChanges) {
  const struct {
    Change change;
    bool replaces;
  } rows[] = {
      {{R"("new")", R"("old")", R"("new")"}, true},
      {{R"("new")", "null", R"("new")"}, true},
      {{"null", R"("old")", "null"}, true},
      {{"?", R"("old")", "?"}, true},  // may change: Terraform plans the replacement
      {{R"("old")", R"("old")", R"("old")"}, false},
      {{"null", "null", "null"}, false},
      {{R"("new")", "create", R"("new")"}, false},
      {{"?", "create", "?"}, false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(row.change.prior) + " -> " + row.change.planned);
    const PlanModifierResponse response = Respond(RequiresReplace(), row.change);
    EXPECT_EQ(response.requires_replace, row.replaces);
    EXPECT_EQ(response.planned, V(row.change.planned, Type::String()));  // never another plan
  }
}

TEST(RequiresReplaceIf, AsksOnlyAboutRealChanges) {
  int asked = 0;
  const PlanModifier to_long = RequiresReplaceIf("to a long name replaces it", [&](const PlanModifierRequest& request) {
    ++asked;
    return request.planned.AsString().size() > 3;
  });
  EXPECT_EQ(to_long.description, "to a long name replaces it");
  EXPECT_TRUE(Respond(to_long, {R"("long")", R"("old")", R"("long")"}).requires_replace);
  EXPECT_FALSE(Respond(to_long, {R"("new")", R"("old")", R"("new")"}).requires_replace);
  EXPECT_EQ(asked, 2);
  EXPECT_FALSE(Respond(to_long, {R"("long")", R"("long")", R"("long")"}).requires_replace);
  EXPECT_FALSE(Respond(to_long, {R"("long")", "create", R"("long")"}).requires_replace);
  EXPECT_EQ(asked, 2);
}

TEST(UseStateForUnknown, KeepsWhatIsKnownAlready) {
  const struct {
    Change change;
    const char* planned;
  } rows[] = {
      {{"null", R"("old")", "?"}, R"("old")"},
      {{"null", "null", "?"}, "?"},  // not known yet
      {{"null", "create", "?"}, "?"},
      {{"?", R"("old")", "?"}, "?"},  // the configuration decides
      {{R"("new")", R"("old")", R"("new")"}, R"("new")"},
      {{"null", R"("old")", "null"}, "null"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(row.change.config) + " " + row.change.prior + " -> " + row.change.planned);
    const PlanModifierResponse response = Respond(UseStateForUnknown(), row.change);
    EXPECT_EQ(response.planned, V(row.planned, Type::String()));
    EXPECT_FALSE(response.requires_replace);
  }
}

}  // namespace
}  // namespace tfcpp
