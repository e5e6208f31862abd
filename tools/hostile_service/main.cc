// hostile_service: a service that attacks its clients, for trying by hand what the provider makes of it.
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "service.h"

namespace {

int Usage() {
  std::cerr << "Usage: hostile_service MODE [PORT [AUTHORITY_FILE]]\n\n"
            << "Serves on 127.0.0.1 until SIGINT or SIGTERM, and then prints what it was sent. AUTHORITY_FILE is where "
               "to put the\ncertificate to trust, for the modes that speak TLS. Modes:\n\n";
  for (const hostile::Mode& mode : hostile::Modes()) std::cerr << "  " << mode.name << ": " << mode.what << "\n";
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const hostile::Mode* mode = argc > 1 ? hostile::FindMode(argv[1]) : nullptr;
  if (mode == nullptr || argc > 4) return Usage();
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  if (argc > 3) std::ofstream(argv[3]) << hostile::AuthorityPem();
  hostile::Service service(*mode);
  if (!service.Start(argc > 2 ? std::atoi(argv[2]) : 0)) {
    std::cerr << "hostile_service: cannot listen there\n";
    return 1;
  }
  std::cout << "hostile service ready at " << service.place().url << std::endl;

  int signal = 0;
  sigwait(&ends, &signal);
  for (const hostile::Request& request : service.requests()) std::cout << request.method << " " << request.path << "\n";
  if (!service.elsewhere().empty()) std::cout << "LEAKED to another address: " << service.elsewhere() << "\n";
  return 0;
}
