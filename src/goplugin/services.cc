#include "goplugin/services.h"

#include <utility>

namespace tfcpp::goplugin {
namespace {

// A stream that says nothing until it ends. `Reactor` is gRPC's base class for its kind.
template <class Reactor>
class SilentStream final : public Reactor, public OpenStreams::Stream {
 public:
  SilentStream(OpenStreams& streams, std::function<void()> on_host_gone)
      : streams_(streams), on_host_gone_(std::move(on_host_gone)) {
    streams_.Add(this);
  }

  void End() override { this->Finish(grpc::Status::OK); }
  void OnCancel() override {
    on_host_gone_();
    if (streams_.Remove(this)) End();
  }
  void OnDone() override { delete this; }

 private:
  OpenStreams& streams_;
  std::function<void()> on_host_gone_;
};

}  // namespace

void OpenStreams::Add(Stream* stream) {
  const std::lock_guard lock(mutex_);
  streams_.insert(stream);
}

bool OpenStreams::Remove(Stream* stream) {
  const std::lock_guard lock(mutex_);
  return streams_.erase(stream) == 1;
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
  return new SilentStream<grpc::ServerWriteReactor<plugin::StdioData>>(streams_, on_host_gone_);
}

grpc::ServerBidiReactor<plugin::ConnInfo, plugin::ConnInfo>* Broker::StartStream(grpc::CallbackServerContext*) {
  return new SilentStream<grpc::ServerBidiReactor<plugin::ConnInfo, plugin::ConnInfo>>(streams_, on_host_gone_);
}

}  // namespace tfcpp::goplugin
