#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "framework_docs/calls.h"
#include "framework_docs/errors.md.h"

namespace {

using framework_docs::Parse;
using testing::HasSubstr;
using testing::IsEmpty;
using tfcpp::Type;

tfcpp::Schema PortsSchema() {
  return {.attributes = {{.name = "from_port", .type = Type::Number()}, {.name = "to_port", .type = Type::Number()}}};
}

TEST(ErrorsPage, AMistakeIsToldAtItsAttribute) {
  const auto told = [](std::string_view config) {
    tfcpp::Diagnostics diagnostics;
    PortsInOrder().check(Parse(config, PortsSchema()), diagnostics);
    return diagnostics;
  };
  EXPECT_THAT(told("{from_port: 1, to_port: 2}").items(), IsEmpty());
  EXPECT_THAT(told("{from_port: 2, to_port: 2}").items(), IsEmpty());
  EXPECT_THAT(told("{from_port: 2, to_port: ?}").items(), IsEmpty());
  ASSERT_TRUE(told("{from_port: 2, to_port: 1}").has_error());
  EXPECT_EQ(told("{from_port: 2, to_port: 1}").items()[0].path, Path("from_port"));
}

const tfcpp::ResourceType& RuleType() {
  static const tfcpp::ResourceType kType{
      .name = "cloud_rule", .schema = {.attributes = {{.name = "id", .mode = Mode::kComputed}, {.name = "owner"}}}};
  return kType;
}

TEST(ErrorsPage, AnErrorBecomesADiagnostic) {
  const Value planned = Parse("{id: ?}", RuleType().schema);
  EXPECT_EQ(CreateRule(Rule{"7"}, planned).state->Get("id").ToString(), R"("7")");
  const Outcome lost =
      CreateRule(Error{.message = "No answer.", .may_have_acted = true, .attribute = "owner"}, planned);
  EXPECT_FALSE(lost.state.has_value());
  EXPECT_THAT(lost.diagnostics.items()[0].detail, HasSubstr("It may have been done"));
  EXPECT_EQ(lost.diagnostics.items()[0].path, Path("owner"));
}

TEST(ErrorsPage, WhatIsThrownIsAnError) {
  Careless careless;
  framework_docs::Life life(RuleType(), careless);
  life.Plan("{}");
  life.Apply();
  ASSERT_TRUE(life.diagnostics().has_error());
  EXPECT_EQ(life.diagnostics().items()[0].summary, "The provider has a bug");
  EXPECT_THAT(life.diagnostics().items()[0].detail, HasSubstr("create of a cloud_rule"));
  EXPECT_TRUE(life.state().is_null());
}

// Answers every call with the same.
class Answering final : public tfcpp::Resource {
 public:
  explicit Answering(Outcome outcome) : outcome_(std::move(outcome)) {}
  Outcome Create(const Context&, const tfcpp::CreateRequest&) override { return outcome_; }
  Outcome Read(const Context&, const tfcpp::ReadRequest&) override { return outcome_; }
  Outcome Update(const Context&, const tfcpp::UpdateRequest&) override { return outcome_; }
  Outcome Delete(const Context&, const tfcpp::DeleteRequest&) override { return outcome_; }

 private:
  Outcome outcome_;
};

tfcpp::ResourceOutput Applied(const Outcome& outcome, std::string_view prior, std::string_view planned) {
  Answering resource(outcome);
  tfcpp::NullLogger log;
  const std::stop_source never;
  const auto parse = [](std::string_view text) { return Parse(text, RuleType().schema); };
  return tfcpp::ApplyResource({.stop = never.get_token(), .log = log}, RuleType(), resource,
                              {parse(planned), parse(prior), parse(planned), ""});
}

TEST(ErrorsPage, TheTableOfOutcomes) {
  constexpr char kPrior[] = R"({id: "1", owner: "a"})";
  constexpr char kPlan[] = R"({id: "1", owner: "b"})";
  const Value state = Parse(R"({id: "1", owner: "b"})", RuleType().schema);
  const Value prior = Parse(kPrior, RuleType().schema);
  const auto failed = Describe({.message = "No."}, "do it");
  struct Case {
    std::string name;
    Outcome outcome;
    const char *prior, *planned;
    std::string state;
    bool error;
  };
  const std::string kept = prior.ToString(), made = state.ToString();
  for (const Case& c : {Case{"create", {.state = state}, "null", kPlan, made, false},
                        Case{"create, tainted", {.state = state, .diagnostics = failed}, "null", kPlan, made, true},
                        Case{"create, failed", {.diagnostics = failed}, "null", kPlan, "null", true},
                        Case{"create, nothing", {}, "null", kPlan, "null", true},
                        Case{"update", {.state = state}, kPrior, kPlan, made, false},
                        Case{"update, half", {.state = state, .diagnostics = failed}, kPrior, kPlan, made, true},
                        Case{"update, failed", {.diagnostics = failed}, kPrior, kPlan, kept, true},
                        Case{"delete", {}, kPrior, "null", "null", false},
                        Case{"delete, failed", {.diagnostics = failed}, kPrior, "null", kept, true},
                        Case{"delete, other", {.state = state, .diagnostics = failed}, kPrior, "null", made, true}}) {
    const auto output = Applied(c.outcome, c.prior, c.planned);
    EXPECT_EQ(output.state.ToString(), c.state) << c.name;
    EXPECT_EQ(output.diagnostics.has_error(), c.error) << c.name;
  }
}

TEST(ErrorsPage, TheTableOfBreaches) {
  const Value other = Parse(R"({id: "1", owner: "x"})", RuleType().schema);
  constexpr char kPrior[] = R"({id: "1", owner: "a"})";
  constexpr char kPlan[] = R"({id: "1", owner: "b"})";
  const auto created = Applied({.state = other}, "null", kPlan);
  EXPECT_FALSE(created.diagnostics.has_error());
  EXPECT_FALSE(created.diagnostics.empty());
  EXPECT_EQ(created.state.Get("owner").ToString(), R"("b")");
  const auto updated = Applied({.state = other}, kPrior, kPlan);
  EXPECT_TRUE(updated.diagnostics.has_error());
  EXPECT_EQ(updated.state.Get("owner").ToString(), R"("x")");
  const auto unknown =
      Applied({.state = Parse(R"({id: ?, owner: "b"})", RuleType().schema)}, "null", R"({id: ?, owner: "b"})");
  EXPECT_TRUE(unknown.diagnostics.has_error());
  EXPECT_TRUE(unknown.state.Get("id").is_null());
}

}  // namespace
