// Terraform's rules on generated values: whatever the configuration, and whatever part of it is not known yet, plans
// and answers hold to them, and the life of a thing ends in an empty plan.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "client.h"
#include "tfcpp/testing/generate.h"
#include "tfcpp/testing/rules.h"

namespace conformance {
namespace {

using testing::IsEmpty;
using tfcpp::Schema;
using tfcpp::Value;
using tfcpp::test::Blur;
using tfcpp::test::GenerateConfig;
using tfcpp::test::PlanBreaches;
using tfcpp::test::Random;
using tfcpp::test::RefinementBreaches;

struct GeneratedTest : testing::TestWithParam<unsigned> {
  GeneratedTest() { client.Configure(); }

  // A plan that holds to the rules.
  Change Plan(const Value& prior, const Value& config, const std::string& private_data) {
    Change change = client.Plan(prior, config, private_data);
    EXPECT_FALSE(change.failed) << testing::PrintToString(Texts(change.diagnostics));
    EXPECT_THAT(PlanBreaches(schema(), prior, config, change.planned), IsEmpty())
        << "config  " << config.ToString() << "\nprior   " << prior.ToString() << "\nplanned "
        << change.planned.ToString();
    return change;
  }
  // First with parts unknown, then known: as plan and apply do. Applies, and reads back.
  Value Settle(const Value& prior, const Value& config, std::string& private_data) {
    const Change early = Plan(prior, Blur(schema(), config, random), private_data);
    Change change = Plan(prior, config, private_data);
    EXPECT_THAT(RefinementBreaches(early.planned, change.planned), IsEmpty())
        << "early " << early.planned.ToString() << "\nfinal " << change.planned.ToString();
    if (!change.requires_replace.empty() && !prior.is_null()) {
      Change destroy = client.Plan(prior, Value::Null(client.thing_type()), private_data);
      client.Apply(destroy);
      EXPECT_TRUE(destroy.state.is_null());
      private_data.clear();
      return Settle(destroy.state, config, private_data);
    }
    client.Apply(change);
    EXPECT_THAT(change.diagnostics, IsEmpty());
    EXPECT_TRUE(change.state.is_wholly_known()) << change.state.ToString();
    EXPECT_THAT(RefinementBreaches(change.planned, change.state), IsEmpty())
        << "planned " << change.planned.ToString() << "\nstate   " << change.state.ToString();
    const Change read = client.Read(change.state, change.private_data);
    EXPECT_THAT(read.diagnostics, IsEmpty());
    EXPECT_EQ(read.state.ToString(), change.state.ToString());
    private_data = read.private_data;
    return read.state;
  }

  const Schema& schema() const { return client.type().schema; }
  Client client;
  Random random = std::mt19937(GetParam());
};

TEST_P(GeneratedTest, LifeHoldsToTheRules) {
  for (int round = 0; round < 20; ++round) {
    SCOPED_TRACE(round);
    Value state = Value::Null(client.thing_type());
    std::string private_data;
    for (int step = 0; step < 3; ++step) {
      Value config = GenerateConfig(schema(), random);
      // Keep the name at times: another one is a replacement, and most changes should be updates.
      if (state.is_set() && random() % 4 != 0) config = config.With("name", state.Get("name"));
      state = Settle(state, config, private_data);
      ASSERT_FALSE(HasFailure());
      const Change again = Plan(state, config, private_data);
      EXPECT_EQ(again.planned.ToString(), state.ToString()) << "for " << config.ToString();
      EXPECT_THAT(again.requires_replace, IsEmpty());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, GeneratedTest, testing::Range(1u, 6u));

// The rules themselves can fail.
TEST(Rules, FindBreaches) {
  Client client;
  const Schema& schema = client.type().schema;
  const auto thing = [&](std::string_view text) { return client.Thing(text); };
  const Value null = Value::Null(client.thing_type());
  const auto breaches = [&](const Value& prior, std::string_view config, std::string_view planned) {
    return PlanBreaches(schema, prior, thing(config), thing(planned));
  };
  using testing::ElementsAre;
  EXPECT_THAT(breaches(null, R"({name: "a"})", R"({name: "a", id: ?, size: 1})"), IsEmpty());
  EXPECT_THAT(breaches(null, R"({name: "a"})", R"({name: "b"})"), ElementsAre("name"));
  EXPECT_THAT(breaches(null, R"({name: ?})", R"({name: "b"})"), ElementsAre("name"));
  EXPECT_THAT(breaches(null, R"({name: "a"})", R"({name: "a", enabled: true})"), ElementsAre("enabled"));
  EXPECT_THAT(breaches(null, R"({name: "a", password: "p"})", R"({name: "a", password: "p"})"),
              ElementsAre("password"));
  EXPECT_THAT(breaches(null, R"({name: "a", spec: {url: "u"}})", R"({name: "a", spec: {url: "v"}})"),
              ElementsAre("spec.url"));
  EXPECT_THAT(breaches(null, R"({name: "a", rules: [{port: 1}]})", R"({name: "a", rules: []})"), ElementsAre("rules"));
  EXPECT_THAT(
      breaches(null, R"({name: "a", routes: {x: {target: "t"}}})", R"({name: "a", routes: {y: {target: "t"}}})"),
      ElementsAre("routes"));
  EXPECT_THAT(breaches(null, R"({name: "a", limit: [{max: 1}]})", R"({name: "a", limit: []})"), ElementsAre("limit"));
  EXPECT_THAT(breaches(thing(R"({name: "old"})"), R"({name: "a"})", R"({name: "old"})"),
              IsEmpty());  // keeps the prior

  EXPECT_THAT(RefinementBreaches(thing(R"({name: ?})"), thing(R"({name: "a"})")), IsEmpty());
  EXPECT_THAT(RefinementBreaches(thing(R"({name: ?!})"), thing("{}")), ElementsAre("name"));
  EXPECT_THAT(RefinementBreaches(thing(R"({name: "a"})"), thing(R"({name: "b"})")), ElementsAre("name"));
  EXPECT_THAT(RefinementBreaches(thing("{}"), thing(R"({name: "b"})")), ElementsAre("name"));
  EXPECT_THAT(RefinementBreaches(thing(R"({steps: ["a", ?]})"), thing(R"({steps: ["a"]})")), ElementsAre("steps"));
  EXPECT_THAT(RefinementBreaches(thing(R"({steps: ["a", ?]})"), thing(R"({steps: ["a", "b"]})")), IsEmpty());
  EXPECT_THAT(RefinementBreaches(thing(R"({labels: ["a"]})"), thing(R"({labels: ["b"]})")), ElementsAre("labels"));
}

}  // namespace
}  // namespace conformance
