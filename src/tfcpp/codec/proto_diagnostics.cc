// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/codec/proto_diagnostics.h"

#include <utility>
#include <variant>

#include "tfcpp/base/strings.h"

namespace tfcpp {

std::string ShownText(std::string_view text) { return Truncate(Readable(text), kMaxShownText); }

tfplugin6::AttributePath ToProto(const Path& path) {
  tfplugin6::AttributePath message;
  for (const PathStep& step : path.steps()) {
    if (std::holds_alternative<ElementStep>(step)) break;
    tfplugin6::AttributePath_Step& out = *message.add_steps();
    if (const auto* attribute = std::get_if<AttributeStep>(&step)) {
      out.set_attribute_name(attribute->name);
    } else if (const auto* key = std::get_if<KeyStep>(&step)) {
      out.set_element_key_string(ToValidUtf8(key->key));
    } else {
      out.set_element_key_int(std::get<IndexStep>(step).index);
    }
  }
  return message;
}

tfplugin6::Diagnostic ToProto(const Diagnostic& diagnostic) {
  tfplugin6::Diagnostic message;
  message.set_severity(diagnostic.severity == Severity::kError ? tfplugin6::Diagnostic::ERROR
                                                               : tfplugin6::Diagnostic::WARNING);
  message.set_summary(ShownText(diagnostic.summary));
  message.set_detail(ShownText(diagnostic.detail));
  tfplugin6::AttributePath path = ToProto(diagnostic.path);
  if (path.steps_size() > 0) *message.mutable_attribute() = std::move(path);
  return message;
}

void AppendProto(const Diagnostics& diagnostics, google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& messages) {
  for (const Diagnostic& diagnostic : diagnostics.items()) *messages.Add() = ToProto(diagnostic);
}

}  // namespace tfcpp
