// Serve(): runs gRPC services as a go-plugin host such as Terraform wants it: cookie, mutual TLS on a unix socket, one
// handshake line on standard output, then nothing there any more; logs on standard error; an orderly end.
//
//   return goplugin::Serve({.provider_address = "terraform.local/local/mlflow", .program =
//   "terraform-provider-mlflow",
//                           .environment = environment, .services = {&service}, .log = log, .clock = clock,
//                           .on_abandoned = [&] { service.Stop(); }});
//
// How it ends:
//   Shutdown RPC: running calls finish, the socket goes, the process ends.
//   The host vanishes without it: `on_abandoned`, so that waits and reads end; writes that have been sent run
//   to their answer, as nobody could tell what became of them; then the process ends. SIGTERM: as if the host
//   had vanished. SIGINT is ignored, because Ctrl-C reaches the whole process group and it is the host that
//   decides; with `debug` it ends the process in order.
//
// A successful run never returns: it ends by _exit, because static destructors cost milliseconds and can hang on
// threads of gRPC. Returns an exit status when it cannot start, after a message on standard error.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "goplugin/hclog.h"

namespace grpc {
class Service;
}

namespace tfcpp::goplugin {

struct ServeOptions {
  std::string provider_address;  // for the reattach line
  std::string program;
  Environment environment;
  std::vector<grpc::Service*> services;
  Logger& log;
  const Clock& clock;
  std::function<void()> on_abandoned;
  // No cookie, no TLS, stays up for several runs; prints how to attach Terraform to it.
  bool debug = false;
};

int Serve(const ServeOptions& options);

}  // namespace tfcpp::goplugin
