// SPDX-License-Identifier: Apache-2.0
// The socket that the host dials: a unix socket in a private folder, or what works where that does not.
//
// It is listened on before gRPC is there to answer: the kernel keeps a connection waiting, so that the host reads the
// handshake line and dials while gRPC's server is still being built (docs/dev/adr/0008-line-first.md). Thread safety:
// one thread at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tfcpp/goplugin/hclog.h"

namespace tfcpp::goplugin {

// A socket that listens. Closes it and removes its folder when it goes.
class Listener {
 public:
  // Tries `preferred` (may be empty), TMPDIR and /tmp; a folder that is missing, not writable or too long for a
  // socket's name (107 bytes, on macOS 103) is passed over. Nothing: none is left.
  static std::optional<Listener> Open(const std::string& preferred, const Environment& environment);

  // For where no folder can be written: a port of 127.0.0.1. It has no file, so that nothing but mutual TLS protects
  // it. Nothing: not even that is to be had.
  static std::optional<Listener> OpenOnLoopback();

  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;
  ~Listener();

  std::string_view network() const { return host_address_.front() == '/' ? "unix" : "tcp"; }
  const std::string& host_address() const { return host_address_; }  // "/tmp/x/plugin", "127.0.0.1:41234"
  int descriptor() const { return descriptor_; }                     // readable when a connection waits

  // From here on nobody can dial, and nothing is left behind however the process ends. Connections that were dialled
  // before are still accepted.
  void RemoveFile();

  struct Accepted {
    int descriptor = -1;    // not blocking; the caller owns it; -1: none was there
    bool is_short = false;  // one waits, but cannot be had now: no descriptors or memory are left
  };
  Accepted Accept() const;

 private:
  Listener(int descriptor, std::string folder, std::string host_address);
  int descriptor_;
  std::string folder_;  // empty: a port, or removed
  std::string host_address_;
};

}  // namespace tfcpp::goplugin
