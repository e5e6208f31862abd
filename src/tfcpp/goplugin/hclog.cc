// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/goplugin/hclog.h"

#include <array>
#include <cstdio>
#include <utility>

#include "tfcpp/base/descriptor.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace tfcpp::goplugin {
namespace {

// As written, with escapes: a dozen long fields stay below the host's 64 KiB.
constexpr std::size_t kMaxField = 8192;
constexpr std::size_t kMaxLine = 60'000;

constexpr std::array<std::pair<std::string_view, LogLevel>, 7> kLevels = {{{"trace", LogLevel::kTrace},
                                                                           {"debug", LogLevel::kDebug},
                                                                           {"info", LogLevel::kInfo},
                                                                           {"warn", LogLevel::kWarn},
                                                                           {"error", LogLevel::kError},
                                                                           {"off", LogLevel::kOff},
                                                                           {"json", LogLevel::kTrace}}};

std::string LevelName(LogLevel level) {
  for (const auto& [name, value] : kLevels) {
    if (value == level) return std::string(name);
  }
  return "error";
}

std::string Timestamp(Clock::WallTime time) {
  using namespace std::chrono;
  const auto micros = floor<microseconds>(time);
  const auto day = floor<days>(micros);
  const year_month_day date(day);
  const hh_mm_ss<microseconds> clock(micros - day);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06ldZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<long>(clock.subseconds().count()));
  return text.data();
}

// Cut until what is written fits: a control character takes six bytes.
Json Text(std::string_view text) {
  for (std::size_t limit = kMaxField;; limit /= 2) {
    Json cut = Json::String(Truncate(Readable(text), limit));
    if (cut.Write().size() <= kMaxField + 64) return cut;
  }
}

}  // namespace

LogLevel LogLevelFrom(const Environment& environment) {
  auto text = environment("TF_LOG_PROVIDER");
  if (!text.has_value() || text->empty()) text = environment("TF_LOG");
  const std::string lower = ToLower(text.value_or(""));
  for (const auto& [name, level] : kLevels) {
    if (name == lower) return level;
  }
  return LogLevel::kOff;
}

std::string HclogLine(LogLevel level, std::string_view module, std::string_view message, LogFields fields,
                      Clock::WallTime time) {
  Json::Members members{{"@level", Json::String(LevelName(level))},
                        {"@message", Text(message)},
                        {"@module", Text(module)},
                        {"@timestamp", Json::String(Timestamp(time))}};
  std::size_t size = Json::Object(members).Write().size();
  for (const auto& [key, value] : fields) {
    // Keys with @ are the host's own.
    if (key.empty() || key.front() == '@') continue;
    Json text = Text(value);
    size += key.size() + text.Write().size() + 4;
    if (size > kMaxLine) break;
    members.emplace_back(std::string(key), std::move(text));
  }
  return Json::Object(std::move(members)).Write() + "\n";
}

void HclogLogger::Write(LogLevel level, std::string_view message, LogFields fields) {
  const std::string line = HclogLine(level, module_, message, fields, clock_.WallNow());
  const std::lock_guard lock(mutex_);
  WriteAll(descriptor_, line);  // false: the host has gone; there is nobody to tell
}

}  // namespace tfcpp::goplugin
