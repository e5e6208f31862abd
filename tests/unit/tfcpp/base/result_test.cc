#include "tfcpp/base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace tfcpp {
namespace {

Error NotThere() { return {.code = ErrorCode::kNotFound, .message = "not there", .reason = "GONE"}; }

Result<int> Half(int number) {
  if (number % 2 != 0) return Error{.code = ErrorCode::kInvalidArgument, .message = "odd"};
  return number / 2;
}

Result<std::string> QuarterText(int number) {
  TFCPP_ASSIGN_OR_RETURN(const int half, Half(number));
  TFCPP_ASSIGN_OR_RETURN(const int quarter, Half(half));
  return std::to_string(quarter);
}

Result<void> CheckEven(int number) {
  TFCPP_RETURN_IF_ERROR(Half(number));
  return {};
}

TEST(Result, HoldsAValueOrAnError) {
  const Result<int> value = 7;
  EXPECT_TRUE(value.has_value());
  EXPECT_EQ(*value, 7);
  const Result<int> error = NotThere();
  EXPECT_FALSE(error);
  EXPECT_EQ(error.error(), NotThere());
}

TEST(Result, MisuseThrows) {
  const Result<int> value = 7;
  const Result<int> error = NotThere();
  EXPECT_THROW(static_cast<void>(value.error()), std::logic_error);
  EXPECT_THROW(static_cast<void>(error.value()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Result<void>().error()), std::logic_error);
}

TEST(Result, GivesAwayWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> taken = *std::move(result);
  EXPECT_EQ(*taken, 5);
}

TEST(Result, MacrosPassTheFirstErrorOn) {
  EXPECT_EQ(*QuarterText(8), "2");
  EXPECT_EQ(QuarterText(7).error().message, "odd");
  EXPECT_EQ(QuarterText(6).error().message, "odd");
  EXPECT_TRUE(CheckEven(2).has_value());
  EXPECT_EQ(CheckEven(3).error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace tfcpp
