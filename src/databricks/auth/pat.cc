#include "databricks/auth/strategies.h"
#include "databricks/auth/token_source.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {

Strategy Pat() {
  return {.name = "pat",
          .find_obstacle =
              [](const Config& config, const Environment&) {
                return FindUnset(config, {"host", "token"});
              },
          .make = [](const SignInTools& tools) -> std::unique_ptr<rest::TokenSource> {
            return std::make_unique<FixedHeaders>(
                std::vector<rest::Header>{{kAuthorization, Concat("Bearer ", tools.config.token.Reveal())}});
          },
          .credentials = Credentials::kOwnToken};
}

}  // namespace tfcpp::databricks
