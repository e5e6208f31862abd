// SPDX-License-Identifier: Apache-2.0
// Diagnostics and paths out of messages of the plugin protocol: the inverse of tfcpp/codec/proto_diagnostics.h. Pure;
// thread-safe.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/path.h"
#include "tfplugin6.pb.h"

namespace tfcpp::host {

Path FromProto(const tfplugin6::AttributePath& message);
// Throws CallFailed (kMalformed) for one without a severity, which Terraform takes for none at all: an error that is
// lost.
Diagnostics FromProto(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& messages);

}  // namespace tfcpp::host
