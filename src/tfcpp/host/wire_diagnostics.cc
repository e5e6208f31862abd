// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/host/wire_diagnostics.h"

#include "tfcpp/base/strings.h"
#include "tfcpp/host/call_failed.h"

namespace tfcpp::host {

Path FromProto(const tfplugin6::AttributePath& message) {
  Path path;
  for (const tfplugin6::AttributePath_Step& step : message.steps()) {
    if (step.selector_case() == tfplugin6::AttributePath_Step::kElementKeyString) {
      path = path.Key(step.element_key_string());
    } else if (step.selector_case() == tfplugin6::AttributePath_Step::kElementKeyInt) {
      path = path.Index(step.element_key_int());
    } else {
      path = path.Attribute(step.attribute_name());
    }
  }
  return path;
}

Diagnostics FromProto(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& messages) {
  Diagnostics diagnostics;
  for (const tfplugin6::Diagnostic& message : messages) {
    if (message.severity() == tfplugin6::Diagnostic::INVALID) {
      throw CallFailed({.code = ErrorCode::kMalformed,
                        .message = Concat("a diagnostic without a severity: ", OneLine(message.summary()))});
    }
    const bool error = message.severity() == tfplugin6::Diagnostic::ERROR;
    diagnostics.Add({.severity = error ? Severity::kError : Severity::kWarning,
                     .summary = message.summary(),
                     .detail = message.detail(),
                     .path = FromProto(message.attribute())});
  }
  return diagnostics;
}

}  // namespace tfcpp::host
