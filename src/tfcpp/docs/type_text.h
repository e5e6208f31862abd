// SPDX-License-Identifier: Apache-2.0
// Types in words, for the documentation.
#pragma once

#include <string>

#include "tfcpp/value/type.h"

namespace tfcpp::docs {

// "set of string"; of a type with objects or tuples in it, whose members words would not tell, the notation of a
// variable's type in a configuration: "list(object({ name = string }))".
std::string TypeText(const Type& type);

// The same within a text: a notation is marked as code.
std::string MarkedTypeText(const Type& type);

}  // namespace tfcpp::docs
