// Every change between two forms of a secret, for every kind of row: at the top or in an object that goes whole, and
// removed by an update or by a replacement. In three tables each: the change by itself, together with another change of
// what the secret goes with, and the latter with the write-only attribute under ignore_changes.
#include "unit/provider/shared/secret_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "provider/shared/decision.h"
#include "tfcpp/framework/plan.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/value/walk.h"
#include "unit/provider/shared/example.h"
#include "unit/provider/shared/example_life.h"

namespace mlflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using tfcpp::Path;
using tfcpp::Type;
using tfcpp::Value;

// What becomes of the secret.
//   =  it is not sent            a, b  that is sent       n  its object is sent without it, and nothing is said of it
//   k  as =, with a warning      r  it is removed by the update      R  the webhook is replaced
//                                x  the apply stops before any call
struct Kind {
  const char* what;
  SecretRow row;
  // Columns: none, plain a, plain b, a, b, a1, b1, b2, 1 alone, 2 alone. Rows: from none, plain a, a, a1, 1 alone.
  FormTable by_itself;
  FormTable with_other;
  FormTable ignored;
};
const std::array<Kind, 4>& Kinds() {
  static const std::array<Kind, 4> kKinds = {{
      {"at the top, removed by an update",
       {.plain = Path("secret")},
       {"=abababbrr", "r=bababbrr", "kab=babbrr", "rabab==b=r", "rabab==b=r"},
       {"=abababbrr", "r=bababbrr", "kab=babbrr", "rabab==b=r", "rabab==b=r"},
       {"=ab==xxxrr", "r=bxxxxxrr", "kabkkxxxrr", "rabxx==x=r", "rabxx==x=r"}},
      {"at the top, removed by a replacement",
       {.plain = Path("secret"), .removal = Removal::kReplacement},
       {"=abababbRR", "R=bababbRR", "kab=babbRR", "Rabab==b=R", "Rabab==b=R"},
       {"=abababbRR", "R=bababbRR", "kab=babbRR", "Rabab==b=R", "Rabab==b=R"},
       {"=ab==RRRRR", "R=bRRRRRRR", "kabkkRRRRR", "RabRR==R=R", "RabRR==R=R"}},
      {"in an object, removed by an update",
       {.plain = Path("target").Attribute("secret")},
       {"=abababbrr", "r=bababbrr", "kab=babbrr", "rabab==b=r", "rabab==b=r"},
       {"nabababbrr", "rabababbrr", "xabababbrr", "rabababbxr", "rabababbnr"},
       {"nabxxxxxrr", "rabxxxxxrr", "xabaxxxxrr", "rabxxabxxr", "rabxxabxnr"}},
      {"in an object, removed by a replacement",
       {.plain = Path("target").Attribute("secret"), .removal = Removal::kReplacement},
       {"=abababbRR", "R=bababbRR", "kab=babbRR", "Rabab==b=R", "Rabab==b=R"},
       {"nabababbRR", "RabababbRR", "xabababbRR", "RabababbxR", "RabababbnR"},
       {"nabxxRRRRR", "RabRRRRRRR", "xabaxRRRRR", "RabRRabRxR", "RabRRabRnR"}},
  }};
  return kKinds;
}

void Walk(const Kind& kind, const FormTable& table, const char* other, bool ignored) {
  for (std::size_t from = 0; from < kFrom.size(); ++from) {
    for (std::size_t to = 0; to < kForms.size(); ++to) {
      SCOPED_TRACE(std::string(kind.what) + " from " + std::to_string(kFrom[from]) + " to " + std::to_string(to));
      ExpectChange(kind.row, kForms[kFrom[from]], kForms[to], other, ignored, table[from][to]);
    }
  }
}

TEST(SecretFormsTest, ByItself) {
  for (const Kind& kind : Kinds()) Walk(kind, kind.by_itself, "x", false);
}
TEST(SecretFormsTest, WithAnotherChange) {
  for (const Kind& kind : Kinds()) Walk(kind, kind.with_other, "y", false);
}
TEST(SecretFormsTest, WithAnotherChangeUnderIgnoreChanges) {
  for (const Kind& kind : Kinds()) Walk(kind, kind.ignored, "y", true);
}

// What is not known yet counts as a value, because Terraform refuses an update that becomes a replacement at apply. A
// client that hands over the first decision is told so by the provider; any other client finds it itself.
TEST(SecretFormsTest, AnUnknownValueIsNoRemoval) {
  for (const Kind& kind : Kinds()) {
    const bool replaces = kind.row.removal == Removal::kReplacement;
    for (const SecretForm& from : {kForms[1], kForms[5]}) {
      for (const int version : {0, 2}) {
        SCOPED_TRACE(std::string(kind.what) + ", version " + std::to_string(version));
        ExampleLife life(kind.row);
        life.Create(life.Config(from));
        const Value null = life.Config({"", "", version});
        life.Plan(Replace(null, life.row().WriteOnly(), Value::Unknown(Type::String())));
        const tfcpp::Plan early = life.Plan(Replace(null, life.row().WriteOnly(), Value::Unknown(Type::String())));
        EXPECT_THAT(early.requires_replace, IsEmpty());
        EXPECT_FALSE(early.diagnostics.has_error());
        const tfcpp::Plan late = life.Plan(null, early.decision);
        EXPECT_EQ(late.requires_replace.empty(), !replaces);
        EXPECT_EQ(late.diagnostics.has_error(), replaces);
        if (!replaces) continue;
        EXPECT_EQ(late.diagnostics.items().front().summary, "Secrets are removed after all");
        EXPECT_THAT(late.diagnostics.items().front().detail, HasSubstr("  - " + life.row().Name() + "\n"));
      }
    }
  }
}

// An apply that would have to remove in place what cannot be removed stops, whatever has been planned.
TEST(SecretFormsTest, ARemovalThatNeedsAReplacementIsNeverAnUpdate) {
  tfcpp::crypto::Scrypt scrypt;
  const Value with = Flat(R"({name: "n", secret: "a"})");
  const Value without = Flat(R"({name: "n"})");
  EXPECT_THAT(SecretsOfUpdate(FlatRows(), {}, without, with, without, {}, scrypt).undecided,
              ElementsAre("secret_wo: it can be removed by a replacement of the webhook only"));
}

TEST(SecretFormsTest, OneFormAtATime) {
  tfcpp::crypto::Scrypt scrypt;
  for (const Kind& kind : Kinds()) {
    SCOPED_TRACE(kind.what);
    const ExampleLife life(kind.row);
    const SecretRows rows = {kind.row};
    const tfcpp::ResourceType type = ExampleType(rows, scrypt);
    EXPECT_THAT(type.schema.Check(), IsEmpty());
    for (const SecretForm& form : kForms) {
      EXPECT_TRUE(tfcpp::ValidateConfig(type.schema, type.config_validators, life.Config(form), {}).empty());
    }
    const struct {
      SecretForm form;
      const char* summary;
    } kWrong[] = {{{"canary", "canary", 0}, "One secret in two forms"},
                  {{"canary", "", 1}, "Version of a secret that has none"}};
    for (const auto& wrong : kWrong) {
      const auto found = tfcpp::ValidateConfig(type.schema, type.config_validators, life.Config(wrong.form), {});
      ASSERT_EQ(found.items().size(), 1U);
      EXPECT_EQ(found.items()[0].summary, wrong.summary);
      EXPECT_THAT(found.items()[0].detail, HasSubstr(kind.row.PlainName()));
      EXPECT_THAT(found.items()[0].detail, Not(HasSubstr("canary")));
    }
  }
}

// Secrets that go by themselves: one that is sent leaves what is remembered of the other.
TEST(SecretFormsTest, WhatIsNotSentIsRememberedStill) {
  tfcpp::crypto::Scrypt scrypt;
  const SecretRows rows = {{.plain = Path("secret")}, {.plain = Path("key")}};
  const auto value = [](const char* secret, const char* key) {
    return Value::Object({{"secret", Value::Null(Type::String())},
                          {"secret_wo", Text(secret)},
                          {"secret_wo_version", Value::Null(Type::Number())},
                          {"key", Value::Null(Type::String())},
                          {"key_wo", Text(key)},
                          {"key_wo_version", Value::Null(Type::Number())}});
  };
  const Value state = value("", "");
  PrivateData remembered = SecretsOfCreate(rows, value("a", "k"), state, scrypt).remembered;
  for (const char* next : {"b", "c"}) {
    const Value config = value(next, "k");
    const Decision decision = Decide(rows, config, state, state, remembered.digests, scrypt);
    ASSERT_EQ(decision.size(), 1U);
    remembered = SecretsOfUpdate(rows, decision, config, state, state, remembered, scrypt).remembered;
    EXPECT_THAT(Decide(rows, config, state, state, remembered.digests, scrypt), IsEmpty());
  }
}

}  // namespace
}  // namespace mlflow
