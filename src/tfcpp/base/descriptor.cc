// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/base/descriptor.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <vector>

#include "tfcpp/base/strings.h"

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

bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void Await(std::span<Awaited> all, std::chrono::milliseconds limit) {
  std::vector<pollfd> waiting;
  waiting.reserve(all.size());
  // POLLHUP comes unasked, but on macOS, which looks at nothing that was not asked for.
  std::transform(all.begin(), all.end(), std::back_inserter(waiting), [](const Awaited& each) {
    return pollfd{each.descriptor, static_cast<short>(each.only_end ? POLLHUP : POLLIN), 0};
  });
  if (poll(waiting.data(), static_cast<nfds_t>(waiting.size()), static_cast<int>(limit.count())) < 0) return;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].readable = (waiting[i].revents & POLLIN) != 0;
    all[i].has_ended = (waiting[i].revents & (POLLERR | POLLHUP)) != 0;
  }
}

Descriptor TakeStandardOutput() {
  Descriptor output(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0));
  const Descriptor null(open("/dev/null", O_WRONLY | O_CLOEXEC));
  if (null.is_open()) dup2(null.number(), STDOUT_FILENO);
  return output;
}

Error SystemError(std::string_view what, int number) {
  return {.code = ErrorCode::kInternal, .message = Concat(what, ": ", std::strerror(number), ".")};
}

}  // namespace tfcpp
