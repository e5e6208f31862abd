// Signing in at hostile token endpoints and identity services. The first line: a way to sign in (sign_ins.h), then what
// is done, a character each; then the answers (hostile.h).
#include <chrono>
#include <stop_token>

#include "databricks/auth/sign_in.h"
#include "fuzz.h"
#include "hostile.h"
#include "rest/logging_transport.h"
#include "sign_ins.h"

namespace fuzz {
namespace {

using tfcpp::rest::Header;

void RequireHeaders(const std::vector<Header>& headers) {
  Require(!headers.empty(), "who is signed in has headers");
  for (const auto& [name, value] : headers) {
    Require(!name.empty() && !value.empty(), "a header has a name and a value");
    for (const char c : value) Require(c >= 0x20 && c < 0x7f, "a header is one line of visible characters");
  }
}

}  // namespace

void Run(std::string_view input) {
  Lines lines(input);
  std::string_view head = lines.Take();
  const auto environment = EnvironmentOf(SignIns()[Choose(head, SignIns().size())]);
  const auto config = tfcpp::databricks::Resolve({}, environment);
  Require(config.has_value(), "a way to sign in is a configuration");

  tfcpp::test::FakeClock clock;
  WatchedLog log;
  HostileService service(lines, clock);
  HostileTransport transport(service);
  tfcpp::rest::KnownSecrets secrets(config->Secrets());
  tfcpp::rest::LoggingTransport logging(transport, clock, secrets);
  tfcpp::databricks::SignIn sign_in(*config, environment, logging, clock, secrets, [] { return 0.5; });
  std::stop_source stop;
  service.on_stop = [&] { stop.request_stop(); };

  std::vector<Header> last;
  for (int step = 0; step < 16 && !head.empty(); ++step) {
    switch (Choose(head, 4)) {
      case 0:
        clock.Advance(std::chrono::hours(1));
        break;
      case 1:
        sign_in.Invalidate(last);
        break;
      default:
        const auto headers = sign_in.Headers({stop.get_token(), log});
        if (headers.has_value()) {
          RequireHeaders(*headers);
          last = *headers;
        } else {
          RequireNoSecret(headers.error().message, "the error");
          Require(!headers.error().may_have_acted, "signing in has no effect");
        }
    }
  }
}

}  // namespace fuzz
