// SPDX-License-Identifier: Apache-2.0
// Child: a program that was started and goes on, with what it says meanwhile. It is read all the time, so that the
// program never waits for a reader.
//
// Thread safety: safe to use from several threads.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tfcpp/base/result.h"

namespace tfcpp::host {

class Child {
 public:
  // Starts `program` with this process's environment and `environment` ("NAME=value") on top. Errors: kNotFound (no
  // such program, or it may not be run), kInternal (no descriptors or processes left).
  static Result<std::unique_ptr<Child>> Start(const std::string& program, const std::vector<std::string>& environment);

  virtual ~Child() = default;  // ends the program by force, if it has not ended
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  virtual int pid() const = 0;
  // Waits for the first line on standard output, without its end. Less: output ended, or the time is up, or this is the
  // beginning of a line of more than 64 KiB.
  virtual std::string AwaitLine(std::chrono::milliseconds limit) = 0;
  // Just before it was started, and when the first line was there.
  virtual std::chrono::steady_clock::time_point begin() const = 0;
  virtual std::chrono::steady_clock::time_point line_at() const = 0;
  // Waits for the program's end. False: it still runs.
  virtual bool AwaitEnd(std::chrono::milliseconds limit) = 0;
  // "has ended with exit code 2", "was ended by signal 11"; empty: it has not ended.
  virtual std::string HowItEnded() = 0;
  // The last 16 KiB on standard error, and the first 16 on standard output after the first line. They may hold secrets.
  virtual std::string ErrorOutput() const = 0;
  virtual std::string LaterOutput() const = 0;

 protected:
  Child() = default;
};

}  // namespace tfcpp::host
