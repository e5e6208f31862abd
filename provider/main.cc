// terraform-provider-mlflow: builds the outside world once, makes the provider, serves it.
#include <cstdlib>
#include <memory>
#include <mutex>
#include <random>

#include "provider/provider.h"
#include "rest/curl_transport.h"
#include "tfcpp/base/clock.h"
#include "tfcpp/program/serve.h"

namespace {

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

}  // namespace

int main(int argc, char** argv) {
  // libcurl would write the keys of its TLS connections, and so every token, into the file that it names.
  unsetenv("SSLKEYLOGFILE");
  tfcpp::SystemClock clock;
  Jitter jitter;
  const tfcpp::Provider provider =
      mlflow::MakeProvider({.clock = clock,
                            .environment = tfcpp::ReadEnvironment,
                            .jitter = [&jitter] { return jitter(); },
                            .make_transport =
                                [](const tfcpp::rest::CurlOptions& options) {
                                  return std::make_unique<tfcpp::rest::CurlTransport>(options);
                                }});
  return tfcpp::Serve(provider, argc, argv);
}
