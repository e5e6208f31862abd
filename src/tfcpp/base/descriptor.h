// SPDX-License-Identifier: Apache-2.0
// Descriptor: owns a file descriptor. Pipe: two of them. What is done with any descriptor is here, and POSIX only, so
// that it is the same on every Unix, and that one file is to be written for what is none.
//
// Thread safety: as an int.
#pragma once

#include <chrono>
#include <span>
#include <string_view>
#include <utility>

#include "tfcpp/base/result.h"

namespace tfcpp {

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { Close(); }

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void Close();
  int Release() { return std::exchange(number_, -1); }  // the caller owns it

 private:
  int number_;
};

struct Pipe {
  Descriptor read;
  Descriptor write;
};

// Both ends are closed in children. Errors: kInternal (no descriptors left).
Result<Pipe> MakePipe();

void CloseOnExec(int descriptor);
// Reads and writes that would wait fail with EAGAIN instead.
void SetNonBlocking(int descriptor);

// False: nobody reads any more.
bool WriteAll(int descriptor, std::string_view text);

// One descriptor of Await.
struct Awaited {
  int descriptor = -1;     // negative: none
  bool only_end = false;   // whether what can be read is of no interest
  bool readable = false;   // filled in: a read, or an accept, would not wait
  bool has_ended = false;  // filled in: the other end is closed
};

// Waits for news of any, `limit` at most; a negative one: for ever. It may come back early.
void Await(std::span<Awaited> all, std::chrono::milliseconds limit);

inline constexpr int kStandardOutput = 1;
inline constexpr int kStandardError = 2;
// Whatever is printed from here on goes nowhere. Gives what standard output was.
Descriptor TakeStandardOutput();

// kInternal; `number` is an errno.
Error SystemError(std::string_view what, int number);

}  // namespace tfcpp
