// Plan, apply, read of one resource over the wire: what Terraform's rules demand, and what happens when a resource
// misbehaves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "client.h"

namespace conformance {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tfcpp::Value;

struct LifecycleTest : testing::Test {
  LifecycleTest() { client.Configure(); }
  Value Null() const { return Value::Null(client.thing_type()); }
  Client client;
};

constexpr char kFull[] = R"({
  name: "a", size: 5, level: "low", enabled: true, ratio: 0.1, tags: {k: "v"}, labels: ["x", "y"], steps: ["2", "1"],
  any: ["one", 2, {deep: true}], token: "t", password: "p", spec: {url: "https://x", secret: "s"},
  rules: [{port: 1, note: "n"}, {port: 2}], members: [{who: "me", role: "owner"}, {who: "you"}],
  routes: {home: {target: "/", weight: 1.5}}, limit: [{max: 18446744073709551615}], owner: {who: "us"}})";

TEST_F(LifecycleTest, CreateReadPlanAgainIsEmptyForEveryKindOfAttribute) {
  Change change = client.Plan(Null(), client.Thing(kFull));
  EXPECT_THAT(change.diagnostics, IsEmpty());
  EXPECT_FALSE(change.planned.Get("id").is_known());
  EXPECT_TRUE(change.planned.Get("password").is_null());  // write-only
  EXPECT_EQ(change.planned.Get("spec").Get("retries").ToString(), "3");
  client.Apply(change);
  EXPECT_THAT(change.diagnostics, IsEmpty());
  EXPECT_TRUE(change.state.is_wholly_known());
  EXPECT_TRUE(change.state.Get("password").is_null());
  EXPECT_EQ(client.store().last_password(), "p");
  EXPECT_EQ(change.state.Get("any").ToString(), R"(["one", 2, {deep: true}])");
  EXPECT_EQ(change.state.Get("ratio").ToString(), "0.1");
  EXPECT_EQ(change.state.Get("rules").ToString(),
            R"([{key: "k1", note: "n", port: 1}, {key: "k2", note: null, port: 2}])");
  EXPECT_EQ(change.private_data, "created");

  const Change read = client.Read(change.state, change.private_data);
  EXPECT_THAT(read.diagnostics, IsEmpty());
  EXPECT_EQ(read.private_data, "read");
  // The service told no secrets; the state keeps them.
  EXPECT_EQ(read.state.ToString(), change.state.ToString());

  const Change again = client.Plan(read.state, client.Thing(kFull), read.private_data);
  EXPECT_EQ(again.planned.ToString(), read.state.ToString());
  EXPECT_THAT(again.requires_replace, IsEmpty());
  EXPECT_EQ(again.private_data, "read");
}

TEST_F(LifecycleTest, UnknownValuesOfEveryKindArePlanned) {
  const Change change = client.Plan(
      Null(), client.Thing(R"({name: ?, size: ?, tags: ?, labels: ["x", ?], any: ?, spec: ?!, rules: [{port: ?}, ?],
                               members: ?, routes: {home: {target: ?}}, limit: [{max: ?}], owner: {who: ?}})"));
  EXPECT_THAT(change.diagnostics, IsEmpty());
  EXPECT_FALSE(change.planned.Get("spec").is_known());
  EXPECT_FALSE(change.planned.Get("tags").is_known());
  EXPECT_FALSE(change.planned.Get("routes").Get("home").Get("target").is_known());
  EXPECT_EQ(change.planned.Get("labels").Elements().size(), 2u);
}

TEST_F(LifecycleTest, UpdateInPlaceMakesOnlyComputedValuesUnknown) {
  Change created = client.Create(R"({name: "a", size: 5, token: "t"})");
  Change change = client.Plan(created.state, client.Thing(R"({name: "a", size: 6, token: "t"})"), created.private_data);
  EXPECT_THAT(change.requires_replace, IsEmpty());
  EXPECT_EQ(change.planned.Get("id").ToString(), R"("1")");
  EXPECT_FALSE(change.planned.Get("revision").is_known());
  client.Apply(change);
  EXPECT_THAT(change.diagnostics, IsEmpty());
  EXPECT_EQ(change.state.Get("size").ToString(), "6");
  EXPECT_EQ(change.private_data, "updated");
}

TEST_F(LifecycleTest, RemovingAnAttributeGoesBackToItsDefault) {
  const Change created = client.Create(R"({name: "a", size: 5})");
  EXPECT_EQ(client.Plan(created.state, client.Thing(R"({name: "a"})")).planned.Get("size").ToString(), "1");
}

TEST_F(LifecycleTest, AReplacementNamesItsPath) {
  const Change created = client.Create(R"({name: "a"})");
  EXPECT_THAT(client.Plan(created.state, client.Thing(R"({name: "b"})")).requires_replace, ElementsAre("name"));
}

TEST_F(LifecycleTest, WarningsOfThePlanArrive) {
  const Change created = client.Create(R"({name: "a"})");
  EXPECT_THAT(Texts(client.Plan(created.state, client.Thing(R"({name: "a", enabled: false})")).diagnostics),
              ElementsAre(HasSubstr("warning: Switched off")));
}

TEST_F(LifecycleTest, DestroyPlansStayNullAndDeleteAnswersNull) {
  const Change created = client.Create(R"({name: "a"})");
  Change change = client.Plan(created.state, Null(), created.private_data);
  EXPECT_TRUE(change.planned.is_null());
  client.Apply(change);
  EXPECT_THAT(change.diagnostics, IsEmpty());
  EXPECT_TRUE(change.state.is_null());
  EXPECT_EQ(client.store().size(), 0u);
  EXPECT_TRUE(client.Read(created.state).state.is_null());  // gone
}

TEST_F(LifecycleTest, WhatIsGoneReadsAsNull) {
  const Change created = client.Create(R"({name: "a"})");
  client.store().Remove("1");
  const Change read = client.Read(created.state);
  EXPECT_TRUE(read.state.is_null());
  EXPECT_THAT(read.diagnostics, IsEmpty());
}

struct Misbehaviour {
  const char* name;
  const char* error;
  bool saved;  // what a failed create leaves in state
};
const Misbehaviour kMisbehaviours[] = {
    {kNameThrows, "report", false},
    {kNameThrowsLogic, "a mistake in test_thing", false},
    {kNameFails, "The service refused", false},
    {kNameHalfDone, "Half done", true},
    {kNameForgets, "id", true},
};

TEST_F(LifecycleTest, AFailedCreateSavesWhatWasMade) {
  for (const Misbehaviour& row : kMisbehaviours) {
    SCOPED_TRACE(row.name);
    Change change = client.Plan(Null(), client.Thing(std::string("{name: \"") + row.name + "\"}"));
    ASSERT_FALSE(change.failed);
    client.Apply(change);
    EXPECT_TRUE(change.failed);
    EXPECT_THAT(Texts(change.diagnostics), testing::Contains(HasSubstr(row.error)));
    EXPECT_THAT(Texts(change.diagnostics), Each(Not(HasSubstr(kCanary))));
    EXPECT_EQ(change.state.is_set(), row.saved);
    EXPECT_TRUE(change.state.is_wholly_known());
  }
}

// The answer is checked before Terraform checks it: a create that happened is not tainted, an update says what there
// is.
TEST_F(LifecycleTest, AnotherValueThanPlannedIsNamed) {
  Change created = client.Plan(Null(), client.Thing(R"({name: "disobeys"})"));
  client.Apply(created);
  EXPECT_THAT(Texts(created.diagnostics), ElementsAre(AllOf(HasSubstr("warning"), HasSubstr("size"))));
  EXPECT_EQ(created.state.Get("size").ToString(), "1");

  Change updated = client.Plan(created.state, client.Thing(R"({name: "disobeys", size: 2})"));
  client.Apply(updated);
  EXPECT_THAT(Texts(updated.diagnostics), ElementsAre(AllOf(HasSubstr("error"), HasSubstr("size"))));
  EXPECT_EQ(updated.state.Get("size").ToString(), "999");
}

TEST_F(LifecycleTest, AFailedUpdateKeepsThePriorState) {
  for (const char* name : {kNameThrows, kNameThrowsLogic, kNameFails}) {
    SCOPED_TRACE(name);
    const Value prior = client.Thing(std::string(R"({id: "9", size: 1, revision: 1, name: ")") + name + "\"}");
    Change change = client.Plan(prior,
                                prior.With("size", Value::Int(2))
                                    .With("id", Value::Null(tfcpp::Type::String()))
                                    .With("revision", Value::Null(tfcpp::Type::Number())),
                                "kept");
    ASSERT_FALSE(change.failed);
    client.Apply(change);
    EXPECT_TRUE(change.failed);
    EXPECT_EQ(change.state.ToString(), prior.ToString());
    EXPECT_EQ(change.private_data, "kept");  // as before the plan: without its decision
    EXPECT_THAT(Texts(change.diagnostics), Each(Not(HasSubstr(kCanary))));
  }
}

// What a plan has decided reaches its apply, whatever the configuration says there, and is stored by none.
TEST_F(LifecycleTest, ADecisionGoesFromThePlanToItsApplyAndNoFurther) {
  const Change created = client.Create(R"({name: "a"})");
  const Value silent = client.Thing(R"({name: "a", size: 2})");
  const Value telling = silent.With("password", Value::String("p"));
  Change change = client.Plan(created.state, silent, created.private_data);
  change.config = telling;  // which the plan was not shown
  client.Apply(change);
  EXPECT_EQ(client.store().last_password(), "");
  EXPECT_EQ(change.private_data, "updated");
  change = client.Plan(created.state, telling, created.private_data);
  EXPECT_NE(change.private_data, created.private_data);
  client.Apply(change);
  EXPECT_EQ(client.store().last_password(), "p");
  EXPECT_EQ(change.private_data, "updated");
  // A plan without changes decides nothing.
  EXPECT_EQ(client.Plan(created.state, client.Thing(R"({name: "a"})"), "kept").private_data, "kept");
}

TEST_F(LifecycleTest, TheFirstDecisionIsThereForThePlanAtApply) {
  const Change created = client.Create(R"({name: "a"})");
  const Value silent = client.Thing(R"({name: "a", size: 2})");
  const Value telling = silent.With("password", Value::String("p"));
  const std::string first = client.Plan(created.state, silent, "kept").private_data;
  EXPECT_THAT(client.Plan(created.state, silent, "kept", first).diagnostics, IsEmpty());
  EXPECT_THAT(Texts(client.Plan(created.state, telling, "kept", first).diagnostics),
              ElementsAre(HasSubstr("error: Decided otherwise")));
  // A plan file without one, and a new thing in place of another: private data is what it was, and nothing binds.
  EXPECT_THAT(client.Plan(created.state, telling, "kept", "kept").diagnostics, IsEmpty());
  const Change replacement = client.Plan(Null(), telling, first, first);
  EXPECT_THAT(replacement.diagnostics, IsEmpty());
  EXPECT_EQ(replacement.private_data, "kept");
}

TEST_F(LifecycleTest, DiagnosticsCarryTheirPath) {
  tfplugin6::ApplyResourceChange_Request request;
  request.set_type_name("test_thing");
  Change change = client.Plan(Null(), client.Thing(R"({name: "fails"})"));
  *request.mutable_planned_state() = client.Encode(change.planned);
  *request.mutable_config() = client.Encode(change.config);
  const auto response = client.Call(&tfplugin6::Provider::Stub::ApplyResourceChange, request);
  ASSERT_EQ(response.diagnostics_size(), 1);
  ASSERT_EQ(response.diagnostics(0).attribute().steps_size(), 2);
  EXPECT_EQ(response.diagnostics(0).attribute().steps(0).attribute_name(), "spec");
  EXPECT_EQ(response.diagnostics(0).attribute().steps(1).attribute_name(), "url");
}

// Prior, proposed and config travel together: gRPC's default limit of 4 MiB would refuse this.
TEST_F(LifecycleTest, LargeValuesTravel) {
  const std::string large(8 * 1024 * 1024, 'x');
  const Value config =
      client.Thing(R"({name: "a"})").With("tags", Value::Map(tfcpp::Type::String(), {{"k", Value::String(large)}}));
  Change created = client.Plan(Null(), config);
  client.Apply(created);
  ASSERT_FALSE(created.failed);
  const Change again = client.Plan(created.state, config);
  EXPECT_TRUE(again.planned == created.state);
  EXPECT_EQ(again.planned.Get("tags").Get("k").AsString().size(), large.size());
}

}  // namespace
}  // namespace conformance
