#include "server/provider_service.h"

#include <utility>

#include "server/answers.h"
#include "server/handle.h"

namespace tfcpp {

ProviderService::ProviderService(const Provider& provider, Logger& log, Clock& clock)
    : provider_(provider), log_(log), clock_(clock), run_(std::make_shared<Run>()) {}

void ProviderService::Stop() {
  std::shared_ptr<Run> run;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    run = run_;
  }
  run->Stop();
}

std::shared_ptr<Run> ProviderService::CurrentRun() {
  const std::lock_guard lock(mutex_);
  return run_;
}

template <class Request, class Response>
grpc::Status ProviderService::Serve(std::string_view rpc, const Request* request, Response* response) {
  std::string_view type_name;
  if constexpr (requires { request->type_name(); }) type_name = request->type_name();
  return Handle({rpc, ++last_id_, type_name, log_, clock_}, response, [&](Diagnostics& diagnostics) {
    const std::shared_ptr<Run> run = CurrentRun();
    Call call{provider_, *run, {run->stop_token(), log_}, diagnostics};
    return Answer(call, *request, *response);
  });
}

grpc::Status ProviderService::GetProviderSchema(grpc::ServerContext*, const tfplugin6::GetProviderSchema_Request*,
                                                tfplugin6::GetProviderSchema_Response* response) {
  return Handle({"GetProviderSchema", ++last_id_, {}, log_, clock_}, response, [&](Diagnostics&) -> Result<void> {
    std::call_once(schema_once_, [this] { schema_ = EncodeProviderSchema(provider_); });
    *response = schema_;
    return {};
  });
}

// Every Configure begins a run of its own, with a stop of its own: a stop ends one run, not the process.
grpc::Status ProviderService::ConfigureProvider(grpc::ServerContext*,
                                                const tfplugin6::ConfigureProvider_Request* request,
                                                tfplugin6::ConfigureProvider_Response* response) {
  const auto run = std::make_shared<Run>();
  grpc::Status status =
      Handle({"ConfigureProvider", ++last_id_, {}, log_, clock_}, response, [&](Diagnostics& diagnostics) {
        Call call{provider_, *run, {run->stop_token(), log_}, diagnostics};
        return Answer(call, *request, *response);
      });
  // Also after an error: no call may go on with the settings of an earlier run.
  const std::lock_guard lock(mutex_);
  if (stopped_) run->Stop();
  run_ = run;
  return status;
}

grpc::Status ProviderService::StopProvider(grpc::ServerContext*, const tfplugin6::StopProvider_Request*,
                                           tfplugin6::StopProvider_Response* response) {
  return Handle({"StopProvider", ++last_id_, {}, log_, clock_}, response, [&](Diagnostics&) -> Result<void> {
    CurrentRun()->Stop();
    return {};
  });
}

#define TFCPP_RPC(name)                                                                              \
  grpc::Status ProviderService::name(grpc::ServerContext*, const tfplugin6::name##_Request* request, \
                                     tfplugin6::name##_Response* response) {                         \
    return Serve(#name, request, response);                                                          \
  }
TFCPP_RPC(GetMetadata)
TFCPP_RPC(ValidateProviderConfig)
TFCPP_RPC(ValidateResourceConfig)
TFCPP_RPC(ValidateDataResourceConfig)
TFCPP_RPC(UpgradeResourceState)
TFCPP_RPC(ReadResource)
TFCPP_RPC(PlanResourceChange)
TFCPP_RPC(ApplyResourceChange)
TFCPP_RPC(ImportResourceState)
TFCPP_RPC(MoveResourceState)
TFCPP_RPC(ReadDataSource)
TFCPP_RPC(GetFunctions)
#undef TFCPP_RPC

}  // namespace tfcpp
