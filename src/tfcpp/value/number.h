// SPDX-License-Identifier: Apache-2.0
// Number: an exact number of the Terraform language: an int64, a double that is exact, or decimal text.
//
// One canonical form for each number, so == is equality of numbers: 1, 1.0 and "1.00" are the same. 0.1 is no exact
// double and stays decimal text, as Terraform sends it (msgpack: int, float64, or string). Immutable. Thread safety:
// reading is safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "tfcpp/base/result.h"

namespace tfcpp {

class Number {
 public:
  Number() : Number(std::int64_t{0}) {}
  explicit Number(std::int64_t value) : form_(value) {}
  // Throws std::logic_error for NaN and infinities: the language has neither.
  static Number FromDouble(double value);
  // "12", "-0.5", "1e400": at most 4096 characters, exponent within +-100000, also in the form that ToString gives, so
  // that this reads back every number.
  static Result<Number> Parse(std::string_view text);

  // The form to put on the wire.
  const std::variant<std::int64_t, double, std::string>& form() const { return form_; }
  std::optional<std::int64_t> AsInt64() const;
  double ToDouble() const;       // nearest double
  std::string ToString() const;  // decimal, exact, without superfluous zeros; the form in JSON

  friend bool operator==(const Number&, const Number&) = default;
  friend bool operator<(const Number& a, const Number& b) {
    return a.form_ < b.form_;
  }  // an order, not the numeric one

 private:
  std::variant<std::int64_t, double, std::string> form_;
};

}  // namespace tfcpp
