// The services as a host calls them, within one process.
#include "tfcpp/goplugin/services.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

#include "support/raw_server.h"

namespace tfcpp::goplugin {
namespace {

using test::Gate;

class ServicesTest : public ::testing::Test {
 protected:
  ServicesTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&controller_);
    builder.RegisterService(&stdio_);
    builder.RegisterService(&broker_);
    server_ = builder.BuildAndStart();
    channel_ = server_->InProcessChannel({});
  }
  ~ServicesTest() override {
    streams_.EndAll();
    server_->Shutdown();
  }
  int times_gone() const { return times_gone_; }

  Gate shutdown_;
  Gate connected_;
  Gate host_gone_;
  std::atomic<int> times_connected_ = 0;
  std::atomic<int> times_gone_ = 0;
  OpenStreams streams_{[this] {
                         ++times_connected_;
                         connected_.Open();
                       },
                       [this] {
                         ++times_gone_;
                         host_gone_.Open();
                       }};
  Controller controller_{[this] { shutdown_.Open(); }};
  Stdio stdio_{streams_};
  Broker broker_{streams_};
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(ServicesTest, ShutdownIsAnsweredAndTold) {
  grpc::ClientContext context;
  plugin::Empty answer;
  EXPECT_TRUE(plugin::GRPCController::NewStub(channel_)->Shutdown(&context, plugin::Empty(), &answer).ok());
  shutdown_.Wait();
  EXPECT_EQ(times_gone(), 0);
}

TEST_F(ServicesTest, StreamsEndInOrderWhenTheServerSaysSo) {
  const auto stdio_stub = plugin::GRPCStdio::NewStub(channel_);
  const auto broker_stub = plugin::GRPCBroker::NewStub(channel_);
  grpc::ClientContext stdio_context;
  grpc::ClientContext broker_context;
  const auto stdio = stdio_stub->StreamStdio(&stdio_context, plugin::Empty());
  const auto broker = broker_stub->StartStream(&broker_context);
  std::atomic<bool> ended = false;
  std::thread host([&] {
    plugin::StdioData data;
    EXPECT_FALSE(stdio->Read(&data));
    EXPECT_TRUE(stdio->Finish().ok());
    plugin::ConnInfo info;
    EXPECT_FALSE(broker->Read(&info));
    EXPECT_TRUE(broker->Finish().ok());
    ended = true;
  });
  // Silent streams do not tell when gRPC has opened them, so the server says it until both have ended.
  while (!ended) {
    streams_.EndAll();
    std::this_thread::yield();
  }
  host.join();
  EXPECT_EQ(times_gone(), 0);
}

TEST_F(ServicesTest, AStreamThatTheHostDropsTellsThatItHasGone) {
  const auto stub = plugin::GRPCStdio::NewStub(channel_);
  grpc::ClientContext context;
  const auto stream = stub->StreamStdio(&context, plugin::Empty());
  context.TryCancel();
  EXPECT_FALSE(stream->Finish().ok());
  host_gone_.Wait();
}

TEST_F(ServicesTest, ABrokerThatTheHostDropsTellsThatItHasGone) {
  const auto stub = plugin::GRPCBroker::NewStub(channel_);
  grpc::ClientContext context;
  const auto stream = stub->StartStream(&context);
  context.TryCancel();
  EXPECT_FALSE(stream->Finish().ok());
  host_gone_.Wait();
}

TEST_F(ServicesTest, TheFirstStreamTellsThatAHostIsThere) {
  EXPECT_FALSE(streams_.any());
  const auto stdio_stub = plugin::GRPCStdio::NewStub(channel_);
  grpc::ClientContext stdio_context;
  const auto stdio = stdio_stub->StreamStdio(&stdio_context, plugin::Empty());
  connected_.Wait();
  EXPECT_TRUE(streams_.any());
  const auto broker_stub = plugin::GRPCBroker::NewStub(channel_);
  grpc::ClientContext broker_context;
  const auto broker = broker_stub->StartStream(&broker_context);
  stdio_context.TryCancel();
  broker_context.TryCancel();
  EXPECT_FALSE(stdio->Finish().ok());
  EXPECT_FALSE(broker->Finish().ok());
  while (streams_.any()) std::this_thread::yield();
  EXPECT_EQ(times_connected_, 1);
}

class CountingStream final : public OpenStreams::Stream {
 public:
  explicit CountingStream(OpenStreams& streams) : streams_(streams) {}
  void End() override {
    ++ends;
    again = streams_.Drop(this);  // must not lock itself out
  }
  int ends = 0;
  bool again = true;

 private:
  OpenStreams& streams_;
};

TEST(OpenStreamsTest, EndsEachStreamOnce) {
  OpenStreams streams([] {}, [] {});
  CountingStream open(streams);
  CountingStream removed(streams);
  streams.Add(&open);
  streams.Add(&removed);
  EXPECT_TRUE(streams.Drop(&removed));
  EXPECT_FALSE(streams.Drop(&removed));
  streams.EndAll();
  streams.EndAll();
  EXPECT_EQ(open.ends, 1);
  EXPECT_FALSE(open.again);
  EXPECT_EQ(removed.ends, 0);
}

}  // namespace
}  // namespace tfcpp::goplugin
