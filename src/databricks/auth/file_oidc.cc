// An ID token that stands in a file, as Kubernetes projects it, exchanged by a federation policy of Databricks. The
// file is read anew for each exchange, because its owner renews it.
#include <fstream>
#include <iterator>

#include "base/strings.h"
#include "databricks/auth/oidc.h"
#include "databricks/auth/strategies.h"

namespace tfcpp::databricks {
namespace {

Result<Secret> ReadIdToken(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{.code = ErrorCode::kNotFound, .message = Concat("the file ", path, " cannot be read")};
  const std::string text(std::istreambuf_iterator<char>(in), {});
  if (Trim(text).empty())
    return Error{.code = ErrorCode::kMalformed, .message = Concat("the file ", path, " is empty")};
  return Secret(std::string(Trim(text)));
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
