#include "goplugin/socket.h"

#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "base/strings.h"

namespace tfcpp::goplugin {
namespace {

constexpr std::string_view kSocketName = "/plugin";

// mkdtemp makes the folder with mode 0700.
std::string MakePrivateFolder(const std::string& parent) {
  std::string name = Concat(parent, "/tfcpp-XXXXXX");
  if (name.size() + kSocketName.size() >= sizeof(sockaddr_un::sun_path)) return "";
  return mkdtemp(name.data()) == nullptr ? "" : name;
}

}  // namespace

ListenAddress ListenAddress::Make(const std::string& preferred, const Environment& environment) {
  for (const std::string& parent : {preferred, environment("TMPDIR").value_or(""), std::string("/tmp")}) {
    if (parent.empty()) continue;
    const std::string folder = MakePrivateFolder(parent);
    if (folder.empty()) continue;
    const std::string path = Concat(folder, kSocketName);
    return {folder, Concat("unix:", path), path};
  }
  const std::string name = Concat("tfcpp-", std::to_string(getpid()));
  return {"", Concat("unix-abstract:", name), Concat("@", name)};
}

ListenAddress::ListenAddress(std::string folder, std::string grpc_target, std::string host_address)
    : folder_(std::move(folder)), grpc_target_(std::move(grpc_target)), host_address_(std::move(host_address)) {}

ListenAddress::ListenAddress(ListenAddress&& other) noexcept
    : folder_(std::exchange(other.folder_, {})),
      grpc_target_(std::move(other.grpc_target_)),
      host_address_(std::move(other.host_address_)) {}

ListenAddress::~ListenAddress() {
  if (folder_.empty()) return;
  unlink(host_address_.c_str());
  rmdir(folder_.c_str());
}

}  // namespace tfcpp::goplugin
