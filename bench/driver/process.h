// A child process and the first line that it writes.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace bench {

struct Memory {
  double rss_mib = 0;       // now
  double anon_mib = 0;      // now, of its own: not mapped from the program's file
  double peak_rss_mib = 0;  // the most since its start
};

class Process {
 public:
  // Starts `program` with this process's environment and `environment` ("NAME=value") on top. Returns once it has
  // written a line; throws std::runtime_error when it cannot be started or writes none. Its destructor ends it.
  Process(const std::string& program, const std::vector<std::string>& environment);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  const std::string& line() const { return line_; }
  double line_ms() const { return line_ms_; }                          // from just before exec to the line
  std::chrono::steady_clock::time_point begin() const { return begin_; }
  Memory memory() const;
  double cpu_seconds() const;

 private:
  pid_t pid_ = 0;
  int output_ = -1;
  std::string line_;
  double line_ms_ = 0;
  std::chrono::steady_clock::time_point begin_;
};

double MillisecondsSince(std::chrono::steady_clock::time_point begin);

}  // namespace bench
