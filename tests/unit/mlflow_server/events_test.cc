#include "mlflow_server/events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace tfcpp::mlflow_server {
namespace {

using ::testing::HasSubstr;

TEST(EventsTest, EveryOneHasOneFormOnTheWire) {
  std::set<std::string_view> names;
  for (const Event& event : kEvents) {
    names.insert(event.name);
    EXPECT_EQ(FromWire(ToWire(event.name)), event.name);
  }
  EXPECT_EQ(names.size(), kEvents.size());
  EXPECT_EQ(ToWire("model_version_alias.created").Write(), R"({"entity":"MODEL_VERSION_ALIAS","action":"CREATED"})");
  for (const char* other : {"{}", "[]", R"("A.B")", R"({"entity":"A"})", R"({"entity":1,"action":2})"}) {
    EXPECT_EQ(FromWire(Json::Parse(other).value()), "") << other;
  }
}

TEST(EventsTest, OfAReleaseItIsKnownWhatItDoesNotKnow) {
  const struct {
    const char* event;
    const char* release;
    const char* told;  // "": nothing is suspicious
    bool certain;
  } kCases[] = {
      {"model_version.created", "3.3.0", "", false},
      {"model_version.created", "", "", false},
      {"prompt.created", "3.5.0", "", false},
      {"prompt.created", "3.4.0", "prompt.created came with MLflow 3.5.0", true},
      {"prompt.created", "", "prompt.created came with MLflow 3.5.0", false},
      {"budget_policy.exceeded", "3.10.1", "came with MLflow 3.11.0", true},
      {"budget_policy.exceeded", "3.11.0rc1", "", false},
      {"budget_policy.exceeded", "3.17.2", "", false},
      {"model_version.archived", "3.17.2", "model_version.archived is no event of MLflow up to 3.17.2", true},
      {"model_version.archived", "3.3.2", "is no event of MLflow", true},
      // A newer server may know it, so that something else may have gone wrong after it was stored.
      {"model_version.archived", "3.18.0", "is no event of MLflow", false},
      {"model_version.archived", "4", "is no event of MLflow", false},
      {"model_version.archived", "", "is no event of MLflow", false},
  };
  for (const auto& each : kCases) {
    const UnknownEvents unknown = FindUnknown({"registered_model.created", each.event}, each.release);
    EXPECT_THAT(unknown.text, HasSubstr(each.told)) << each.event << " " << each.release;
    EXPECT_EQ(unknown.text.empty(), std::string_view(each.told).empty()) << each.event << " " << each.release;
    EXPECT_EQ(unknown.certain, each.certain) << each.event << " " << each.release;
  }
}

TEST(EventsTest, OfThousandsAFewAreNamed) {
  std::vector<std::string> events(20'000, "a.b" + std::string(1000, 'x'));
  const UnknownEvents unknown = FindUnknown(events, "3.17.2");
  EXPECT_THAT(unknown.text, HasSubstr("and 19990 more"));
  EXPECT_LT(unknown.text.size(), 4'000U);
}

}  // namespace
}  // namespace tfcpp::mlflow_server
