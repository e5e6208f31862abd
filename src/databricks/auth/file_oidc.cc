// An ID token that stands in a file, as Kubernetes projects it, exchanged by a federation policy of Databricks. The
// file is read anew for each exchange, because its owner renews it.
#include "databricks/attributes.h"
#include "databricks/auth/oidc.h"
#include "databricks/auth/strategies.h"
#include "tfcpp/base/file.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

Result<Secret> ReadIdToken(const std::string& path) {
  const auto text = ReadFile(path, kMaxSettingsFile);
  if (!text.has_value()) {
    return Error{.code = text.error().code, .message = Concat("the file ", path, " ", text.error().message)};
  }
  const std::string_view token = Trim(*text);
  std::string_view fault = FaultOf(TextKind::kForm, token);
  if (token.empty()) fault = "is empty";
  if (fault.empty()) return Secret(std::string(token));
  return Error{.code = ErrorCode::kMalformed, .message = Concat("the file ", path, " ", fault)};
}

}  // namespace

Strategy FileOidc() {
  return {.name = "file-oidc",
          .find_obstacle =
              [](const Config& config, const Environment&) {
                return FindUnset(config, {"host", "databricks_id_token_filepath"});
              },
          .make =
              [](const SignInTools& tools) {
                return ExchangingSource(tools, [tools](const Context&, const std::string&) {
                  return ReadIdToken(tools.config.databricks_id_token_filepath);
                });
              }};
}

}  // namespace tfcpp::databricks
