#include "databricks/auth/cli.h"

#include <utility>

#include "tfcpp/base/process.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

constexpr std::size_t kMaxShown = 1000;

}  // namespace

Result<std::string> RunCommand(const Context& context, const SignInTools& tools, std::vector<std::string> arguments) {
  const std::string program = arguments.front();
  auto done = RunProcess(context, {.arguments = std::move(arguments)});
  if (!done.has_value()) {
    Error error = done.error();
    error.message = tools.secrets.Shown(error.message, kMaxShown);
    return error;
  }
  if (done->exit_code == 0) return std::move(done->out);
  const std::string said = tools.secrets.Shown(done->err, kMaxShown);
  return Error{.code = ErrorCode::kUnauthenticated,
               .message = Concat(program, " failed with exit code ", std::to_string(done->exit_code),
                                 said.empty() ? "" : ": ", said)};
}

Result<Json> RunForJson(const Context& context, const SignInTools& tools, std::vector<std::string> arguments) {
  const std::string program = arguments.front();
  TFCPP_ASSIGN_OR_RETURN(const std::string printed, RunCommand(context, tools, std::move(arguments)));
  auto json = Json::Parse(printed);
  if (json.has_value() && json->is_object()) return *std::move(json);
  return Error{.code = ErrorCode::kMalformed, .message = Concat(program, " did not print JSON")};
}

}  // namespace tfcpp::databricks
