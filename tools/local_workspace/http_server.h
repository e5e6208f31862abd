// HttpServer: the workspace's door, on cpp-httplib. The API is answered by Workspace::Handle, paths below /control/ by
// Control (control.h); what a Guard (guard.h) refuses, by neither.
//
// Thread safety: Start and Stop from one thread; requests are served by a pool.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "control.h"
#include "workspace.h"

namespace workspace {

struct ServerOptions {
  int port = 0;                  // 0: any
  std::string certificate_file;  // PEM; empty: plain HTTP
  std::string key_file;
  std::set<std::string> host_names = {};  // see guard.h
};

class HttpServer {
 public:
  // Both must outlive this.
  HttpServer(Workspace& workspace, Control& control);
  ~HttpServer();

  // Listens on 127.0.0.1; returns the port, or 0 when that fails.
  int Start(const ServerOptions& options);
  void Stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace workspace
