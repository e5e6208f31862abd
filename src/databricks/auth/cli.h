// Command-line tools that hand out tokens: running them, for text and for JSON.
//
// Thread safety: free functions.
#pragma once

#include <string>
#include <vector>

#include "databricks/auth/strategy.h"
#include "tfcpp/base/context.h"
#include "tfcpp/base/result.h"
#include "tfcpp/json/json.h"

namespace tfcpp::databricks {

// What the command prints. Errors: tfcpp/base/process.h's; kUnauthenticated with what it wrote to standard error when
// it fails. What it wrote is shown without secrets, readable, and cut.
Result<std::string> RunCommand(const Context& context, const SignInTools& tools, std::vector<std::string> arguments);
// The same for a command that prints a JSON object, else kMalformed.
Result<Json> RunForJson(const Context& context, const SignInTools& tools, std::vector<std::string> arguments);

}  // namespace tfcpp::databricks
