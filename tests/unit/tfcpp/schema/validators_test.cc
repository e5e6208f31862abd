#include "tfcpp/schema/validators.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "tfcpp/testing/value_matchers.h"

namespace tfcpp {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::vector<Diagnostic> Check(const Validator& validator, const Value& value) {
  const Path path("spec");
  const Value config = Value::Object({{"spec", value}});
  Diagnostics diagnostics;
  validator.check({path, value, config}, diagnostics);
  return diagnostics.items();
}

// The detail of the only error; it must be an error at the attribute.
std::string Detail(const Validator& validator, const Value& value) {
  const std::vector<Diagnostic> items = Check(validator, value);
  if (items.size() != 1 || items[0].severity != Severity::kError || items[0].path != Path("spec")) return "";
  EXPECT_THAT(items[0].summary, HasSubstr("spec"));
  return items[0].detail;
}

TEST(OneOf, AcceptsItsValuesOnly) {
  const Validator validator = OneOf({"ACTIVE", "TEST_MODE", "DISABLED"});
  EXPECT_EQ(validator.description, R"(must be one of "ACTIVE", "TEST_MODE", "DISABLED")");
  EXPECT_THAT(Check(validator, Value::String("TEST_MODE")), IsEmpty());
  for (const char* text : {"", "active", "ACTIVE ", "PAUSED"}) {
    EXPECT_THAT(Detail(validator, Value::String(text)), HasSubstr(R"("ACTIVE", "TEST_MODE", "DISABLED")")) << text;
  }
}

TEST(OneOf, NamesTheNearestWhereOneIsNear) {
  const Validator validator = OneOf({"ACTIVE", "TEST_MODE", "DISABLED"});
  EXPECT_THAT(Detail(validator, Value::String("active")), HasSubstr(R"(Did you mean "ACTIVE"?)"));
  EXPECT_THAT(Detail(validator, Value::String("TESTMODE")), HasSubstr(R"(Did you mean "TEST_MODE"?)"));
  EXPECT_THAT(Detail(validator, Value::String("DISABELD")), HasSubstr(R"(Did you mean "DISABLED"?)"));
  EXPECT_THAT(Detail(validator, Value::String("paused")), AllOf(Not(IsEmpty()), Not(HasSubstr("Did you mean"))));
  EXPECT_THROW(OneOf({}), std::logic_error);
}

struct SizeRow {
  std::size_t count;
  const char* type;
  const char* value;
  const char* error;  // empty: accepted
};

void ExpectSizes(Validator (*make)(std::size_t), const std::vector<SizeRow>& rows) {
  for (const SizeRow& row : rows) {
    SCOPED_TRACE(std::string(row.type) + " " + row.value);
    const Value value = V(row.value, Type::FromJson(row.type).value());
    if (*row.error == '\0') {
      EXPECT_THAT(Check(make(row.count), value), IsEmpty());
    } else {
      EXPECT_THAT(Detail(make(row.count), value), HasSubstr(row.error));
    }
  }
}

TEST(SizeAtLeast, CountsElementsAndBytes) {
  ExpectSizes(SizeAtLeast, {
                               {1, R"(["set","string"])", "[]", "at least 1 element, but has 0"},
                               {1, R"(["set","string"])", R"(["a"])", ""},
                               {2, R"(["set","string"])", R"(["a", "a"])", "at least 2 elements, but has 1"},
                               {2, R"(["list","string"])", R"(["a", "a"])", ""},
                               {2, R"(["map","bool"])", "{a: true}", "at least 2 elements, but has 1"},
                               {1, R"(["map","bool"])", "{a: true}", ""},
                               {1, R"("string")", R"("")", "at least 1 byte, but has 0"},
                               {3, R"("string")", R"("ab")", "at least 3 bytes, but has 2"},
                               {3, R"("string")", R"("€")", ""},
                           });
}

TEST(SizeAtMost, CountsElementsAndBytes) {
  ExpectSizes(SizeAtMost, {
                              {1, R"(["set","string"])", R"(["a", "b"])", "must have at most 1 element, but has 2"},
                              {1, R"(["set","string"])", R"(["a", "a"])", ""},
                              {1, R"(["list","string"])", R"(["a", "a"])", "at most 1 element, but has 2"},
                              {0, R"(["map","bool"])", "{a: true}", "at most 0 elements, but has 1"},
                              {2, R"("string")", R"("abc")", "at most 2 bytes, but has 3"},
                              {2, R"("string")", R"("€")", "at most 2 bytes, but has 3"},
                              {2, R"("string")", R"("ab")", ""},
                          });
}

TEST(IntBetween, AcceptsWholeNumbersInTheRange) {
  const Validator validator = IntBetween(-1, 10);
  EXPECT_EQ(validator.description, "must be a whole number from -1 to 10");
  for (const char* number : {"-1", "0", "10", "1.00", "1e1"}) {
    EXPECT_THAT(Check(validator, V(number, Type::Number())), IsEmpty()) << number;
  }
  for (const char* number : {"-2", "11", "1.5", "0.1", "1e20", "-1e400"}) {
    EXPECT_THAT(Detail(validator, V(number, Type::Number())), HasSubstr("from -1 to 10")) << number;
  }
}

TEST(SecretText, AcceptsTextWithoutControlCharacters) {
  for (const char* text : {"s3cret", " s", "\xc3\xa9", "~"}) {
    EXPECT_THAT(Check(SecretText("token"), Value::String(text)), IsEmpty()) << text;
  }
}

TEST(SecretText, ErrorsHaveNoPathAndNeverShowTheValue) {
  for (const std::string& text :
       {std::string("hunter2\n"), std::string("hunter2\r"), std::string("\thunter2"), std::string("hunter2\x7f"),
        std::string("hunter2\0", 8), std::string(), std::string(" "), std::string("   ")}) {
    const std::vector<Diagnostic> items = Check(SecretText("http_url_spec.secret"), Value::String(text));
    ASSERT_THAT(items, SizeIs(1));
    EXPECT_EQ(items[0].severity, Severity::kError);
    EXPECT_TRUE(items[0].path.empty());
    EXPECT_THAT(items[0].detail, AllOf(HasSubstr("http_url_spec.secret"), Not(HasSubstr("hunter2"))));
    EXPECT_THAT(items[0].summary, Not(HasSubstr("hunter2")));
    const bool is_blank = text.find_first_not_of(' ') == std::string::npos;
    EXPECT_THAT(items[0].detail, HasSubstr(text.empty() ? "empty" : is_blank ? "only blanks" : "control character"));
  }
}

}  // namespace
}  // namespace tfcpp
