// Command-line tools that hand out tokens: finding them, and running them for JSON.
//
// Thread safety: free functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/context.h"
#include "base/result.h"
#include "base/settings.h"
#include "databricks/auth/strategy.h"
#include "json/json.h"

namespace tfcpp::databricks {

// The path of an executable file: `name` itself when it has a slash, else the first of that name in PATH.
std::optional<std::string> FindProgram(const std::string& name, const Environment& environment);

// What the command prints. Errors: base/process.h's; kUnauthenticated with what it wrote to standard error when it
// fails. What it wrote is shown without secrets, readable, and cut.
Result<std::string> RunCommand(const Context& context, const SignInTools& tools, std::vector<std::string> arguments);
// The same for a command that prints a JSON object, else kMalformed.
Result<Json> RunForJson(const Context& context, const SignInTools& tools, std::vector<std::string> arguments);

}  // namespace tfcpp::databricks
