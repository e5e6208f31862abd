// A provider process, started and spoken to as Terraform does: cookie, mutual TLS, protocol 6.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "process.h"
#include "tfplugin6.grpc.pb.h"

namespace bench {

class ProviderClient {
 public:
  // The host's own certificate and key, PEM files. Throws std::runtime_error.
  ProviderClient(const std::string& program, const std::string& certificate_file, const std::string& key_file);

  const Process& process() const { return process_; }

  // Milliseconds from exec to the answer.
  double GetSchema() const;

  template <class Request, class Response>
  Response Call(grpc::Status (tfplugin6::Provider::Stub::*rpc)(grpc::ClientContext*, const Request&, Response*),
                const Request& request) const {
    Response response;
    grpc::ClientContext context;
    const grpc::Status status = (*stub_.*rpc)(&context, request, &response);
    if (!status.ok()) throw std::runtime_error("call failed: " + status.error_message());
    return response;
  }

 private:
  std::string certificate_;
  Process process_;
  std::unique_ptr<tfplugin6::Provider::Stub> stub_;
};

}  // namespace bench
