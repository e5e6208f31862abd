// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/server/provider_service.h"

#include "tfcpp/server/answers.h"
#include "tfcpp/server/handle.h"

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

namespace {

// What a request is about, for the log.
template <class Request>
std::string_view Subject(const Request& request) {
  if constexpr (requires { request.type_name(); }) return request.type_name();
  if constexpr (requires { request.target_type_name(); }) return request.target_type_name();
  if constexpr (requires { request.action_type(); }) return request.action_type();
  if constexpr (requires { request.name(); }) return request.name();
  return {};
}

}  // namespace

template <class Request, class Response>
grpc::Status ProviderService::Serve(std::string_view rpc, grpc::ServerContext* context, const Request* request,
                                    Response* response) {
  const std::shared_ptr<Run> run = CurrentRun();
  return Handle({rpc, ++last_id_, Subject(*request), log_, clock_, run.get()}, response, [&](Diagnostics& diagnostics) {
    const RunningCalls::Call running(running_, context, run->stop_token());
    Call call{provider_, *run, {running.stop_token(), log_}, diagnostics};
    return Answer(call, *request, *response);
  });
}

template <class Request, class Send, class Event>
grpc::Status ProviderService::ServeStream(std::string_view rpc, grpc::ServerContext* context, const Request* request,
                                          const Send& send, Event* last) {
  const std::shared_ptr<Run> run = CurrentRun();
  return Handle({rpc, ++last_id_, Subject(*request), log_, clock_, run.get()}, last, [&](Diagnostics& diagnostics) {
    const RunningCalls::Call running(running_, context, run->stop_token());
    Call call{provider_, *run, {running.stop_token(), log_}, diagnostics};
    return Answer(call, *request, send);
  });
}

grpc::Status ProviderService::ListResource(grpc::ServerContext* context, const tfplugin6::ListResource_Request* request,
                                           grpc::ServerWriter<tfplugin6::ListResource_Event>* writer) {
  const SendListed send = [writer](const tfplugin6::ListResource_Event& event) { return writer->Write(event); };
  tfplugin6::ListResource_Event last;
  grpc::Status status = ServeStream("ListResource", context, request, send, &last);
  if (status.ok() && last.diagnostic_size() > 0) writer->Write(last);
  return status;
}

grpc::Status ProviderService::InvokeAction(grpc::ServerContext* context, const tfplugin6::InvokeAction_Request* request,
                                           grpc::ServerWriter<tfplugin6::InvokeAction_Event>* writer) {
  const ReportProgress report = [writer](const std::string& line) {
    tfplugin6::InvokeAction_Event event;
    event.mutable_progress()->set_message(ShownText(line));
    writer->Write(event);
  };
  tfplugin6::InvokeAction_Event last;
  grpc::Status status = ServeStream("InvokeAction", context, request, report, &last);
  if (status.ok()) writer->Write(last);
  return status;
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

#define TFCPP_RPC(name)                                                                                      \
  grpc::Status ProviderService::name(grpc::ServerContext* context, const tfplugin6::name##_Request* request, \
                                     tfplugin6::name##_Response* response) {                                 \
    return Serve(#name, context, request, response);                                                         \
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
TFCPP_RPC(GenerateResourceConfig)
TFCPP_RPC(GetResourceIdentitySchemas)
TFCPP_RPC(UpgradeResourceIdentity)
TFCPP_RPC(ReadDataSource)
TFCPP_RPC(ValidateEphemeralResourceConfig)
TFCPP_RPC(OpenEphemeralResource)
TFCPP_RPC(RenewEphemeralResource)
TFCPP_RPC(CloseEphemeralResource)
TFCPP_RPC(GetFunctions)
TFCPP_RPC(CallFunction)
TFCPP_RPC(ValidateListResourceConfig)
TFCPP_RPC(ValidateActionConfig)
TFCPP_RPC(PlanAction)
#undef TFCPP_RPC

}  // namespace tfcpp
