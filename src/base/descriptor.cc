#include "base/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/strings.h"

namespace tfcpp {

void Descriptor::Close() {
  if (number_ >= 0) close(std::exchange(number_, -1));
}

Result<Pipe> MakePipe() {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return SystemError("No pipe could be made", errno);
  for (const int end : ends) CloseOnExec(end);
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

void CloseOnExec(int descriptor) { fcntl(descriptor, F_SETFD, FD_CLOEXEC); }

void SetNonBlocking(int descriptor) { fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK); }

Error SystemError(std::string_view what, int number) {
  return {.code = ErrorCode::kInternal, .message = Concat(what, ": ", std::strerror(number), ".")};
}

}  // namespace tfcpp
