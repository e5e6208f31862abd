// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "tfcpp/base/descriptor.h"
#include "tfcpp/base/strings.h"

namespace tfcpp {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

Error Failure(int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return {.code = ErrorCode::kNotFound, .message = "does not exist"};
    case EISDIR:
      return {.code = ErrorCode::kInvalidArgument,
              .message = "is a folder, not a file (a container gets one where the source of a mount is missing)"};
    case EACCES:
    case EPERM:
      return {.code = ErrorCode::kPermissionDenied, .message = "may not be read by this user (permission denied)"};
    default:
      return {.code = ErrorCode::kUnavailable,
              .message = Concat("cannot be read (", std::generic_category().message(number), ")")};
  }
}

bool IsRegular(const Descriptor& file) {
  struct stat status {};
  return fstat(file.number(), &status) == 0 && S_ISREG(status.st_mode);
}

// Whether there is something to read, or the end, before `end`. A regular file always has.
bool WaitFor(const Descriptor& file, steady_clock::time_point end) {
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
    if (left.count() <= 0) return false;
    std::array<Awaited, 1> waiting{{{.descriptor = file.number()}}};
    Await(waiting, left);
    if (waiting[0].readable || waiting[0].has_ended) return true;
  }
}

}  // namespace

Result<std::string> ReadFile(const std::string& path, std::size_t max_bytes, milliseconds patience) {
  if (path.find('\0') != std::string::npos) return Failure(EINVAL);  // the system would read the name up to there
  // To open a pipe waits for its writer otherwise.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.is_open()) return Failure(errno);
  const bool is_regular = IsRegular(file);
  const auto end = steady_clock::now() + patience;
  std::string text;
  std::array<char, 64u << 10> part{};
  for (;;) {
    if (!is_regular && !WaitFor(file, end)) {
      return Error{.code = ErrorCode::kDeadlineExceeded,
                   .message = Concat("is a pipe or a device, and its end did not come within ",
                                     std::to_string(patience.count()), " ms")};
    }
    const ssize_t count = read(file.number(), part.data(), part.size());
    if (count == 0) return text;
    if (count < 0) {
      if (errno == EINTR || errno == EAGAIN) continue;
      return Failure(errno);
    }
    if (text.size() + static_cast<std::size_t>(count) > max_bytes) {
      return Error{.code = ErrorCode::kResourceExhausted,
                   .message = Concat("is too large (more than ", std::to_string(max_bytes >> 10), " KiB)")};
    }
    text.append(part.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace tfcpp
