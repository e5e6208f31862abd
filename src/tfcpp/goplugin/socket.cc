// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/goplugin/socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "tfcpp/base/descriptor.h"
#include "tfcpp/base/strings.h"

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

// At an address of any family. -1: it cannot be had.
template <class Address>
int Listen(const Address& address, int family) {
  Descriptor made(socket(family, SOCK_STREAM, 0));
  if (!made.is_open()) return -1;
  CloseOnExec(made.number());
  SetNonBlocking(made.number());
  const bool listens = bind(made.number(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
                       listen(made.number(), kWaiting) == 0;
  return listens ? made.Release() : -1;
}

int ListenInFolder(std::string_view path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof(address.sun_path) - 1);
  return Listen(address, AF_UNIX);
}

}  // namespace

std::optional<Listener> Listener::Open(const std::string& preferred, const Environment& environment) {
  for (const std::string& parent : {preferred, environment("TMPDIR").value_or(""), std::string("/tmp")}) {
    if (parent.empty()) continue;
    const std::string folder = MakePrivateFolder(parent);
    if (folder.empty()) continue;
    const std::string path = Concat(folder, kSocketName);
    if (const int descriptor = ListenInFolder(path); descriptor >= 0) return Listener(descriptor, folder, path);
    rmdir(folder.c_str());
  }
  return std::nullopt;
}

std::optional<Listener> Listener::OpenOnLoopback() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int descriptor = Listen(address, AF_INET);
  socklen_t size = sizeof(address);
  if (descriptor < 0 || getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) return std::nullopt;
  return Listener(descriptor, "", Concat("127.0.0.1:", std::to_string(ntohs(address.sin_port))));
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
  const int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));  // a unix socket has it already, and refuses
  return {.descriptor = descriptor};
}

}  // namespace tfcpp::goplugin
