// Diagnostics and paths as messages of the plugin protocol. Severity is always set (a severity left unset turns an
// error into success), texts are valid UTF-8 (protobuf refuses the whole message otherwise). Pure; thread-safe.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include "tfplugin6.pb.h"
#include "value/diagnostics.h"
#include "value/path.h"

namespace tfcpp {

// Up to the first element of a set, which has no form on the wire.
tfplugin6::AttributePath ToProto(const Path& path);
tfplugin6::Diagnostic ToProto(const Diagnostic& diagnostic);
// Adds to what is there.
void AppendProto(const Diagnostics& diagnostics, google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& messages);

}  // namespace tfcpp
