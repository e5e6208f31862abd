// A run that is interrupted: StopProvider is answered at once while applies run, and ends those that wait; a call that
// the client cancels ends by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "client.h"

namespace conformance {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using tfcpp::Value;

TEST(Stop, EndsWaitingAppliesAndLosesNothing) {
  Client client;
  client.Configure();
  constexpr int kApplies = 10;  // Terraform's default parallelism
  std::vector<Change> changes(kApplies);
  for (Change& change : changes)
    change = client.Plan(Value::Null(client.thing_type()), client.Thing(R"({name: "waits"})"));

  std::vector<std::thread> threads;
  for (Change& change : changes) threads.emplace_back([&client, &change] { client.Apply(change); });
  while (client.store().waiting < kApplies) std::this_thread::yield();

  // Meanwhile other calls are answered.
  const Change other = client.Create(R"({name: "other"})");
  EXPECT_TRUE(other.state.is_set());
  client.Call(&tfplugin6::Provider::Stub::StopProvider, tfplugin6::StopProvider_Request());
  for (std::thread& thread : threads) thread.join();
  for (const Change& change : changes) {
    EXPECT_THAT(Texts(change.diagnostics), ElementsAre(HasSubstr("Cancelled")));
    EXPECT_TRUE(change.state.is_null());
  }
  EXPECT_EQ(client.store().size(), 1u);

  // Nothing new starts in this run; the next one is free.
  Change late = client.Plan(Value::Null(client.thing_type()), client.Thing(R"({name: "late"})"));
  client.Apply(late);
  EXPECT_TRUE(late.failed);
  EXPECT_EQ(client.store().size(), 1u);
  client.Configure();
  client.Apply(late);
  EXPECT_FALSE(late.failed);
  EXPECT_EQ(client.store().size(), 2u);
}

// As OpenTofu stops a read: by the call's own cancellation.
TEST(Stop, ACallThatTheClientCancelsEndsAlone) {
  Client client;
  client.Configure();
  const Change planned = client.Plan(Value::Null(client.thing_type()), client.Thing(R"({name: "waits"})"));
  tfplugin6::ApplyResourceChange_Request request;
  request.set_type_name("test_thing");
  *request.mutable_prior_state() = client.Encode(planned.prior);
  *request.mutable_config() = client.Encode(planned.config);
  *request.mutable_planned_state() = client.Encode(planned.planned);
  grpc::ClientContext contexts[2];
  std::vector<std::thread> threads;
  for (grpc::ClientContext& context : contexts) {
    threads.emplace_back([&] {
      tfplugin6::ApplyResourceChange_Response response;
      client.stub().ApplyResourceChange(&context, request, &response);
    });
  }
  while (client.store().waiting < 2) std::this_thread::yield();
  contexts[0].TryCancel();
  while (client.store().waiting > 1) std::this_thread::yield();

  // The run goes on, and so does the other call.
  EXPECT_TRUE(client.Create(R"({name: "other"})").state.is_set());
  EXPECT_EQ(client.store().waiting, 1);
  contexts[1].TryCancel();
  while (client.store().waiting > 0) std::this_thread::yield();
  for (std::thread& thread : threads) thread.join();
}

TEST(Stop, ConcurrentCreatesAreAllKept) {
  Client client;
  client.Configure();
  std::vector<Change> changes(16);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    threads.emplace_back([&, i] { changes[i] = client.Create("{name: \"n" + std::to_string(i) + "\"}"); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(client.store().size(), changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    EXPECT_EQ(changes[i].state.Get("name").AsString(), "n" + std::to_string(i));
  }
}

}  // namespace
}  // namespace conformance
