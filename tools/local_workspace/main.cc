// local_workspace: the registry-webhooks API on this machine, for trying configurations without an account and for
// tests.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "control.h"
#include "delivery.h"
#include "faults.h"
#include "http_server.h"
#include "https_sender.h"
#include "inbox.h"
#include "receiver.h"
#include "relay.h"
#include "state_file.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/goplugin/mtls.h"
#include "workspace.h"

namespace {

constexpr char kHelp[] =
    R"(local_workspace: the Databricks registry-webhooks API on this machine, listening on 127.0.0.1.

  --port N         the port; 0 (default): any free one
  --token T        a token that signs in, as an admin; may be given several times. Without it every token does
  --state FILE     keep webhooks there, secrets included, across restarts
  --models A,B     the registered models that exist; without it every name does
  --tls CERT KEY   serve HTTPS with this certificate and key (PEM files); faults of connections are then not available
  --host-name H    a name that leads here, for requests that name it as their host; may be given several times.
                   localhost and IP addresses always do
  --upstream H:P   be no workspace, but a proxy before the server at that host and port, with the same faults, control path
                   and receiver; plain HTTP only
  --receiver N     the port of the built-in receiver, an HTTPS endpoint for webhooks to call; 0 (default): any free one
  --help           print this

Prints its address, then the receiver's, on a line each when it is ready, and serves until SIGINT or SIGTERM.
)";

struct Options {
  workspace::ServerOptions server;
  workspace::Settings settings;
  std::string state_file;
  std::optional<workspace::Upstream> upstream;
  int receiver_port = 0;
};

int BadUsage(std::string_view what) {
  std::cerr << "local_workspace: " << what << "\n\n" << kHelp;
  return 2;
}

bool ParsePort(const std::string& text, int& port) {
  char* end = nullptr;
  const long value = std::strtol(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0' || value < 0 || value > 65535) return false;
  port = static_cast<int>(value);
  return true;
}

std::optional<workspace::Upstream> ParseUpstream(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  workspace::Upstream upstream{.host = text.substr(0, colon)};
  if (colon == 0 || colon == std::string::npos || !ParsePort(text.substr(colon + 1), upstream.port))
    return std::nullopt;
  return upstream;
}

// Empty: understood.
std::string Parse(const std::vector<std::string>& arguments, Options& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    const std::size_t needed = name == "--tls" ? 2 : 1;
    const bool known = name == "--port" || name == "--token" || name == "--state" || name == "--models" ||
                       name == "--tls" || name == "--receiver" || name == "--host-name" || name == "--upstream";
    if (!known) return tfcpp::Concat("unknown argument ", name);
    if (i + needed >= arguments.size()) return tfcpp::Concat(name, " needs a value");
    const std::string& value = arguments[i + 1];
    if (name == "--port" && !ParsePort(value, options.server.port)) return "--port needs a number from 0 to 65535";
    if (name == "--receiver" && !ParsePort(value, options.receiver_port)) {
      return "--receiver needs a number from 0 to 65535";
    }
    if (name == "--upstream" && !(options.upstream = ParseUpstream(value)).has_value()) {
      return "--upstream needs a host and a port, such as localhost:5000";
    }
    if (name == "--host-name") options.server.host_names.insert(value);
    if (name == "--token") options.settings.users[value] = {};
    if (name == "--state") options.state_file = value;
    if (name == "--models") {
      options.settings.models.emplace();
      for (std::string_view model : tfcpp::Split(value, ',')) options.settings.models->emplace(model);
    }
    if (name == "--tls") {
      options.server.certificate_file = value;
      options.server.key_file = arguments[i + 2];
    }
    i += needed;
  }
  if (options.upstream.has_value() && !options.server.certificate_file.empty()) return "--upstream excludes --tls";
  return "";
}

int Fail(const std::string& what) {
  std::cerr << "local_workspace: " << what << "\n";
  return 1;
}

// The signals that end it: blocked in every thread that is made from now on, and awaited by Serve.
sigset_t BlockEnds() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return ends;
}

// Empty: there is no file to keep webhooks in, or it was read.
std::string Load(const std::string& state_file, workspace::Workspace& space) {
  if (state_file.empty()) return "";
  auto webhooks = workspace::LoadState(state_file);
  if (!webhooks.has_value()) return tfcpp::Concat(state_file, ": ", webhooks.error().message);
  space.set_webhooks(*std::move(webhooks));
  return "";
}

void Save(const std::string& state_file, const std::vector<workspace::Webhook>& webhooks) {
  if (state_file.empty()) return;
  const auto saved = workspace::SaveState(state_file, webhooks);
  if (!saved.has_value()) Fail(saved.error().message);
}

// The port that clients use; 0: it could not be had. With TLS the server has it, else the relay before the server.
int Start(const Options& options, workspace::HttpServer& server, workspace::Relay& relay) {
  if (!options.server.certificate_file.empty()) return server.Start(options.server);
  workspace::ServerOptions inner = options.server;
  inner.port = 0;
  const int port = server.Start(inner);
  return port == 0 ? 0 : relay.Start(options.server.port, port, options.upstream);
}

// Until one of `ends` comes.
int Serve(const Options& options, const sigset_t& ends) {
  const auto identity = tfcpp::goplugin::MakeKeyPair(std::chrono::system_clock::now());
  if (!identity.has_value()) return Fail(identity.error().message);
  workspace::Inbox inbox;
  workspace::Receiver receiver(inbox, identity->certificate_pem, identity->private_key_pem.Reveal());
  const int receiver_port = receiver.Start(options.receiver_port);
  if (receiver_port == 0) {
    return Fail(tfcpp::Concat("the receiver cannot listen on port ", std::to_string(options.receiver_port)));
  }
  const std::string receiver_url = tfcpp::Concat("https://localhost:", std::to_string(receiver_port));
  workspace::Deliverer deliverer(workspace::HttpsSender(identity->certificate_pem));
  workspace::Workspace space(
      options.settings, [&](const std::vector<workspace::Webhook>& webhooks) { Save(options.state_file, webhooks); },
      [&](const workspace::Webhook& webhook, const workspace::Event& event) {
        return deliverer.Deliver(webhook, event);
      });
  if (const std::string fault = Load(options.state_file, space); !fault.empty()) return Fail(fault);
  workspace::FaultBook faults;
  workspace::Control control(space, faults, deliverer, inbox, receiver_url);
  workspace::HttpServer server(space, control);
  workspace::Relay relay(space, faults);
  const bool tls = !options.server.certificate_file.empty();
  const int port = Start(options, server, relay);
  if (port == 0) {
    return Fail(tfcpp::Concat("cannot listen on port ", std::to_string(options.server.port),
                              tls ? ", or cannot read the certificate and key" : ""));
  }
  std::cout << (options.upstream.has_value() ? "proxy" : "local workspace") << " ready at " << (tls ? "https" : "http")
            << "://127.0.0.1:" << port << "\n"
            << "receiver ready at " << receiver_url << std::endl;
  int signal = 0;
  sigwait(&ends, &signal);
  relay.Stop();
  server.Stop();
  receiver.Stop();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  for (const std::string& argument : arguments) {
    if (argument == "--help" || argument == "-h") {
      std::cout << kHelp;
      return 0;
    }
  }
  Options options;
  if (const std::string fault = Parse(arguments, options); !fault.empty()) return BadUsage(fault);
  return Serve(options, BlockEnds());
}
