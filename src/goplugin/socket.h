// The socket that the host dials: a unix socket in a private folder, or what works where that does not.
#pragma once

#include <string>
#include <vector>

#include "goplugin/hclog.h"

namespace tfcpp::goplugin {

// A place to listen, and how to say it to gRPC and to the host. Removes its folder when it goes.
class ListenAddress {
 public:
  // Tries `preferred` (may be empty), TMPDIR and /tmp; a folder that is missing or too long for a socket's name (107
  // bytes) is passed over. Last comes an abstract socket, which has no file: mutual TLS alone protects it.
  static ListenAddress Make(const std::string& preferred, const Environment& environment);

  ListenAddress(ListenAddress&& other) noexcept;
  ListenAddress& operator=(ListenAddress&&) = delete;
  ~ListenAddress();

  const std::string& grpc_target() const { return grpc_target_; }    // "unix:/tmp/x/plugin", "unix-abstract:name"
  const std::string& host_address() const { return host_address_; }  // "/tmp/x/plugin", "@name"

 private:
  ListenAddress(std::string folder, std::string grpc_target, std::string host_address);
  std::string folder_;
  std::string grpc_target_;
  std::string host_address_;
};

}  // namespace tfcpp::goplugin
