// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/goplugin/services.h"

#include <utility>

namespace tfcpp::goplugin {
namespace {

// A stream that says nothing until it ends. `Reactor` is gRPC's base class for its kind.
template <class Reactor>
class SilentStream final : public Reactor, public OpenStreams::Stream {
 public:
  explicit SilentStream(OpenStreams& streams) : streams_(streams) { streams_.Add(this); }

  void End() override { this->Finish(grpc::Status::OK); }
  void OnCancel() override {
    if (streams_.Drop(this)) End();
  }
  void OnDone() override { delete this; }

 private:
  OpenStreams& streams_;
};

}  // namespace

void OpenStreams::Add(Stream* stream) {
  {
    const std::lock_guard lock(mutex_);
    streams_.insert(stream);
  }
  std::call_once(connected_, on_host_connected_);
}

bool OpenStreams::Drop(Stream* stream) {
  on_host_gone_();
  const std::lock_guard lock(mutex_);
  return streams_.erase(stream) == 1;
}

bool OpenStreams::any() const {
  const std::lock_guard lock(mutex_);
  return !streams_.empty();
}

void OpenStreams::EndAll() {
  std::set<Stream*> ending;
  {
    const std::lock_guard lock(mutex_);
    ending.swap(streams_);
  }
  for (Stream* stream : ending) stream->End();
}

grpc::ServerUnaryReactor* Controller::Shutdown(grpc::CallbackServerContext* context, const plugin::Empty*,
                                               plugin::Empty*) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  on_shutdown_();
  return reactor;
}

grpc::ServerWriteReactor<plugin::StdioData>* Stdio::StreamStdio(grpc::CallbackServerContext*, const plugin::Empty*) {
  return new SilentStream<grpc::ServerWriteReactor<plugin::StdioData>>(streams_);
}

grpc::ServerBidiReactor<plugin::ConnInfo, plugin::ConnInfo>* Broker::StartStream(grpc::CallbackServerContext*) {
  return new SilentStream<grpc::ServerBidiReactor<plugin::ConnInfo, plugin::ConnInfo>>(streams_);
}

}  // namespace tfcpp::goplugin
