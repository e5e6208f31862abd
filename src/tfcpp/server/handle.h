// SPDX-License-Identifier: Apache-2.0
// Handle(): what every RPC does around its own work, and the only place where it is done: log start and end, catch
// exceptions, turn a Result's error into a diagnostic, take secrets out of diagnostics, encode them.
//
//   return Handle({.rpc = "ReadResource", .id = 7, .type_name = "example_thing", .log = log, .clock = clock},
//                 response, [&](Diagnostics& diagnostics) -> Result<void> { ... });
//
// The RPC itself always succeeds: Terraform shows diagnostics as they are and a failed RPC as a crash. Thread safety:
// as Logger and Clock.
#pragma once

#include <grpcpp/support/status.h>

#include <chrono>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"
#include "tfcpp/base/result.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_diagnostics.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/server/run.h"
#include "tfcpp/value/diagnostics.h"
#include "tfplugin6.pb.h"

namespace tfcpp {

struct RpcScope {
  std::string_view rpc;
  std::uint64_t id = 0;             // tells the log records of parallel calls apart
  std::string_view type_name = {};  // what the call is about, or empty
  Logger& log;
  const Clock& clock;
  const Run* run = nullptr;  // whose secrets no diagnostic holds; null: there is none yet
};

// Summaries are the provider's own words, and pipelines look for some of them: a secret such as "store" must not change
// those.
inline Diagnostics WithoutSecrets(const Run& run, const Diagnostics& diagnostics) {
  Diagnostics clean;
  for (Diagnostic diagnostic : diagnostics.items()) {
    diagnostic.detail = run.WithoutSecrets(diagnostic.detail);
    clean.Add(std::move(diagnostic));
  }
  return clean;
}

// For a Result's error: what came cannot be used, and nothing was done.
inline void AddUnusable(std::string_view rpc, const Error& error, Diagnostics& diagnostics) {
  if (error.code == ErrorCode::kInvalidArgument) {
    diagnostics.AddError("The client made a call that Terraform never makes",
                         Concat(rpc, " was called with ", error.message,
                                ". Nothing was done. What called the provider is not Terraform or OpenTofu, or "
                                "something changed the call on its way; a bug report belongs there."));
    return;
  }
  diagnostics.AddError("Terraform and the provider do not understand each other",
                       Concat(rpc, " holds a value that does not fit the schema: ", error.message,
                              ". The provider may have been replaced by another version during the run."));
}

template <class Response>
void WriteDiagnostics(const Diagnostics& diagnostics, Response& response) {
  AppendProto(diagnostics, *response.mutable_diagnostics());
}
// Answers that hold one error text instead of diagnostics.
inline void WriteDiagnostics(const Diagnostics& diagnostics, tfplugin6::StopProvider_Response& response) {
  if (diagnostics.has_error()) response.set_error(ShownText(diagnostics.items().front().detail));
}
inline void WriteDiagnostics(const Diagnostics& diagnostics, tfplugin6::CallFunction_Response& response) {
  if (!diagnostics.has_error()) return;
  const Diagnostic& error = diagnostics.items().front();
  response.mutable_error()->set_text(ShownText(Concat(error.summary, ": ", error.detail)));
}
// Last events of streams.
inline void WriteDiagnostics(const Diagnostics& diagnostics, tfplugin6::InvokeAction_Event& event) {
  AppendProto(diagnostics, *event.mutable_completed()->mutable_diagnostics());
}
inline void WriteDiagnostics(const Diagnostics& diagnostics, tfplugin6::ListResource_Event& event) {
  AppendProto(diagnostics, *event.mutable_diagnostic());
}

template <class Response, class Body>
grpc::Status Handle(const RpcScope& scope, Response* response, Body&& body) {
  try {
    const Clock::SteadyTime start = scope.clock.Now();
    scope.log.Trace("rpc started", {{"tf_rpc", std::string(scope.rpc)},
                                    {"tf_req_id", std::to_string(scope.id)},
                                    {"tf_resource_type", std::string(scope.type_name)}});
    Diagnostics diagnostics;
    try {
      const Result<void> done = body(diagnostics);
      if (!done.has_value()) AddUnusable(scope.rpc, done.error(), diagnostics);
    } catch (...) {
      const std::string subject = scope.type_name.empty() ? "" : Concat(" of ", scope.type_name);
      diagnostics.Add(DescribeException(Concat("in ", scope.rpc, subject)));
    }
    std::size_t errors = 0;
    for (const Diagnostic& diagnostic : diagnostics.items()) {
      if (diagnostic.severity == Severity::kError) ++errors;
    }
    WriteDiagnostics(scope.run == nullptr ? diagnostics : WithoutSecrets(*scope.run, diagnostics), *response);
    const auto duration = std::chrono::duration_cast<std::chrono::milliseconds>(scope.clock.Now() - start);
    scope.log.Debug("rpc finished",
                    {{"tf_rpc", std::string(scope.rpc)},
                     {"tf_req_id", std::to_string(scope.id)},
                     {"tf_resource_type", std::string(scope.type_name)},
                     {"tf_req_duration_ms", std::to_string(duration.count())},
                     {"diagnostic_error_count", std::to_string(errors)},
                     {"diagnostic_warning_count", std::to_string(diagnostics.items().size() - errors)}});
    return grpc::Status::OK;
  } catch (const std::bad_alloc&) {
    return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "The provider ran out of memory.");
  } catch (...) {
    return grpc::Status(grpc::StatusCode::INTERNAL, "The answer could not be written.");
  }
}

}  // namespace tfcpp
