// Numbers: one canonical form for each, whichever way it comes.
#include "tfcpp/value/number.h"

#include <cmath>
#include <cstring>
#include <string>

#include "fuzz.h"

namespace fuzz {
namespace {

using tfcpp::Number;

void RequireCanonical(const Number& number) {
  const std::string text = number.ToString();
  const auto again = Number::Parse(text);
  Require(again.has_value(), "the text of a number can be read");
  Require(*again == number, "the text of a number is that number");
  Require(again->ToString() == text, "the text of a number is stable");
  Require(!(number < number), "no number is less than itself");
  if (const auto whole = number.AsInt64()) {
    Require(Number(*whole) == number, "a whole number is the same as an integer");
    Require(std::to_string(*whole) == text, "an integer is written as one");
  }
  if (const auto* exact = std::get_if<double>(&number.form())) {
    Require(Number::FromDouble(*exact) == number, "an exact double is the same as a double");
  }
}

}  // namespace

void Run(std::string_view input) {
  if (const auto number = Number::Parse(input)) {
    RequireCanonical(*number);
  } else {
    Require(number.error().code == tfcpp::ErrorCode::kMalformed, "an error is kMalformed");
  }
  double value = 0;
  if (input.size() != sizeof(value)) return;
  std::memcpy(&value, input.data(), sizeof(value));
  if (!std::isfinite(value)) return;
  const Number number = Number::FromDouble(value);
  RequireCanonical(number);
  Require(number.ToDouble() == value, "a double stays the same");
}

}  // namespace fuzz
