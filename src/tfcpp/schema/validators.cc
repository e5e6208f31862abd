// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/schema/validators.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "tfcpp/base/strings.h"

namespace tfcpp {
namespace {

std::string Quoted(const std::vector<std::string>& values) {
  std::vector<std::string> quoted;
  for (const std::string& value : values) quoted.push_back(Concat("\"", value, "\""));
  return Join(quoted, ", ");
}

std::string Nearest(const std::vector<std::string>& values, const std::string& text) {
  const std::string upper = ToUpper(text);
  return *std::min_element(values.begin(), values.end(), [&](const std::string& a, const std::string& b) {
    return EditDistance(ToUpper(a), upper) < EditDistance(ToUpper(b), upper);
  });
}

bool IsText(const Value& value) { return value.type().kind() == Type::Kind::kString; }

std::size_t SizeOf(const Value& value) {
  if (IsText(value)) return value.AsString().size();
  return value.type().kind() == Type::Kind::kMap ? value.Entries().size() : value.Elements().size();
}

// What is wrong with a size. `bound`: "at least", "at most".
std::string SizeDetail(const ValidateRequest& request, std::string_view bound, std::size_t count) {
  return Concat(request.path.ToString(), " must have ", bound, " ", std::to_string(count),
                IsText(request.value) ? " byte" : " element", count == 1 ? "" : "s", ", but has ",
                std::to_string(SizeOf(request.value)), ".");
}

}  // namespace

Validator OneOf(std::vector<std::string> values) {
  if (values.empty()) throw std::logic_error("OneOf: no values");
  const std::string list = Quoted(values);
  return {Concat("must be one of ", list),
          [values = std::move(values), list](const ValidateRequest& request, Diagnostics& diagnostics) {
            const std::string& text = request.value.AsString();
            if (std::find(values.begin(), values.end(), text) != values.end()) return;
            const std::string nearest = Nearest(values, text);
            // A hint only where it is one: "paused" is near nothing.
            const std::string hint = EditDistance(ToUpper(nearest), ToUpper(text)) <= 2
                                         ? Concat(" Did you mean \"", nearest, "\"?")
                                         : std::string();
            diagnostics.AddError(Concat("Unknown value of ", request.path.ToString()),
                                 Concat(QuotedValue(text), " is none of the values ", list, ".", hint), request.path);
          }};
}

Validator SizeAtLeast(std::size_t count) {
  return {count == 1 ? "must not be empty" : Concat("must have at least ", std::to_string(count), " elements or bytes"),
          [count](const ValidateRequest& request, Diagnostics& diagnostics) {
            if (SizeOf(request.value) >= count) return;
            const std::string path = request.path.ToString();
            diagnostics.AddError(
                IsText(request.value) ? Concat("Too short a text in ", path) : Concat("Too few elements in ", path),
                SizeDetail(request, "at least", count), request.path);
          }};
}

Validator SizeAtMost(std::size_t count) {
  return {Concat("must have at most ", std::to_string(count), count == 1 ? " element or byte" : " elements or bytes"),
          [count](const ValidateRequest& request, Diagnostics& diagnostics) {
            if (SizeOf(request.value) <= count) return;
            const std::string path = request.path.ToString();
            diagnostics.AddError(
                IsText(request.value) ? Concat("Too long a text in ", path) : Concat("Too many elements in ", path),
                SizeDetail(request, "at most", count), request.path);
          }};
}

Validator IntBetween(std::int64_t low, std::int64_t high) {
  const std::string range = Concat("a whole number from ", std::to_string(low), " to ", std::to_string(high));
  return {Concat("must be ", range), [low, high, range](const ValidateRequest& request, Diagnostics& diagnostics) {
            const auto number = request.value.AsNumber().AsInt64();
            if (number.has_value() && *number >= low && *number <= high) return;
            diagnostics.AddError(Concat("Value of ", request.path.ToString(), " is out of range"),
                                 Concat(request.path.ToString(), " must be ", range, "."), request.path);
          }};
}

Validator SecretText(std::string attribute_name) {
  return {"must not be empty or blank, and must have no control characters",
          [attribute_name = std::move(attribute_name)](const ValidateRequest& request, Diagnostics& diagnostics) {
            const std::string& text = request.value.AsString();
            std::string wrong;
            if (HasControl(text)) {
              wrong =
                  " contains a line break or another control character. A file read with file() often ends with one: "
                  "use chomp() or trimspace().";
            } else if (text.empty()) {
              wrong = " is an empty string. Give it a value, or set it to null.";
            } else if (Trim(text).empty()) {
              wrong = " has only blanks, as an empty variable of a pipeline may. Give it a value, or set it to null.";
            }
            // No path: Terraform would print the line with the secret.
            if (!wrong.empty()) diagnostics.AddError(Concat("Unusable ", attribute_name), attribute_name + wrong);
          }};
}

}  // namespace tfcpp
