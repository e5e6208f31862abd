// SPDX-License-Identifier: Apache-2.0
// Diagnostics and paths as messages of the plugin protocol. Severity is always set (a severity left unset turns an
// error into success). Pure; thread-safe.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <string_view>

#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/path.h"
#include "tfplugin6.pb.h"

namespace tfcpp {

inline constexpr std::size_t kMaxShownText = 4096;
// Any text that Terraform prints: readable (tfcpp/base/strings.h), which includes valid UTF-8, for protobuf refuses a
// whole message without it; and at most 4 KiB. Much of what a text of ours quotes comes from outside.
std::string ShownText(std::string_view text);

// Up to the first element of a set, which has no form on the wire.
tfplugin6::AttributePath ToProto(const Path& path);
tfplugin6::Diagnostic ToProto(const Diagnostic& diagnostic);
// Adds to what is there.
void AppendProto(const Diagnostics& diagnostics, google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& messages);

}  // namespace tfcpp
