// Relay: a TCP relay in front of the HTTP server that plays the faults which an HTTP library cannot make: resets,
// hangs, cut and trickling answers. It reads whole requests, asks the FaultBook about each, and passes the rest
// through: to our own server, or, as a proxy, to another one, which then has these faults too. Plain HTTP only.
//
// Thread safety: Start and Stop from one thread; each connection has a thread of its own.
#pragma once

#include <memory>
#include <optional>

#include "faults.h"
#include "wire.h"
#include "workspace.h"

namespace workspace {

// Headers that the relay adds for the server's log.
inline constexpr char kConnectionHeader[] = "X-Relay-Connection";
inline constexpr char kFaultHeader[] = "X-Relay-Fault";

class Relay {
 public:
  // Both must outlive this.
  Relay(Workspace& workspace, FaultBook& faults);
  ~Relay();

  // Listens on 127.0.0.1:port (0: any) and passes on to 127.0.0.1:server_port; with `upstream`, all but the control
  // path goes there instead, and is logged here. Returns the port, or 0.
  int Start(int port, int server_port, std::optional<Upstream> upstream = std::nullopt);
  void Stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace workspace
