#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "goplugin/hclog.h"
#include "goplugin/serve.h"
#include "server/provider_service.h"
#include "stub_provider.h"

namespace {

std::optional<std::string> ReadEnvironment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

int main() {
  tfcpp::SystemClock clock;
  tfcpp::goplugin::HclogLogger log(STDERR_FILENO, tfcpp::goplugin::LogLevelFrom(ReadEnvironment), "stub", clock);
  const tfcpp::Provider provider = stub::MakeProvider();
  tfcpp::ProviderService service(provider, log, clock);
  return tfcpp::goplugin::Serve({.provider_address = stub::kProviderAddress,
                                 .program = "terraform-provider-databricks",
                                 .environment = ReadEnvironment,
                                 .services = {&service},
                                 .log = log,
                                 .clock = clock,
                                 .stop = [&service] { service.Stop(); },
                                 .finish = [&service](auto limit) { return service.WaitUntilIdle(limit); }});
}
