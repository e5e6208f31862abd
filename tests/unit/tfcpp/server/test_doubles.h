// A clock that stands, a logger that remembers.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"

namespace tfcpp {

class ManualClock final : public Clock {
 public:
  SteadyTime Now() const override { return now_; }
  WallTime WallNow() const override { return {}; }
  bool SleepFor(Duration duration, const std::stop_token& stop) override {
    Advance(duration);
    return !stop.stop_requested();
  }
  void Advance(Duration duration) { now_ += duration; }

 private:
  SteadyTime now_;
};

struct LogRecord {
  LogLevel level;
  std::string message;
  std::map<std::string, std::string, std::less<>> fields;
};

class RememberingLogger final : public Logger {
 public:
  bool Enabled(LogLevel) const override { return true; }
  void Write(LogLevel level, std::string_view message, LogFields fields) override {
    LogRecord record{level, std::string(message), {}};
    for (const LogField& field : fields) record.fields.emplace(field.first, field.second);
    const std::lock_guard lock(mutex_);
    records_.push_back(std::move(record));
  }
  std::vector<LogRecord> records() const {
    const std::lock_guard lock(mutex_);
    return records_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<LogRecord> records_;
};

}  // namespace tfcpp
