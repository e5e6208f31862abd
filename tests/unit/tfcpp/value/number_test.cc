#include "tfcpp/value/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace tfcpp {
namespace {

enum Form { kInt = 0, kDouble = 1, kText = 2 };

struct Row {
  std::vector<std::string> spellings;
  Form form;
  std::string text;
};

const std::vector<Row>& Rows() {
  static const std::vector<Row> rows = {
      {{"0", "-0", "0.0", "-0.000", "0e10", "000"}, kInt, "0"},
      {{"1", "1.0", "1.00", "+1", "01", "10e-1", "0.1e1", "1."}, kInt, "1"},
      {{"-12", "-12.0", "-1.2e1", "-0.12E+2"}, kInt, "-12"},
      {{"9223372036854775807", "9223372036854775807.0"}, kInt, "9223372036854775807"},
      {{"-9223372036854775808"}, kInt, "-9223372036854775808"},
      {{"9223372036854775808"}, kText, "9223372036854775808"},
      {{"18446744073709551615", "1.8446744073709551615e19"}, kText, "18446744073709551615"},
      // Exact as a double, but Terraform sends large whole numbers as digits.
      {{"1e20", "1E+20", "100000000000000000000", "100000000000000000000.0"}, kText, "100000000000000000000"},
      {{"1.5", "1.50", "15e-1", ".15e1"}, kDouble, "1.5"},
      {{"-0.5", "-.5"}, kDouble, "-0.5"},
      {{"0.0009765625"}, kDouble, "0.0009765625"},  // 2^-10
      {{"0.1", "0.10", "1e-1"}, kText, "0.1"},
      {{"3.14159265358979323846264338327950288"}, kText, "3.14159265358979323846264338327950288"},
      {{"9007199254740993.5"}, kText, "9007199254740993.5"},  // one bit more than a double has
      {{"1e400", "10e399"}, kText, "1" + std::string(400, '0')},
      {{"1e-400"}, kText, "0." + std::string(399, '0') + "1"},
      {{"1e100000"}, kText, "1e100000"},
      {{"-1e-100000"}, kText, "-1e-100000"},
      {{"-1e4095"}, kText, "-1e4095"},
  };
  return rows;
}

TEST(Number, EverySpellingHasOneForm) {
  for (const Row& row : Rows()) {
    for (const std::string& spelling : row.spellings) {
      SCOPED_TRACE(spelling);
      const Result<Number> number = Number::Parse(spelling);
      ASSERT_TRUE(number.has_value());
      EXPECT_EQ(number->form().index(), static_cast<std::size_t>(row.form));
      EXPECT_EQ(number->ToString(), row.text);
      EXPECT_EQ(*number, *Number::Parse(row.text));
    }
  }
}

TEST(Number, DifferentNumbersDifferAndHaveAnOrder) {
  for (const Row& a : Rows()) {
    for (const Row& b : Rows()) {
      const Number left = *Number::Parse(a.text);
      const Number right = *Number::Parse(b.text);
      EXPECT_EQ(left == right, &a == &b) << a.text << " " << b.text;
      EXPECT_EQ((left < right) + (right < left), &a == &b ? 0 : 1) << a.text << " " << b.text;
    }
  }
}

TEST(Number, AnythingParsedCanBeParsedAgain) {
  const std::string longest(4096, '7');
  int parsed = 0;
  for (const std::string& text :
       {longest, "-" + longest.substr(1), longest.substr(2) + "e5", "0." + longest.substr(2), "." + longest.substr(1),
        "-." + longest.substr(2), longest.substr(8) + "e100000", std::string("1e4096"), std::string("1e-4096"),
        std::string("0.1e-99999"), std::string("100e100000")}) {
    const Result<Number> number = Number::Parse(text);
    if (!number.has_value()) continue;  // their canonical form would be beyond the limits
    ++parsed;
    const Result<Number> again = Number::Parse(number->ToString());
    ASSERT_TRUE(again.has_value()) << number->ToString();
    EXPECT_EQ(*again, *number);
  }
  EXPECT_GE(parsed, 5);
}

TEST(Number, RefusesOtherText) {
  for (const std::string& text : {std::string(),
                                  std::string("-"),
                                  std::string("."),
                                  std::string("e5"),
                                  std::string("1e"),
                                  std::string("1e+"),
                                  std::string("1e+-5"),
                                  std::string("1e--5"),
                                  std::string("1.2.3"),
                                  std::string("--1"),
                                  std::string("+-1"),
                                  std::string(" 1"),
                                  std::string("1 "),
                                  std::string("0x10"),
                                  std::string("1_000"),
                                  std::string("NaN"),
                                  std::string("inf"),
                                  std::string("1e100001"),
                                  std::string("1e-100001"),
                                  std::string("10e100000"),
                                  std::string("1e99999999999999999999"),
                                  std::string(4097, '1'),
                                  std::string("1\0", 2)}) {
    const Result<Number> number = Number::Parse(text);
    ASSERT_FALSE(number.has_value()) << text;
    EXPECT_EQ(number.error().code, ErrorCode::kMalformed);
  }
}

TEST(Number, FromDoubleIsExact) {
  EXPECT_EQ(Number::FromDouble(1.5), *Number::Parse("1.5"));
  EXPECT_EQ(Number::FromDouble(-0.0), Number(0));
  EXPECT_EQ(Number::FromDouble(3.0), Number(3));
  EXPECT_EQ(Number::FromDouble(1e20), *Number::Parse("1e20"));
  EXPECT_EQ(Number::FromDouble(0.1).ToString(), "0.1000000000000000055511151231257827021181583404541015625");
  EXPECT_NE(Number::FromDouble(0.1), *Number::Parse("0.1"));
  for (const double value : {std::numeric_limits<double>::max(), std::numeric_limits<double>::denorm_min(),
                             std::numeric_limits<double>::min(), 9007199254740993.0, 0x1p63, -0x1p63}) {
    const Number number = Number::FromDouble(value);
    EXPECT_EQ(number.ToDouble(), value);
    EXPECT_EQ(number, *Number::Parse(number.ToString()));
  }
  EXPECT_THROW(Number::FromDouble(std::numeric_limits<double>::quiet_NaN()), std::logic_error);
  EXPECT_THROW(Number::FromDouble(-std::numeric_limits<double>::infinity()), std::logic_error);
}

TEST(Number, ConvertsToTheNearest) {
  EXPECT_EQ(Number(7).AsInt64(), 7);
  EXPECT_EQ(Number::Parse("1.5")->AsInt64(), std::nullopt);
  EXPECT_EQ(Number::Parse("1e20")->AsInt64(), std::nullopt);
  EXPECT_EQ(Number(7).ToDouble(), 7.0);
  EXPECT_EQ(Number::Parse("0.1")->ToDouble(), 0.1);
  EXPECT_TRUE(std::isinf(Number::Parse("1e400")->ToDouble()));
}

}  // namespace
}  // namespace tfcpp
