// driver: the host's side of a provider, to measure the provider alone. One line of JSON on standard output.
//
//   driver line PROGRAM                                     exec -> first line, of any program
//   driver start PROGRAM HOST_CERTIFICATE HOST_KEY          the same, then -> first GetProviderSchema answer; memory
//   driver load PROGRAM HOST_CERTIFICATE HOST_KEY COUNT [PARALLEL ROUNDS]
//                                                           creates, reads and plans COUNT webhooks, ten at a time or
//                                                           PARALLEL; what fails is done again, in so many rounds
//
// For `load`, the environment says which workspace, as it does for the provider.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "load.h"
#include "provider_client.h"
#include "tfcpp/host/child.h"
#include "usage.h"

namespace {

int Run(const std::vector<std::string>& arguments) {
  if (arguments.size() == 2 && arguments[0] == "line") {
    const auto child = tfcpp::host::Child::Start(arguments[1], {});
    if (!child.has_value()) throw std::runtime_error(child.error().message);
    if ((*child)->AwaitLine(std::chrono::minutes(1)).empty()) throw std::runtime_error("no line");
    std::cout << "{\"line_ms\": " << bench::MillisecondsBetween((*child)->begin(), (*child)->line_at()) << "}\n";
    return 0;
  }
  if (arguments.size() == 4 && arguments[0] == "start") {
    const bench::ProviderClient client(arguments[1], arguments[2], arguments[3]);
    const bench::Memory at_line = bench::MemoryOf(client.pid());
    const double schema_ms = client.GetSchema();
    const bench::Memory serving = bench::MemoryOf(client.pid());
    std::cout << "{\"line_ms\": " << client.line_ms() << ", \"schema_ms\": " << schema_ms
              << ", \"rss_mib\": " << at_line.rss_mib << ", \"anon_mib\": " << at_line.anon_mib
              << ", \"serving_rss_mib\": " << serving.rss_mib << ", \"serving_anon_mib\": " << serving.anon_mib
              << "}\n";
    return 0;
  }
  if ((arguments.size() == 5 || arguments.size() == 7) && arguments[0] == "load") {
    const auto number = [&](std::size_t at) { return std::atoi(arguments[at].c_str()); };
    bench::LoadOptions options{.count = number(4)};
    if (arguments.size() == 7) {
      options.parallel = number(5);
      options.most_rounds = number(6);
    }
    const bench::ProviderClient client(arguments[1], arguments[2], arguments[3]);
    std::cout << bench::Load(client, options) << "\n";
    return 0;
  }
  std::cerr << "driver: see the head of bench/driver/main.cc\n";
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "driver: " << error.what() << "\n";
    return 1;
  }
}
