// What the code of a provider's author can do wrong but for the values of its answers (author_answers_test.cc): it
// throws, breaks a plan, forgets an identity. Each is one diagnostic that names the type, the attribute and what is
// wrong; no call fails, and no object is lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bad_client.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/framework/check_provider.h"

namespace conformance {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using tfcpp::Concat;
using tfcpp::Outcome;
using tfcpp::Path;
using tfcpp::Type;
using tfcpp::Value;

TEST(AuthorMistakesTest, WithoutAMistakeEveryCallSucceeds) {
  const Code code;
  BadClient client(code);
  EXPECT_THAT(tfcpp::CheckProvider(client.provider()), IsEmpty());
  for (const Ask ask :
       {&BadClient::Configure, &BadClient::Validate, &BadClient::PlanCreate, &BadClient::PlanUnknown,
        &BadClient::Create, &BadClient::Update, &BadClient::Delete, &BadClient::Read, &BadClient::Import,
        &BadClient::Upgrade, &BadClient::Move, &BadClient::Data, &BadClient::Open, &BadClient::Renew, &BadClient::Close,
        &BadClient::Function, &BadClient::List, &BadClient::Invoke}) {
    EXPECT_THAT((client.*ask)().diagnostics, IsEmpty());
  }
}

// The three ways of throwing, in every function of an author.
TEST(AuthorMistakesTest, WhatThrowsIsNamedAndNothingIsLost) {
  struct Place {
    const char* name;
    std::function<void(Code&, const std::function<void()>&)> arrange;
    Ask ask;
    std::vector<const char*> told;
    const char* state;
  };
  const auto own = [](auto Code::*member) {
    return [member](Code& code, const std::function<void()>& fail) { code.*member = [fail](auto&&...) { fail(); }; };
  };
  const Place places[] = {
      {"configure", own(&Code::configure), &BadClient::Configure, {"configure of the provider bad"}, ""},
      {"validator", own(&Code::validator), &BadClient::Validate, {"bad_thing", "at name"}, ""},
      {"rule", own(&Code::rule), &BadClient::Validate, {"bad_thing", "a rule"}, ""},
      {"plan modifier", own(&Code::plan_modifier), &BadClient::PlanCreate, {"bad_thing", "at name"}, "none"},
      {"modify_plan", own(&Code::modify_plan), &BadClient::PlanCreate, {"bad_thing", "modify_plan"}, "none"},
      {"create", own(&Code::create), &BadClient::Create, {"create of a bad_thing"}, "null"},
      {"update", own(&Code::update), &BadClient::Update, {"update of a bad_thing"}, BadClient::kPrior},
      {"delete", own(&Code::del), &BadClient::Delete, {"delete of a bad_thing"}, BadClient::kPrior},
      {"read", own(&Code::read), &BadClient::Read, {"read of a bad_thing"}, BadClient::kPrior},
      {"equivalence after a create",
       [](Code& code, const std::function<void()>& fail) {
         code.create = [](Outcome& outcome) { outcome.state = outcome.state->With("name", Value::String("b")); };
         code.equivalence = fail;
       },
       &BadClient::Create,
       {"of a bad_thing"},
       R"({id: "7", name: "b", size: 1})"},
      {"equivalence after a read",
       own(&Code::equivalence),
       &BadClient::Read,
       {"of a bad_thing", "at id"},
       BadClient::kPrior},
      {"import", own(&Code::import), &BadClient::Import, {"import of a bad_thing"}, "none"},
      {"upgrade", own(&Code::upgrade), &BadClient::Upgrade, {"bad_thing"}, "none"},
      {"move", own(&Code::move), &BadClient::Move, {"move of a bad_thing"}, "none"},
      {"data", own(&Code::data), &BadClient::Data, {"bad_thing"}, "none"},
      {"open", own(&Code::open), &BadClient::Open, {"bad_thing"}, "none"},
      {"renew", own(&Code::renew), &BadClient::Renew, {"bad_thing"}, ""},
      {"close", own(&Code::close), &BadClient::Close, {"bad_thing"}, ""},
      {"list", own(&Code::list), &BadClient::List, {"bad_thing"}, "0"},
      {"invoke", own(&Code::invoke), &BadClient::Invoke, {"bad_thing"}, ""},
      {"function", own(&Code::function), &BadClient::Function, {"spoil"}, "none"},
  };
  const struct {
    const char* name;
    void (*fail)();
    const char* told;
  } throws[] = {{"a logic_error", [] { throw std::logic_error("no such member"); }, "no such member"},
                {"another exception", [] { throw std::runtime_error(kCanary); }, kBug},
                {"no exception", [] { throw 42; }, kBug},
                {"memory", [] { throw std::bad_alloc(); }, "refused the provider memory"}};
  std::vector<std::string> names;
  std::vector<Row> rows;
  names.reserve(std::size(places) * std::size(throws));
  for (const Place& place : places) {
    for (const auto& kind : throws) {
      names.push_back(Concat(place.name, " throws ", kind.name));
      Row row{.name = names.back().c_str(),
              .make = [&place, &kind](Code& code) { place.arrange(code, kind.fail); },
              .ask = place.ask,
              .told = {kind.told},
              .state = place.state};
      // Of a shortage the place is told by the RPC.
      if (std::string_view(kind.name) != "memory") row.told = place.told;
      row.told.push_back(kind.told);
      rows.push_back(std::move(row));
    }
  }
  ExpectEach(rows);
}

TEST(AuthorMistakesTest, PlansThatBreakTheRulesAreNamed) {
  const auto plan = [](const char* name, Value value) {
    return [=](Code& code) {
      code.modify_plan = [=](tfcpp::Plan& planned) { planned.planned = planned.planned.With(name, value); };
    };
  };
  const auto modifier = [](Value value) {
    return [=](Code& code) { code.plan_modifier = [=](Value& planned) { planned = value; }; };
  };
  const Value text = Value::String(kCanary);
  ExpectEach({
      {"modifier: another value",
       modifier(text),
       &BadClient::PlanCreate,
       {kBug, "plan of a bad_thing", "plan modifiers",
        "name is planned with another value than it is configured with"}},
      {"modifier: null", modifier(Value()), &BadClient::PlanCreate, {kBug, "bad_thing", "plan modifiers", "name"}},
      {"modifier: known",
       modifier(text),
       &BadClient::PlanUnknown,
       {kBug, "bad_thing", "plan modifiers", "name is planned as known"}},
      {"modifier: type",
       modifier(Value::Int(1)),
       &BadClient::PlanCreate,
       {kBug, "bad_thing", "at name", "as it pleases", "must be a string, but is a number"}},
      {"modify_plan: another value",
       plan("name", text),
       &BadClient::PlanCreate,
       {kBug, "plan of a bad_thing", "modify_plan", "name is planned with another value"}},
      {"modify_plan: known",
       plan("name", text),
       &BadClient::PlanUnknown,
       {kBug, "bad_thing", "modify_plan", "name is planned as known"}},
      {"modify_plan: type",
       plan("size", text),
       &BadClient::PlanCreate,
       {kBug, "bad_thing", "modify_plan", "size must be a number, but is a string"}},
      {"modify_plan: typo",
       plan("sise", text),
       &BadClient::PlanCreate,
       {kBug, "bad_thing", "modify_plan", "sise is no attribute"}},
      {"modify_plan: nothing",
       [](Code& code) { code.modify_plan = [](tfcpp::Plan& planned) { planned.planned = Value(); }; },
       &BadClient::PlanCreate,
       {kBug, "bad_thing", "modify_plan", "no object is planned"}},
      {"modify_plan: replaces what is not",
       [](Code& code) {
         code.modify_plan = [](tfcpp::Plan& planned) { planned.requires_replace.push_back(Path("nmae")); };
       },
       &BadClient::PlanCreate,
       {kBug, "bad_thing", "modify_plan", "nmae"}},
      {"modify_plan: a member that is not",
       [](Code& code) { code.modify_plan = [](tfcpp::Plan& planned) { planned.planned.Get("nmae"); }; },
       &BadClient::PlanCreate,
       {kBug, "bad_thing", "no member nmae among id, name, size"}},
  });
}

TEST(AuthorMistakesTest, IdentitiesThatAreForgottenOrDoNotFitAreNamed) {
  const auto give = [](auto Code::*call, std::optional<Value> identity) {
    return [=](Code& code) { code.*call = [=](Outcome& outcome) { outcome.identity = identity; }; };
  };
  const Value other = Value::Object({{"id", Value::String("8")}});
  const Value of_number = Value::Object({{"id", Value::Int(8)}});
  const Value of_null = Value::Object({{"id", Value()}});
  // A create that ends with an error is replaced by the next apply, so there it is a warning.
  ExpectEach({
      {"create forgets",
       give(&Code::create, std::nullopt),
       &BadClient::Create,
       {"warning", kBug, "bad_thing", "no identity"},
       kMade},
      {"create: type",
       give(&Code::create, of_number),
       &BadClient::Create,
       {"warning", kBug, "bad_thing", "id must be a string, but is a number"},
       kMade},
      {"create: null",
       give(&Code::create, of_null),
       &BadClient::Create,
       {"warning", kBug, "bad_thing", "id is null"},
       kMade},
      {"create of a type without",
       give(&Code::create, other),
       &BadClient::CreatePlain,
       {"warning", kBug, "bad_plain", "the type has none"},
       kMade},
      {"read forgets",
       give(&Code::read, std::nullopt),
       &BadClient::ReadWithoutIdentity,
       {"error", kBug, "bad_thing", "no identity"},
       BadClient::kPrior},
      {"read of a type without",
       give(&Code::read, other),
       &BadClient::ReadPlain,
       {"error", kBug, "bad_plain", "the type has none"},
       BadClient::kPrior},
      {"import: type",
       give(&Code::import, of_number),
       &BadClient::Import,
       {"error", kBug, "bad_thing", "id must be"},
       kMade},
  });
  Code code;
  BadClient client(code);
  client.Configure();
  code.read = [](Outcome& outcome) { outcome.identity.reset(); };
  const Answer kept = client.Read();  // the one that is known stays
  EXPECT_THAT(kept.diagnostics, IsEmpty());
  EXPECT_EQ(kept.identity, R"({id: "7"})");
}

// The texts of a diagnostic that cannot be judged lose their lines, never the diagnostic.
TEST(AuthorMistakesTest, AFailingJudgeOfSecretsHidesTheLine) {
  Code code;
  BadClient client(code);
  client.Configure();
  code.has_secret_part = [] { throw std::runtime_error(kCanary); };
  code.update = [](Outcome& outcome) { outcome.diagnostics.AddWarning("Careful", "It is slow.", Path("name")); };
  const Answer answer = client.Update();
  EXPECT_THAT(answer.diagnostics, testing::ElementsAre(HasSubstr("Careful")));
  EXPECT_EQ(answer.state, R"({id: "7", name: "b", size: 1})");
}

}  // namespace
}  // namespace conformance
