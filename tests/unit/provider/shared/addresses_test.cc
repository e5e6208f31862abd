// The write-only form of an address, at the top or in an object that goes whole: every change between two forms, what a
// read makes of the service's answer, and what is checked.
#include "provider/shared/addresses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "tfcpp/framework/validate.h"
#include "unit/provider/shared/example_life.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using tfcpp::Path;
using tfcpp::Value;

constexpr std::array<SecretForm, 7> kAddressForms = {{
    {"canary-a", "", 0},
    {"canary-b", "", 0},
    {"", "canary-a", 0},
    {"", "canary-b", 0},
    {"", "canary-a", 1},
    {"", "canary-b", 1},
    {"", "canary-b", 2},
}};
using AddressTable = std::array<const char*, kAddressForms.size()>;

// The letters of secret_forms_test.cc; rows and columns: plain a, plain b, a, b, a1, b1, b2.
struct Kind {
  const char* what;
  SecretRow row;
  AddressTable by_itself;
  AddressTable with_other;
  AddressTable ignored;
};
const std::array<Kind, 2>& Kinds() {
  static const std::array<Kind, 2> kKinds = {{
      {"at the top",
       {.plain = Path("address"), .is_address = true},
       {"=bababb", "a=ababb", "ab=babb", "aba=abb", "abab==b", "abab==b", "ababab="},
       {"=bababb", "a=ababb", "ab=babb", "aba=abb", "abab==b", "abab==b", "ababab="},
       {"=bxxabb", "a=xxabb", "ab==abb", "ab==abb", "abab==b", "abab==b", "ababab="}},
      {"in an object",
       {.plain = Path("target").Attribute("address"), .is_address = true},
       {"=bababb", "a=ababb", "ab=babb", "aba=abb", "abab==b", "abab==b", "ababab="},
       {"abababb", "abababb", "abababb", "abababb", "abababb", "abababb", "abababb"},
       {"abxxabb", "abxxabb", "abaxabb", "abxbabb", "abababb", "abababb", "abababb"}},
  }};
  return kKinds;
}

void Walk(const Kind& kind, const AddressTable& table, const char* other, bool ignored) {
  for (std::size_t from = 0; from < kAddressForms.size(); ++from) {
    for (std::size_t to = 0; to < kAddressForms.size(); ++to) {
      SCOPED_TRACE(std::string(kind.what) + " from " + std::to_string(from) + " to " + std::to_string(to));
      ExpectChange(kind.row, kAddressForms[from], kAddressForms[to], other, ignored, table[from][to]);
    }
  }
}

TEST(AddressesTest, ByItself) {
  for (const Kind& kind : Kinds()) Walk(kind, kind.by_itself, "x", false);
}
TEST(AddressesTest, WithAnotherChange) {
  for (const Kind& kind : Kinds()) Walk(kind, kind.with_other, "y", false);
}
TEST(AddressesTest, WithAnotherChangeUnderIgnoreChanges) {
  for (const Kind& kind : Kinds()) Walk(kind, kind.ignored, "y", true);
}

TEST(AddressesTest, AReadKeepsTheStateClearAndNotesADrift) {
  for (const Kind& kind : Kinds()) {
    for (const SecretForm& form : kAddressForms) {
      SCOPED_TRACE(std::string(kind.what) + ", " + form.plain + form.write_only + std::to_string(form.version));
      ExampleLife life(kind.row);
      const Value written = life.Config(form);
      life.Create(written);
      const Value before = life.state();
      const bool is_hidden = *form.plain == '\0';
      life.Refresh(is_hidden ? form.write_only : form.plain);
      EXPECT_EQ(life.state(), before);
      life.Plan(written);
      EXPECT_FALSE(life.Changes()) << life.Told();

      life.Refresh("canary-c");
      EXPECT_EQ(life.state() == before, is_hidden);  // or it stands in the state, where everybody sees the change
      EXPECT_THAT(life.private_data(), Not(HasSubstr("canary")));
      EXPECT_EQ(life.private_data().find("drifted") != std::string::npos, is_hidden);
      life.Refresh("canary-c");  // again, as each plan does
      EXPECT_EQ(life.Update(written, written), (is_hidden ? form.write_only : form.plain)[7]);
      EXPECT_EQ(life.Told().find("the service does not have the one that was last sent") != std::string::npos,
                is_hidden);
      EXPECT_EQ(life.private_data().find("drifted"), std::string::npos);
      life.Plan(written);
      EXPECT_FALSE(life.Changes()) << life.Told();

      life.Refresh("canary-c");
      life.Refresh(is_hidden ? form.write_only : form.plain);  // it was set back by whoever had changed it
      life.Plan(written);
      EXPECT_FALSE(life.Changes()) << life.Told();
    }
  }
}

TEST(AddressesTest, ExactlyOneForm) {
  tfcpp::crypto::Scrypt scrypt;
  for (const Kind& kind : Kinds()) {
    SCOPED_TRACE(kind.what);
    const ExampleLife life(kind.row);
    const SecretRows rows = {kind.row};
    const tfcpp::ResourceType type = ExampleType(rows, scrypt);
    EXPECT_THAT(type.schema.Check(), IsEmpty());
    for (const SecretForm& form : kAddressForms) {
      EXPECT_TRUE(tfcpp::ValidateConfig(type.schema, type.config_validators, life.Config(form), {}).empty());
    }
    const struct {
      SecretForm form;
      const char* summary;
    } kWrong[] = {{{"canary", "canary", 0}, "One secret in two forms"},
                  {{"canary", "", 1}, "Version of a secret that has none"},
                  {{"", "", 0}, "No address for the webhook"},
                  {{"", "", 1}, "No address for the webhook"}};
    for (const auto& wrong : kWrong) {
      const auto found = tfcpp::ValidateConfig(type.schema, type.config_validators, life.Config(wrong.form), {});
      ASSERT_EQ(found.items().size(), 1U);
      EXPECT_EQ(found.items()[0].summary, wrong.summary);
      EXPECT_THAT(found.items()[0].detail, HasSubstr(kind.row.PlainName()));
      EXPECT_THAT(found.items()[0].detail, Not(HasSubstr("canary")));
      EXPECT_TRUE(found.items()[0].path.empty());
    }
  }
}

}  // namespace
}  // namespace mlflow
