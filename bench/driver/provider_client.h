// A provider process, started and spoken to as Terraform does (tfcpp/host/plugin.h), for measuring.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "tfcpp/host/plugin.h"

namespace bench {

double MillisecondsBetween(std::chrono::steady_clock::time_point begin, std::chrono::steady_clock::time_point end);

class ProviderClient {
 public:
  // The host's own certificate and key, PEM files. Throws std::runtime_error.
  ProviderClient(const std::string& program, const std::string& certificate_file, const std::string& key_file);

  int pid() const { return plugin_->child().pid(); }
  double line_ms() const;   // from just before exec to the line
  double GetSchema() const;  // from just before exec to the answer

  template <class Request, class Response>
  Response Call(grpc::Status (tfplugin6::Provider::Stub::*rpc)(grpc::ClientContext*, const Request&, Response*),
                const Request& request) const {
    return plugin_->Call(rpc, request);
  }

 private:
  std::unique_ptr<tfcpp::host::Plugin> plugin_;
};

}  // namespace bench
