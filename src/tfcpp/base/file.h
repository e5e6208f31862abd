// SPDX-License-Identifier: Apache-2.0
// ReadFile: the whole of a file that somebody has named, whatever is found under that name.
//
//   const auto text = ReadFile(path, kMaxSettingsFile);
//   if (!text.has_value()) return Failed(Concat("The profile file ", path, " ", text.error().message, "."));
//
// Thread safety: a free function.
#pragma once

#include <chrono>
#include <string>

#include "tfcpp/base/result.h"

namespace tfcpp {

inline constexpr std::size_t kMaxSettingsFile = 1u << 20;  // bytes of a profile file, a token, a key

// `patience` bounds the whole reading of a pipe or a device, whose writer may never come. The message of an error goes
// on after the path: "is a folder, not a file". Codes: kNotFound when there is nothing of that name; kInvalidArgument
// for a folder; kPermissionDenied; kResourceExhausted for more than `max_bytes`; kDeadlineExceeded when the patience is
// at its end; kUnavailable for any other failure, with the system's words.
Result<std::string> ReadFile(const std::string& path, std::size_t max_bytes,
                             std::chrono::milliseconds patience = std::chrono::seconds(5));

}  // namespace tfcpp
