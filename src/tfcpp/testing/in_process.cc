// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/testing/in_process.h"

#include <memory>
#include <utility>

#include "tfcpp/host/session.h"
#include "tfcpp/server/provider_service.h"

namespace tfcpp::test {
namespace {

class ServedHere : public host::Session {
 public:
  ServedHere(const Provider& provider, Logger& log, Clock& clock) : service_(provider, log, clock) {
    grpc::ServerBuilder builder;
    builder.SetMaxReceiveMessageSize(host::kMessageLimit);
    builder.SetMaxSendMessageSize(host::kMessageLimit);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(host::kMessageLimit);
    arguments.SetMaxSendMessageSize(host::kMessageLimit);
    Open(server_->InProcessChannel(arguments), std::nullopt);
  }
  ~ServedHere() override {
    service_.Stop();
    server_->Shutdown();
  }

 private:
  ProviderService service_;
  std::unique_ptr<grpc::Server> server_;
};

// What serves must outlive the session.
struct Owned {
  Provider owned;
  NullLogger log;
  SystemClock clock;
};
class ServedAndOwned final : private Owned, public ServedHere {
 public:
  explicit ServedAndOwned(Provider provider) : Owned{std::move(provider), {}, {}}, ServedHere(owned, log, clock) {}
};

}  // namespace

InProcess::InProcess(Provider provider) : Client(std::make_unique<ServedAndOwned>(std::move(provider))) {}

InProcess::InProcess(const Provider& provider, Logger& log, Clock& clock)
    : Client(std::make_unique<ServedHere>(provider, log, clock)) {}

}  // namespace tfcpp::test
