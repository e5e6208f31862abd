#include "tfcpp/framework/read.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "unit/tfcpp/framework/thing.h"

namespace tfcpp {
namespace {

class ReadTest : public ::testing::Test {
 protected:
  ResourceOutput Read(std::string_view state, std::function<Outcome()> answer) {
    ScriptedResource resource;
    resource.answer = std::move(answer);
    return ReadResource({.stop = {}, .log = log_}, Thing(), resource, {T(state), "old"});
  }
  NullLogger log_;
};

TEST_F(ReadTest, KeepsWhatTheServiceDoesNotSay) {
  constexpr char kState[] =
      R"({id: "1", name: "n", secret: "s", kept: "k", color: "red", one: {host: "a", secret: "t"}})";
  const auto output =
      Read(kState, [] { return State(R"({id: "1", name: "m", color: "RED", once: "x", one: {host: "a"}})"); });
  EXPECT_EQ(output.state,
            T(R"({id: "1", name: "m", secret: "s", kept: "k", color: "red", one: {host: "a", secret: "t"}})"));
  EXPECT_EQ(output.private_data, "new");
}

TEST_F(ReadTest, TakesARealDifference) {
  const auto output = Read(R"({color: "red", one: {host: "a"}})", [] { return State(R"({color: "green"})"); });
  EXPECT_EQ(output.state, T(R"({color: "green"})"));
}

TEST_F(ReadTest, GoneIsNull) { EXPECT_TRUE(Read(R"({id: "1"})", &Nothing).state.is_null()); }

TEST_F(ReadTest, AfterAnErrorTheStateStays) {
  for (const auto& answer : {std::function<Outcome()>([] { return Failure(); }),
                             std::function<Outcome()>([]() -> Outcome { throw std::logic_error("x"); }),
                             std::function<Outcome()>([] { return State("{id: ?}"); })}) {
    const auto output = Read(R"({id: "1"})", answer);
    EXPECT_TRUE(output.diagnostics.has_error());
    EXPECT_EQ(output.state, T(R"({id: "1"})"));
  }
}

}  // namespace
}  // namespace tfcpp
