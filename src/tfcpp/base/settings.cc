// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/base/settings.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <set>

#include "tfcpp/base/strings.h"

namespace tfcpp {
namespace {

constexpr std::int64_t kSecondsInADay = 86'400;

std::optional<bool> ParseBool(std::string_view text) {
  for (const char* yes : {"1", "t", "T", "TRUE", "true", "True"}) {
    if (text == yes) return true;
  }
  for (const char* no : {"0", "f", "F", "FALSE", "false", "False"}) {
    if (text == no) return false;
  }
  return std::nullopt;
}

template <class Number>
std::optional<Number> ParseNumber(std::string_view text) {
  Number number{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::string> ParseList(std::string_view text) {
  std::set<std::string> elements;
  for (const std::string_view element : Split(text, ',')) {
    if (!Trim(element).empty()) elements.emplace(Trim(element));
  }
  return {elements.begin(), elements.end()};
}

bool IsTenant(std::string_view text) {
  return !text.empty() && text.front() != '.' && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

}  // namespace

std::optional<std::string> FindVariable(const Environment& environment, std::string_view name) {
  const auto value = environment(name);
  if (!value.has_value() || Trim(*value).empty()) return std::nullopt;
  return std::string(Trim(*value));
}

std::optional<std::string> FindHomeFolder(const Environment& environment) { return FindVariable(environment, "HOME"); }

std::string_view Trimmed(TextKind kind, std::string_view text) {
  switch (kind) {
    case TextKind::kPlain:
    case TextKind::kForm:
    case TextKind::kTenant:
      return Trim(text);
    case TextKind::kPassword:
    case TextKind::kFormSecret:
      return TrimLineEnds(text);
    case TextKind::kJson:
      break;
  }
  return text;
}

std::string_view FaultOf(TextKind kind, std::string_view trimmed) {
  switch (kind) {
    case TextKind::kPlain:
    case TextKind::kPassword:
    case TextKind::kTenant:
      if (HasControl(trimmed)) {
        return "contains a line break or another control character; it must be one line of text";
      }
      return kind == TextKind::kTenant && !IsTenant(trimmed) ? "is neither a GUID nor a domain name" : "";
    case TextKind::kForm:
    case TextKind::kFormSecret:
      return trimmed.find_first_of(std::string_view("\0\r\n", 3)) != trimmed.npos
                 ? "contains a line break or a NUL; it must be one line of text"
                 : "";
    case TextKind::kJson:
      break;
  }
  return "";
}

std::string AssignText(std::string_view text, std::string& to) {
  to = text;
  return "";
}

std::string AssignText(std::string_view text, Secret& to) {
  to = Secret(std::string(text));
  return "";
}

std::string AssignText(std::string_view text, bool& to) {
  const auto value = ParseBool(text);
  to = value.value_or(false);
  return value.has_value() ? "" : "must be true or false";
}

std::string AssignText(std::string_view text, std::chrono::seconds& to) {
  const auto value = ParseNumber<std::int64_t>(text);
  if (!value.has_value() || *value < 0 || *value > kSecondsInADay) {
    return "must be a whole number of seconds, at most a day";
  }
  to = std::chrono::seconds(*value);
  return "";
}

std::string AssignText(std::string_view text, std::optional<double>& to) {
  const auto value = ParseNumber<double>(text);
  if (!value.has_value() || !(*value >= 0)) return "must be a number, not below 0";
  to = *value > 0 ? value : std::nullopt;
  return "";
}

std::string AssignText(std::string_view text, std::vector<std::string>& to) {
  to = ParseList(text);
  return "";
}

}  // namespace tfcpp
