// SPDX-License-Identifier: Apache-2.0
// ProviderService: the plugin protocol's Provider service over a Provider, which is plain data.
//
//   ProviderService service(provider, log, clock);
//   builder.RegisterService(&service);   // the synchronous API: calls to the provider's service may block
//
// RPCs run in parallel and never block each other. RPCs that are not here answer UNIMPLEMENTED, which clients take for
// "no such feature": state stores. Lifetime: provider, log and clock must outlive the service.
// Thread safety: safe to use from several threads.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string_view>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"
#include "tfcpp/framework/provider.h"
#include "tfcpp/server/run.h"
#include "tfcpp/server/running_calls.h"
#include "tfplugin6.grpc.pb.h"

namespace tfcpp {

class ProviderService final : public tfplugin6::Provider::Service {
 public:
  ProviderService(const Provider& provider, Logger& log, Clock& clock);

  // As StopProvider, but for all later runs, too: ends waits and reads. Returns at once.
  void Stop();
  // Waits until no call runs that may ask the service for something, `limit` at most. False: one still does.
  bool WaitUntilIdle(std::chrono::milliseconds limit) { return running_.WaitUntilNone(limit); }

#define TFCPP_RPC(name) \
  grpc::Status name(grpc::ServerContext*, const tfplugin6::name##_Request*, tfplugin6::name##_Response*) override
  TFCPP_RPC(GetMetadata);
  TFCPP_RPC(GetProviderSchema);
  TFCPP_RPC(ValidateProviderConfig);
  TFCPP_RPC(ValidateResourceConfig);
  TFCPP_RPC(ValidateDataResourceConfig);
  TFCPP_RPC(UpgradeResourceState);
  TFCPP_RPC(ConfigureProvider);
  TFCPP_RPC(ReadResource);
  TFCPP_RPC(PlanResourceChange);
  TFCPP_RPC(ApplyResourceChange);
  TFCPP_RPC(ImportResourceState);
  TFCPP_RPC(MoveResourceState);
  TFCPP_RPC(GenerateResourceConfig);
  TFCPP_RPC(GetResourceIdentitySchemas);
  TFCPP_RPC(UpgradeResourceIdentity);
  TFCPP_RPC(ReadDataSource);
  TFCPP_RPC(ValidateEphemeralResourceConfig);
  TFCPP_RPC(OpenEphemeralResource);
  TFCPP_RPC(RenewEphemeralResource);
  TFCPP_RPC(CloseEphemeralResource);
  TFCPP_RPC(GetFunctions);
  TFCPP_RPC(CallFunction);
  TFCPP_RPC(ValidateListResourceConfig);
  TFCPP_RPC(ValidateActionConfig);
  TFCPP_RPC(PlanAction);
  TFCPP_RPC(StopProvider);
#undef TFCPP_RPC
  grpc::Status ListResource(grpc::ServerContext*, const tfplugin6::ListResource_Request*,
                            grpc::ServerWriter<tfplugin6::ListResource_Event>*) override;
  grpc::Status InvokeAction(grpc::ServerContext*, const tfplugin6::InvokeAction_Request*,
                            grpc::ServerWriter<tfplugin6::InvokeAction_Event>*) override;

 private:
  template <class Request, class Response>
  grpc::Status Serve(std::string_view rpc, grpc::ServerContext* context, const Request* request, Response* response);
  // `send` gives what the RPC streams; `last` gets the diagnostics.
  template <class Request, class Send, class Event>
  grpc::Status ServeStream(std::string_view rpc, grpc::ServerContext* context, const Request* request, const Send& send,
                           Event* last);
  std::shared_ptr<Run> CurrentRun();

  const Provider& provider_;
  Logger& log_;
  Clock& clock_;
  std::atomic<std::uint64_t> last_id_ = 0;
  RunningCalls running_;

  std::once_flag schema_once_;
  tfplugin6::GetProviderSchema_Response schema_;  // encoded when it is first asked for

  std::mutex mutex_;          // guards the two below; held for a pointer copy only
  std::shared_ptr<Run> run_;  // never null
  bool stopped_ = false;      // by Stop(): for good
};

}  // namespace tfcpp
