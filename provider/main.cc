// terraform-provider-mlflow: builds the outside world once, makes the provider, serves it.
#include <cstdlib>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/descriptor.h"
#include "base/process.h"
#include "base/system.h"
#include "goplugin/hclog.h"
#include "goplugin/serve.h"
#include "http/curl_transport.h"
#include "provider/provider.h"
#include "provider/version.h"
#include "server/provider_service.h"

namespace {

constexpr char kProgram[] = "terraform-provider-mlflow";

constexpr char kHelp[] = R"(A Terraform provider for the webhooks of the Databricks Workspace Model Registry.

Terraform starts this program by itself. By hand:
  -debug      serve until Ctrl-C, and print how to attach Terraform to this process
  --version   print the version
  --help      print this
)";

// The one place that reads the process's environment.
std::optional<std::string> ReadEnvironment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

// Spreads retries of parallel runs; nothing depends on its quality.
class Jitter {
 public:
  double operator()() {
    const std::lock_guard lock(mutex_);
    return std::uniform_real_distribution<double>(0, 1)(engine_);
  }

 private:
  std::mutex mutex_;
  std::minstd_rand engine_{std::random_device{}()};
};

struct Wish {
  bool debug = false;
  std::optional<int> status;  // set: all was said, and the program ends with it
};

Wish ReadArguments(int argc, char** argv) {
  Wish wish;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "-debug" || argument == "--debug") {
      wish.debug = true;
    } else if (argument == "-version" || argument == "--version") {
      std::cout << kProgram << " " << mlflow::kVersion << "\n";
      return {.status = 0};
    } else if (argument == "-help" || argument == "--help" || argument == "-h") {
      std::cout << kHelp;
      return {.status = 0};
    } else {
      std::cerr << kProgram << ": unknown argument " << argument << "\n\n" << kHelp;
      return {.status = 2};
    }
  }
  return wish;
}

}  // namespace

int main(int argc, char** argv) {
  tfcpp::KeepMemorySmall();
  const Wish wish = ReadArguments(argc, argv);
  if (wish.status.has_value()) return *wish.status;
  if (!wish.debug) tfcpp::ProtectMemory();
  // libcurl would write the keys of its TLS connections, and so every token, into the file that it names.
  unsetenv("SSLKEYLOGFILE");

  tfcpp::SystemClock clock;
  tfcpp::goplugin::HclogLogger log(tfcpp::kStandardError, tfcpp::goplugin::LogLevelFrom(ReadEnvironment), "mlflow",
                                   clock);
  Jitter jitter;
  const tfcpp::Provider provider =
      mlflow::MakeProvider({.clock = clock,
                            .environment = ReadEnvironment,
                            .jitter = [&jitter] { return jitter(); },
                            .make_transport =
                                [](const tfcpp::http::CurlOptions& options) {
                                  return std::make_unique<tfcpp::http::CurlTransport>(options);
                                }});
  tfcpp::ProviderService service(provider, log, clock);
  return tfcpp::goplugin::Serve({.provider_address = mlflow::kProviderAddress,
                                 .program = kProgram,
                                 .environment = ReadEnvironment,
                                 .services = {&service},
                                 .log = log,
                                 .clock = clock,
                                 .stop = [&service] { service.Stop(); },
                                 .finish = [&service](auto limit) { return service.WaitUntilIdle(limit); },
                                 .debug = wish.debug});
}
