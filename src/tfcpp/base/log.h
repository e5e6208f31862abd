// SPDX-License-Identifier: Apache-2.0
// Logger: structured log records, no global instance. tfcpp/goplugin/hclog.h writes them for Terraform.
//
//   log.Info("request", {{"method", "GET"}, {"status", "200"}});
//
// Rule: paths, types, lengths and redacted text only; never a configuration value or a secret. Thread safety:
// implementations are safe to call from several threads.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace tfcpp {

enum class LogLevel { kTrace, kDebug, kInfo, kWarn, kError, kOff };

// Key and value of one field of a record.
using LogField = std::pair<std::string_view, std::string>;
using LogFields = std::initializer_list<LogField>;

class Logger {
 public:
  virtual ~Logger() = default;
  // False when records of this level are dropped: callers then skip building them.
  virtual bool Enabled(LogLevel level) const = 0;
  virtual void Write(LogLevel level, std::string_view message, LogFields fields) = 0;

  void Trace(std::string_view message, LogFields fields = {}) { WriteIf(LogLevel::kTrace, message, fields); }
  void Debug(std::string_view message, LogFields fields = {}) { WriteIf(LogLevel::kDebug, message, fields); }
  void Info(std::string_view message, LogFields fields = {}) { WriteIf(LogLevel::kInfo, message, fields); }
  void Warn(std::string_view message, LogFields fields = {}) { WriteIf(LogLevel::kWarn, message, fields); }
  void Error(std::string_view message, LogFields fields = {}) { WriteIf(LogLevel::kError, message, fields); }

 private:
  void WriteIf(LogLevel level, std::string_view message, LogFields fields) {
    if (Enabled(level)) Write(level, message, fields);
  }
};

class NullLogger final : public Logger {
 public:
  bool Enabled(LogLevel) const override { return false; }
  void Write(LogLevel, std::string_view, LogFields) override {}
};

}  // namespace tfcpp
