// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/fields/rules.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "tfcpp/base/strings.h"
#include "tfcpp/fields/field.h"

namespace tfcpp::fields {
bool IsAlwaysThere(const Row& row) { return row.wire.always_there; }

std::string Rule<std::string>::Read(const Json& json, const Row& row, std::string& member) {
  if (!json.is_string()) return "is no text";
  if (json.string().empty() && row.attribute.default_value != Value::String("")) return "is empty";
  member = json.string();
  return "";
}

std::string Rule<bool>::Read(const Json& json, const Row&, bool& member) {
  if (!json.is_bool()) return "is neither true nor false";
  member = json.boolean();
  return "";
}

std::string Rule<std::int64_t>::Read(const Json& json, const Row&, std::int64_t& member) {
  const std::optional<std::int64_t> number = json.AsInt64();
  if (!number.has_value()) return "is no whole number";
  member = *number;
  return "";
}

template <class Texts>
Value TextsRule<Texts>::ToValue(const Texts& member) {
  std::vector<Value> elements;
  for (const std::string& text : member) elements.push_back(Value::String(text));
  return kIsSet ? Value::Set(Type::String(), std::move(elements)) : Value::List(Type::String(), std::move(elements));
}

template <class Texts>
Texts TextsRule<Texts>::FromValue(const Value& value) {
  Texts texts;
  for (const Value& element : value.Elements()) {
    if (element.is_set()) texts.insert(texts.end(), element.AsString());
  }
  return texts;
}

template <class Texts>
std::string TextsRule<Texts>::Read(const Json& json, const Row& row, Texts& member) {
  if (!json.is_array()) return "is no array";
  const std::vector<Json>& elements = json.elements();
  const auto is_named = [](const Json& element) { return element.is_string() && !element.string().empty(); };
  if ((elements.empty() && row.attribute.required()) || !std::all_of(elements.begin(), elements.end(), is_named)) {
    return Concat("does not hold ", row.wire.elements);
  }
  for (const Json& element : elements) member.insert(member.end(), element.string());
  return "";
}

template struct TextsRule<std::set<std::string>>;
template struct TextsRule<std::vector<std::string>>;

Value Rule<Timestamp>::ToValue(const Timestamp& member) {
  return member.ms.has_value() ? Value::String(FormatTimestamp(*member.ms)) : Value();
}
std::string Rule<Timestamp>::Read(const Json& json, const Row&, Timestamp& member) {
  constexpr std::int64_t kEarliest = 1'262'304'000'000;  // 2010-01-01T00:00:00Z
  constexpr std::int64_t kLatest = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z
  const std::optional<std::int64_t> ms = json.AsInt64();
  if (!ms.has_value()) return "is no whole number";
  if (*ms != 0 && (*ms < kEarliest || *ms > kLatest)) return "is no time in milliseconds";
  if (*ms != 0) member.ms = ms;
  return "";
}

std::string FormatTimestamp(std::int64_t ms_since_epoch) {
  using namespace std::chrono;
  constexpr sys_time<milliseconds> kFirst = sys_days(year(0) / January / 1);
  constexpr sys_time<milliseconds> kLast = sys_days(year(10'000) / January / 1) - milliseconds(1);
  const auto time = std::clamp(sys_time<milliseconds>(milliseconds(ms_since_epoch)), kFirst, kLast);
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss<milliseconds> clock(time - day);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text.data();
}

Timestamp ParseTimestamp(const std::string& text) {
  using namespace std::chrono;
  int y = 0, h = 0, m = 0, s = 0, ms = 0;
  unsigned mon = 0, d = 0;
  if (std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d.%3dZ", &y, &mon, &d, &h, &m, &s, &ms) != 7) return {};
  const sys_time<milliseconds> time =
      sys_days(year(y) / month(mon) / day(d)) + hours(h) + minutes(m) + seconds(s) + milliseconds(ms);
  return {time.time_since_epoch().count()};
}

}  // namespace tfcpp::fields
