#include "databricks/auth/strategies.h"
#include "databricks/auth/token_source.h"
#include "tfcpp/base/base64.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {

Strategy Basic() {
  return {.name = "basic",
          .find_obstacle =
              [](const Config& config, const Environment&) {
                return FindUnset(config, {"host", "username", "password"});
              },
          .make = [](const SignInTools& tools) -> std::unique_ptr<rest::TokenSource> {
            const Secret encoded(Base64(Concat(tools.config.username, ":", tools.config.password.Reveal())));
            tools.secrets.Add(encoded);
            return std::make_unique<FixedHeaders>(
                std::vector<rest::Header>{{kAuthorization, Concat("Basic ", encoded.Reveal())}});
          },
          .credentials = Credentials::kPassword};
}

}  // namespace tfcpp::databricks
