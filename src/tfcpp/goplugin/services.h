// SPDX-License-Identifier: Apache-2.0
// The services that a go-plugin host expects beside the provider's own: controller, stdio, broker.
//
// stdio and broker are streams that stay open and silent as long as the host is there. Their end tells that it has
// gone, also when it was killed. They are callback services, so that they hold no thread. The health service is left
// out: no Terraform calls it. Thread safety: gRPC calls from its own threads; FinishStreams from any.
#pragma once

#include <functional>
#include <mutex>
#include <set>

#include "goplugin/broker.grpc.pb.h"
#include "goplugin/controller.grpc.pb.h"
#include "goplugin/stdio.grpc.pb.h"

namespace tfcpp::goplugin {

// The host's streams that are open. Ends them when the server shuts down, so that it need not wait for the host.
class OpenStreams {
 public:
  // Called when the first stream opens, and each time that the host drops one.
  OpenStreams(std::function<void()> on_host_connected, std::function<void()> on_host_gone)
      : on_host_connected_(std::move(on_host_connected)), on_host_gone_(std::move(on_host_gone)) {}

  class Stream {
   public:
    virtual ~Stream() = default;
    virtual void End() = 0;  // may be called once
  };
  void Add(Stream* stream);
  // The host has dropped it. True for the one caller that may end the stream now.
  bool Drop(Stream* stream);
  void EndAll();
  // Whether a host is there.
  bool any() const;

 private:
  const std::function<void()> on_host_connected_;
  const std::function<void()> on_host_gone_;
  std::once_flag connected_;
  mutable std::mutex mutex_;
  std::set<Stream*> streams_;
};

class Controller final : public plugin::GRPCController::CallbackService {
 public:
  explicit Controller(std::function<void()> on_shutdown) : on_shutdown_(std::move(on_shutdown)) {}
  grpc::ServerUnaryReactor* Shutdown(grpc::CallbackServerContext* context, const plugin::Empty* request,
                                     plugin::Empty* response) override;

 private:
  std::function<void()> on_shutdown_;
};

class Stdio final : public plugin::GRPCStdio::CallbackService {
 public:
  explicit Stdio(OpenStreams& streams) : streams_(streams) {}
  grpc::ServerWriteReactor<plugin::StdioData>* StreamStdio(grpc::CallbackServerContext* context,
                                                           const plugin::Empty* request) override;

 private:
  OpenStreams& streams_;
};

class Broker final : public plugin::GRPCBroker::CallbackService {
 public:
  explicit Broker(OpenStreams& streams) : streams_(streams) {}
  grpc::ServerBidiReactor<plugin::ConnInfo, plugin::ConnInfo>* StartStream(
      grpc::CallbackServerContext* context) override;

 private:
  OpenStreams& streams_;
};

}  // namespace tfcpp::goplugin
