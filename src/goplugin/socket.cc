#include "goplugin/socket.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "base/descriptor.h"
#include "base/strings.h"

namespace tfcpp::goplugin {
namespace {

constexpr std::string_view kSocketName = "/plugin";
constexpr int kWaiting = 64;  // connections; a host makes one

// mkdtemp makes the folder with mode 0700.
std::string MakePrivateFolder(const std::string& parent) {
  std::string name = Concat(parent, "/tfcpp-XXXXXX");
  if (name.size() + kSocketName.size() >= sizeof(sockaddr_un::sun_path)) return "";
  return mkdtemp(name.data()) == nullptr ? "" : name;
}

// `name`: a path, or a zero byte and the name of an abstract socket. -1: it cannot be had.
int Listen(std::string_view name) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  name.copy(address.sun_path, sizeof(address.sun_path) - 1);
  const int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
  if (descriptor < 0) return -1;
  CloseOnExec(descriptor);
  SetNonBlocking(descriptor);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  if (bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size) == 0 && listen(descriptor, kWaiting) == 0)
    return descriptor;
  close(descriptor);
  return -1;
}

}  // namespace

std::optional<Listener> Listener::Open(const std::string& preferred, const Environment& environment) {
  for (const std::string& parent : {preferred, environment("TMPDIR").value_or(""), std::string("/tmp")}) {
    if (parent.empty()) continue;
    const std::string folder = MakePrivateFolder(parent);
    if (folder.empty()) continue;
    const std::string path = Concat(folder, kSocketName);
    if (const int descriptor = Listen(path); descriptor >= 0) return Listener(descriptor, folder, path);
    rmdir(folder.c_str());
  }
  const std::string name = Concat("tfcpp-", std::to_string(getpid()));
  const int descriptor = Listen(Concat(std::string_view("\0", 1), name));
  if (descriptor < 0) return std::nullopt;
  return Listener(descriptor, "", Concat("@", name));
}

Listener::Listener(int descriptor, std::string folder, std::string host_address)
    : descriptor_(descriptor), folder_(std::move(folder)), host_address_(std::move(host_address)) {}

Listener::Listener(Listener&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      folder_(std::exchange(other.folder_, {})),
      host_address_(std::move(other.host_address_)) {}

Listener::~Listener() {
  if (descriptor_ >= 0) close(descriptor_);
  RemoveFile();
}

void Listener::RemoveFile() {
  if (folder_.empty()) return;
  unlink(host_address_.c_str());
  rmdir(folder_.c_str());
  folder_.clear();
}

Listener::Accepted Listener::Accept() const {
  const int descriptor = accept(descriptor_, nullptr, nullptr);
  if (descriptor < 0) return {.is_short = errno != EAGAIN && errno != EINTR && errno != ECONNABORTED};
  CloseOnExec(descriptor);
  SetNonBlocking(descriptor);
  return {.descriptor = descriptor};
}

}  // namespace tfcpp::goplugin
