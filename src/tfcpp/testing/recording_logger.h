// SPDX-License-Identifier: Apache-2.0
// RecordingLogger: keeps each record as one line, "LEVEL message key=value key=value".
#pragma once

#include <array>
#include <mutex>
#include <string>

#include "tfcpp/base/log.h"

namespace tfcpp::test {

// Thread safety: all of it.
class RecordingLogger final : public Logger {
 public:
  explicit RecordingLogger(LogLevel level = LogLevel::kTrace) : level_(level) {}
  bool Enabled(LogLevel level) const override { return level >= level_; }
  void Write(LogLevel level, std::string_view message, LogFields fields) override {
    static constexpr std::array<const char*, 6> kNames = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF"};
    std::string line = kNames.at(static_cast<std::size_t>(level));
    line.append(" ").append(message);
    for (const auto& [key, value] : fields) line.append(" ").append(key).append("=").append(value);
    const std::lock_guard lock(mutex_);
    text_ += line + "\n";
  }
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  LogLevel level_;
  mutable std::mutex mutex_;
  std::string text_;
};

}  // namespace tfcpp::test
