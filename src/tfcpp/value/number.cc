// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/value/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include "tfcpp/base/strings.h"

namespace tfcpp {
namespace {

constexpr std::size_t kMaxText = 4096;
constexpr std::int64_t kMaxExponent = 100'000;

// A decimal number as sign, digits without zeros at either end, and the power of ten of the last digit. Zero has no
// digit.
struct Decimal {
  bool negative = false;
  std::string digits;
  std::int64_t exponent = 0;

  friend bool operator==(const Decimal&, const Decimal&) = default;
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<Decimal> ParseDecimal(std::string_view text) {
  Decimal decimal;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    decimal.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  std::size_t digits = 0;
  bool in_fraction = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (text[i] == '.' && !in_fraction) {
      in_fraction = true;
    } else if (IsDigit(text[i])) {
      decimal.digits += text[i];
      if (in_fraction) --decimal.exponent;
      ++digits;
    } else {
      break;
    }
  }
  if (digits == 0) return std::nullopt;
  if (i < text.size()) {
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    ++i;
    if (i + 1 < text.size() && text[i] == '+' && IsDigit(text[i + 1])) ++i;
    std::int64_t exponent = 0;
    const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), exponent);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (exponent > kMaxExponent || exponent < -kMaxExponent) return std::nullopt;
    decimal.exponent += exponent;
  }
  const std::size_t last = decimal.digits.find_last_not_of('0');
  if (last == std::string::npos) return Decimal{};
  decimal.exponent += static_cast<std::int64_t>(decimal.digits.size() - last - 1);
  decimal.digits.erase(last + 1);
  decimal.digits.erase(0, decimal.digits.find_first_not_of('0'));
  return decimal;
}

// Without an exponent, as far as Parse reads that back; cty, too, writes whole numbers digit by digit.
std::string WriteDecimal(const Decimal& decimal) {
  if (decimal.digits.empty()) return "0";
  const std::string sign = decimal.negative ? "-" : "";
  const auto size = static_cast<std::int64_t>(decimal.digits.size());
  const std::int64_t point = size + decimal.exponent;                          // digits before the decimal point
  constexpr std::int64_t kMaxPlain = static_cast<std::int64_t>(kMaxText) - 3;  // less "-" and "0."
  if (std::max(point, std::max(size, -decimal.exponent)) > kMaxPlain) {
    return sign + decimal.digits + "e" + std::to_string(decimal.exponent);
  }
  if (decimal.exponent >= 0)
    return sign + decimal.digits + std::string(static_cast<std::size_t>(decimal.exponent), '0');
  if (point > 0) {
    return sign + decimal.digits.substr(0, static_cast<std::size_t>(point)) + "." +
           decimal.digits.substr(static_cast<std::size_t>(point));
  }
  return sign + "0." + std::string(static_cast<std::size_t>(-point), '0') + decimal.digits;
}

// All digits of a double, which has a finite decimal form.
std::string ExactText(double value) {
  std::array<char, 1600> text{};  // the longest has 1074 digits after the point
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 1100);
  if (error != std::errc()) throw std::logic_error("Number: a double did not fit");
  return {text.data(), end};
}

}  // namespace

Number Number::FromDouble(double value) {
  if (!std::isfinite(value)) throw std::logic_error("Number: not finite");
  return *Parse(ExactText(value));
}

Result<Number> Number::Parse(std::string_view text) {
  const Error malformed{.code = ErrorCode::kMalformed, .message = "not a number"};
  const auto decimal = text.size() <= kMaxText ? ParseDecimal(text) : std::nullopt;
  if (!decimal.has_value() || decimal->exponent > kMaxExponent || decimal->exponent < -kMaxExponent) return malformed;
  const std::string canonical = WriteDecimal(*decimal);
  if (canonical.size() > kMaxText) return malformed;  // every number that we have can be read back

  Number number;
  std::int64_t whole = 0;
  const char* const end = canonical.data() + canonical.size();
  if (const auto parsed = std::from_chars(canonical.data(), end, whole);
      parsed.ec == std::errc() && parsed.ptr == end) {
    number.form_ = whole;
    return number;
  }
  // Only fractions may be doubles: Terraform sends large whole numbers as digits.
  if (decimal->exponent < 0) {
    double nearest = 0;
    const auto parsed = std::from_chars(canonical.data(), end, nearest);
    if (parsed.ec == std::errc() && parsed.ptr == end && ParseDecimal(ExactText(nearest)) == decimal) {
      number.form_ = nearest;
      return number;
    }
  }
  number.form_ = canonical;
  return number;
}

std::optional<std::int64_t> Number::AsInt64() const {
  const auto* whole = std::get_if<std::int64_t>(&form_);
  return whole != nullptr ? std::optional(*whole) : std::nullopt;
}

double Number::ToDouble() const {
  if (const auto* whole = std::get_if<std::int64_t>(&form_)) return static_cast<double>(*whole);
  if (const auto* exact = std::get_if<double>(&form_)) return *exact;
  return std::strtod(std::get<std::string>(form_).c_str(), nullptr);
}

std::string Number::ToString() const {
  if (const auto* whole = std::get_if<std::int64_t>(&form_)) return std::to_string(*whole);
  if (const auto* exact = std::get_if<double>(&form_)) return WriteDecimal(*ParseDecimal(ExactText(*exact)));
  return std::get<std::string>(form_);
}

}  // namespace tfcpp
