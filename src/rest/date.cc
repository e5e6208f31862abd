// SPDX-License-Identifier: Apache-2.0
#include "rest/date.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace tfcpp::rest {

std::optional<std::chrono::sys_seconds> ParseHttpDate(const std::string& text) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::array<char, 4> month{};
  unsigned day = 0;
  int year = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  // NOLINTNEXTLINE(cert-err34-c): the widths keep every number in range
  const int read = std::sscanf(text.c_str(), "%*3s, %2u %3s %4d %2d:%2d:%2d GMT", &day, month.data(), &year, &hour,
                               &minute, &second);
  const auto is_in = [](int value, int most) { return value >= 0 && value <= most; };
  if (read != 6 || !is_in(hour, 23) || !is_in(minute, 59) || !is_in(second, 60)) return std::nullopt;
  const auto found = std::find(kMonths.begin(), kMonths.end(), std::string_view(month.data()));
  if (found == kMonths.end()) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(found - kMonths.begin()) + 1),
                                         std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

}  // namespace tfcpp::rest
