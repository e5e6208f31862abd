// Descriptor: owns a file descriptor. Pipe: two of them. POSIX only, so that they are the same on every Unix.
//
// Thread safety: as an int.
#pragma once

#include <string_view>
#include <utility>

#include "base/result.h"

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

// kInternal; `number` is an errno.
Error SystemError(std::string_view what, int number);

}  // namespace tfcpp
