// SPDX-License-Identifier: Apache-2.0
// Serve(): runs gRPC services as a go-plugin host such as Terraform wants it: cookie, mutual TLS on a unix socket, one
// handshake line on standard output, then nothing there any more; logs on standard error; an orderly end.
//
//   return goplugin::Serve({.provider_address = "registry.example.com/acme/example",
//                           .program = "terraform-provider-example",
//                           .environment = environment, .services = {&service}, .log = log, .clock = clock,
//                           .stop = [&] { service.Stop(); },
//                           .finish = [&](auto limit) { return service.WaitUntilIdle(limit); }});
//
// A host is there while a stream of it is open (services.h). How the process ends:
//
// - The host calls Shutdown, or vanishes without it, or SIGTERM, SIGHUP or SIGQUIT comes while no host is there: waits
//   and reads end at once. Writes that have been sent run to their answers, as nobody could tell what became of them,
//   but for 10 s at most. The socket goes, and the process ends with status 0.
// - Nobody dials for `patience`, or whoever started the process died before it dialled: likewise.
//
// While a host is there, SIGTERM, SIGHUP and SIGQUIT do what StopProvider does, and no more: a signal to the whole
// process group (systemd, a pipeline's abort, `kill -- -PGID`) reaches the host too, which then waits for the answers
// of what runs and writes them into its state. SIGINT is ignored, because Ctrl-C reaches the whole process group and it
// is the host that decides. With `debug` the first of SIGINT, SIGTERM and SIGHUP ends the process in order, as if no
// host were there.
//
// A successful run never returns: it ends by _exit, because static destructors cost milliseconds and can hang on
// threads of gRPC. Returns an exit status when it cannot start, after a message on standard error.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"
#include "tfcpp/goplugin/hclog.h"

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
  // Ends waits and reads, for good. May be called more than once.
  std::function<void()> stop;
  // Waits until no call of the services runs any more, `limit` at most. False: one still does.
  std::function<bool(std::chrono::milliseconds limit)> finish;
  std::chrono::milliseconds patience{60'000};  // a host dials within milliseconds
  // No cookie, no TLS, stays up for several runs; prints how to attach Terraform to it.
  bool debug = false;
};

int Serve(const ServeOptions& options);

}  // namespace tfcpp::goplugin
