// SPDX-License-Identifier: Apache-2.0
// Session: a provider that is spoken to over gRPC, wherever it runs.
//
//   const auto answer = session.Call(&Session::Stub::GetProviderSchema, tfplugin6::GetProviderSchema_Request());
//
// Thread safety: calls may be made from several threads.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/host/call_failed.h"
#include "tfplugin6.grpc.pb.h"

namespace tfcpp::host {

class Session {
 public:
  using Stub = tfplugin6::Provider::Stub;
  using Limit = std::optional<std::chrono::milliseconds>;  // of time, for each call; nullopt: none

  virtual ~Session() = default;

  Stub& stub() const { return *stub_; }

  // Throws CallFailed when the call fails at the level of gRPC.
  template <class Request, class Response>
  Response Call(grpc::Status (Stub::*rpc)(grpc::ClientContext*, const Request&, Response*),
                const Request& request) const {
    Response response;
    grpc::ClientContext context;
    SetDeadline(context);
    const grpc::Status status = (*stub_.*rpc)(&context, request, &response);
    if (!status.ok()) Fail(request.GetTypeName(), status);
    return response;
  }

  // All of a stream, such as ListResource's.
  template <class Request, class Event>
  std::vector<Event> Collect(std::unique_ptr<grpc::ClientReader<Event>> (Stub::*rpc)(grpc::ClientContext*,
                                                                                     const Request&),
                             const Request& request) const {
    grpc::ClientContext context;
    SetDeadline(context);
    const auto reader = (*stub_.*rpc)(&context, request);
    std::vector<Event> events;
    for (Event event; reader->Read(&event);) events.push_back(event);
    if (const grpc::Status status = reader->Finish(); !status.ok()) Fail(request.GetTypeName(), status);
    return events;
  }

 protected:
  void Open(const std::shared_ptr<grpc::Channel>& channel, Limit limit) {
    stub_ = tfplugin6::Provider::NewStub(channel);
    limit_ = limit;
  }
  // Why nobody answers, in whole sentences; empty: for no reason that is known.
  virtual std::string FindReason() const { return {}; }

 private:
  void SetDeadline(grpc::ClientContext& context) const;
  [[noreturn]] void Fail(std::string_view message_name, const grpc::Status& status) const;

  std::unique_ptr<Stub> stub_;
  Limit limit_;
};

// gRPC's own limit for a message is 4 MiB; this is the one of the plugin protocol's own servers.
inline constexpr int kMessageLimit = 256 * 1024 * 1024;

}  // namespace tfcpp::host
