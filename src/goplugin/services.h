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

// Streams that are open; ends them when the server shuts down, so that it need not wait for the host.
class OpenStreams {
 public:
  class Stream {
   public:
    virtual ~Stream() = default;
    virtual void End() = 0;  // may be called once
  };
  void Add(Stream* stream);
  // True for the one caller that may end the stream now.
  bool Remove(Stream* stream);
  void EndAll();

 private:
  std::mutex mutex_;
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
  Stdio(OpenStreams& streams, std::function<void()> on_host_gone)
      : streams_(streams), on_host_gone_(std::move(on_host_gone)) {}
  grpc::ServerWriteReactor<plugin::StdioData>* StreamStdio(grpc::CallbackServerContext* context,
                                                           const plugin::Empty* request) override;

 private:
  OpenStreams& streams_;
  std::function<void()> on_host_gone_;
};

class Broker final : public plugin::GRPCBroker::CallbackService {
 public:
  Broker(OpenStreams& streams, std::function<void()> on_host_gone)
      : streams_(streams), on_host_gone_(std::move(on_host_gone)) {}
  grpc::ServerBidiReactor<plugin::ConnInfo, plugin::ConnInfo>* StartStream(
      grpc::CallbackServerContext* context) override;

 private:
  OpenStreams& streams_;
  std::function<void()> on_host_gone_;
};

}  // namespace tfcpp::goplugin
