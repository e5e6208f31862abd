// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/host/session.h"

#include "tfcpp/base/strings.h"

namespace tfcpp::host {
namespace {

ErrorCode CodeOf(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return ErrorCode::kDeadlineExceeded;
    case grpc::StatusCode::UNIMPLEMENTED:
      return ErrorCode::kUnimplemented;
    case grpc::StatusCode::UNAVAILABLE:
      return ErrorCode::kUnavailable;
    default:
      return ErrorCode::kInternal;
  }
}

}  // namespace

void Session::SetDeadline(grpc::ClientContext& context) const {
  if (limit_.has_value()) context.set_deadline(std::chrono::system_clock::now() + *limit_);
}

void Session::Fail(std::string_view message_name, const grpc::Status& status) const {
  // tfplugin6.PlanResourceChange.Request
  const auto parts = Split(message_name, '.');
  const std::string rpc(parts.size() > 1 ? parts[1] : message_name);
  const ErrorCode code = CodeOf(status.error_code());
  if (const std::string reason = FindReason(); !reason.empty()) {
    throw CallFailed({.code = ErrorCode::kUnavailable, .message = Concat("in ", rpc, " ", reason)});
  }
  if (code == ErrorCode::kDeadlineExceeded) {
    throw CallFailed(
        {.code = code,
         .message = Concat(rpc, " was not answered within ", std::to_string(limit_->count() / 1000), " s")});
  }
  if (code == ErrorCode::kUnimplemented) {
    throw CallFailed({.code = code, .message = Concat("the provider does not have ", rpc, " of protocol 6")});
  }
  throw CallFailed({.code = code, .message = Concat(rpc, " failed: ", OneLine(status.error_message()))});
}

}  // namespace tfcpp::host
