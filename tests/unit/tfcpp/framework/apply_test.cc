#include "tfcpp/framework/apply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "unit/tfcpp/framework/thing.h"

namespace tfcpp {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ApplyTest : public ::testing::Test {
 protected:
  ResourceOutput Apply(const Value& prior, const Value& planned, std::function<Outcome()> answer) {
    ScriptedResource resource;
    resource.answer = std::move(answer);
    return ApplyResource({.stop = {}, .log = log_}, Thing(), resource, {planned, prior, planned, "old"});
  }
  ResourceOutput Create(std::function<Outcome()> answer) {
    return Apply(NoThing(), T(R"({id: ?, name: "n", size: "small", updated: ?})"), std::move(answer));
  }
  ResourceOutput Update(std::function<Outcome()> answer) {
    return Apply(prior_, T(R"({id: "1", name: "m", size: "small", updated: ?})"), std::move(answer));
  }
  ResourceOutput Delete(std::function<Outcome()> answer) { return Apply(prior_, NoThing(), std::move(answer)); }

  NullLogger log_;
  const Value prior_ = T(R"({id: "1", name: "n", size: "small", updated: "t"})");
};

TEST_F(ApplyTest, Create) {
  const auto output = Create([] { return State(R"({id: "1", name: "n", size: "small", updated: "t"})"); });
  EXPECT_EQ(output.state, prior_);
  EXPECT_EQ(output.private_data, "new");
  EXPECT_TRUE(output.diagnostics.empty());
}

TEST_F(ApplyTest, AFailedCreateSavesNothingOrWhatIsThere) {
  EXPECT_TRUE(Create([] { return Failure(); }).state.is_null());
  const auto half_done = Create([] { return Failure(T(R"({id: "1", name: "n", size: "small", updated: "t"})")); });
  EXPECT_EQ(half_done.state.Get("id").AsString(), "1");
  EXPECT_TRUE(half_done.diagnostics.has_error());
}

TEST_F(ApplyTest, ACreateWithoutAnObjectIsABug) {
  EXPECT_EQ(Summaries(Create(&Nothing).diagnostics), "error: The provider has a bug\n");
}

TEST_F(ApplyTest, ABreachAtCreateDoesNotTaint) {
  const auto output = Create([] { return State(R"({id: "1", name: "x9", size: "small", updated: "t"})"); });
  EXPECT_EQ(output.state, prior_);
  EXPECT_FALSE(output.diagnostics.has_error());
  EXPECT_THAT(output.diagnostics.items().at(0).detail, HasSubstr("name"));
  EXPECT_THAT(output.diagnostics.items().at(0).detail, Not(HasSubstr("x9")));
}

TEST_F(ApplyTest, ABreachAtUpdateIsAnErrorAndTheStateSaysWhatIsThere) {
  const auto output = Update([] { return State(R"({id: "1", name: "x9", size: "small", updated: "u"})"); });
  EXPECT_EQ(output.state.Get("name").AsString(), "x9");
  ASSERT_TRUE(output.diagnostics.has_error());
  EXPECT_THAT(output.diagnostics.items().at(0).detail, HasSubstr("name"));
}

TEST_F(ApplyTest, AFailedUpdateOrDeleteKeepsTheState) {
  for (const auto& output : {Update([] { return Failure(); }), Delete([] { return Failure(); }), Update(&Nothing)}) {
    EXPECT_EQ(output.state, prior_);
    EXPECT_EQ(output.private_data, "old");
    EXPECT_TRUE(output.diagnostics.has_error());
  }
}

TEST_F(ApplyTest, Delete) {
  const auto output = Delete(&Nothing);
  EXPECT_TRUE(output.state.is_null());
  EXPECT_TRUE(output.diagnostics.empty());
}

TEST_F(ApplyTest, AnExceptionIsADiagnosticAndLosesNothing) {
  const auto update = Update([]() -> Outcome { throw std::logic_error("no such member"); });
  EXPECT_EQ(update.state, prior_);
  EXPECT_THAT(update.diagnostics.items().at(0).detail, HasSubstr("no such member"));
  // Other exceptions may hold values.
  const auto create = Create([]() -> Outcome { throw std::runtime_error("canary"); });
  EXPECT_TRUE(create.state.is_null());
  EXPECT_THAT(create.diagnostics.items().at(0).detail, Not(HasSubstr("canary")));
}

TEST_F(ApplyTest, SomethingUnknownIsABugButIsTracked) {
  const auto output = Create([] { return State(R"({id: "1", name: "n", size: "small", updated: ?})"); });
  EXPECT_TRUE(output.state.is_wholly_known());
  EXPECT_EQ(output.state.Get("id").AsString(), "1");
  EXPECT_THAT(output.diagnostics.items().at(0).detail, HasSubstr("updated"));
}

}  // namespace
}  // namespace tfcpp
