// SPDX-License-Identifier: Apache-2.0
// TellMistakes(): what each Serve does first where somebody has started the program. Terraform is told by the answer
// about the schema (tfcpp/server/provider_rpcs.cc).
#pragma once

#include <string_view>

#include "tfcpp/framework/provider.h"

namespace tfcpp {

// Whether the provider has mistakes of its author (tfcpp/framework/check_provider.h), or lacks a version or an address.
// All are printed, on standard error, for standard output is the client's.
bool TellMistakes(const Provider& provider, std::string_view program);

}  // namespace tfcpp
