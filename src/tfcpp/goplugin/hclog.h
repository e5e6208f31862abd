// SPDX-License-Identifier: Apache-2.0
// HclogLogger: writes log records for a go-plugin host: one JSON object a line, as hclog makes them, on standard error.
//
// Facts (measured with Terraform 1.11): @level, @message and @timestamp must be strings, or Terraform itself dies;
// @timestamp has exactly six fractional digits; lines of 64 KiB and more are cut and lose their level. Texts are made
// readable (tfcpp/base/strings.h), because a user reads the log on a terminal. Thread safety: safe to call from several
// threads; records do not mix, which a pipe by itself promises for 4 KiB only.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"

namespace tfcpp::goplugin {

using Environment = std::function<std::optional<std::string>(std::string_view name)>;

// From TF_LOG_PROVIDER, else TF_LOG: TRACE, DEBUG, INFO, WARN, ERROR, OFF, or JSON for trace, in any case. Unset or
// anything else: kOff.
LogLevel LogLevelFrom(const Environment& environment);

// One record as a line, with its line end.
std::string HclogLine(LogLevel level, std::string_view module, std::string_view message, LogFields fields,
                      Clock::WallTime time);

class HclogLogger final : public Logger {
 public:
  // `descriptor` stays open as long as this lives; `clock` likewise.
  HclogLogger(int descriptor, LogLevel level, std::string module, const Clock& clock)
      : descriptor_(descriptor), level_(level), module_(std::move(module)), clock_(clock) {}

  bool Enabled(LogLevel level) const override { return level >= level_ && level_ != LogLevel::kOff; }
  void Write(LogLevel level, std::string_view message, LogFields fields) override;

 private:
  int descriptor_;
  LogLevel level_;
  std::string module_;
  const Clock& clock_;
  std::mutex mutex_;  // held while a record is written
};

}  // namespace tfcpp::goplugin
