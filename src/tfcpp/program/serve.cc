// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/program/serve.h"

#include <cstdlib>
#include <iostream>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/descriptor.h"
#include "tfcpp/base/process.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/system.h"
#include "tfcpp/goplugin/handshake.h"
#include "tfcpp/goplugin/hclog.h"
#include "tfcpp/goplugin/serve.h"
#include "tfcpp/program/mistakes.h"
#include "tfcpp/server/provider_service.h"

namespace tfcpp {
namespace {

struct Wish {
  bool debug = false;
  std::optional<int> status;  // set: all was said, and the program ends with it
};

constexpr char kHelp[] = R"(Terraform starts this program by itself. By hand:
  -debug      serve until Ctrl-C, and print how to attach Terraform to this process
  --version   print the version
  --help      print this
)";

Wish ReadArguments(const Provider& provider, const std::string& program, int argc, char** argv) {
  const std::string help = Concat("The Terraform provider ", provider.address, ".\n\n", kHelp);
  Wish wish;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "-debug" || argument == "--debug") {
      wish.debug = true;
    } else if (argument == "-version" || argument == "--version") {
      std::cout << program << " " << provider.version << "\n";
      return {.status = 0};
    } else if (argument == "-help" || argument == "--help" || argument == "-h") {
      std::cout << help;
      return {.status = 0};
    } else {
      std::cerr << program << ": unknown argument " << argument << "\n\n" << help;
      return {.status = 2};
    }
  }
  return wish;
}

}  // namespace

int Serve(const Provider& provider, int argc, char** argv) {
  KeepMemorySmall();
  const std::string program = Concat("terraform-provider-", provider.type_name);
  const Wish wish = ReadArguments(provider, program, argc, argv);
  if (wish.status.has_value()) return *wish.status;
  // Terraform shows nothing of a plugin that ends without a word to it. So where Terraform starts it, it is served, and
  // the first question, for the schema, is answered by the mistakes.
  const bool started_by_hand = wish.debug || ReadEnvironment(goplugin::kCookieName) != goplugin::kCookie;
  if (started_by_hand && TellMistakes(provider, program)) return EXIT_FAILURE;
  if (!wish.debug) ProtectMemory();
  SystemClock clock;
  goplugin::HclogLogger log(kStandardError, goplugin::LogLevelFrom(ReadEnvironment), provider.type_name, clock);
  ProviderService service(provider, log, clock);
  return goplugin::Serve({.provider_address = provider.address,
                          .program = program,
                          .environment = ReadEnvironment,
                          .services = {&service},
                          .log = log,
                          .clock = clock,
                          .stop = [&service] { service.Stop(); },
                          .finish = [&service](auto limit) { return service.WaitUntilIdle(limit); },
                          .debug = wish.debug});
}

}  // namespace tfcpp
