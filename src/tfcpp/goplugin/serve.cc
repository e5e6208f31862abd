// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/goplugin/serve.h"

#include <grpc/support/log.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "tfcpp/base/descriptor.h"
#include "tfcpp/base/process.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/goplugin/attend.h"
#include "tfcpp/goplugin/events.h"
#include "tfcpp/goplugin/handshake.h"
#include "tfcpp/goplugin/mtls.h"
#include "tfcpp/goplugin/services.h"
#include "tfcpp/goplugin/socket.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

namespace tfcpp::goplugin {
namespace {

// gRPC's default of 4 MiB refuses a plan with a 2 MiB attribute: prior, proposed and configured values travel together.
constexpr int kMaxMessageBytes = 256 << 20;
// The host waits 2 s for the process to end, then kills it.
constexpr std::chrono::milliseconds kDrain{200};
// How long a write that has been sent may keep the process.
constexpr std::chrono::milliseconds kLastAnswers{10'000};

// gRPC hands its log function no context, so the logger has to stand here. Set once, before gRPC starts.
std::atomic<Logger*> grpc_logger = nullptr;

void LogForGrpc(gpr_log_func_args* args) {
  Logger* log = grpc_logger.load();
  if (log == nullptr) return;
  // Its errors are refused handshakes and broken connections: of use for a debugger, not for a user.
  log->Debug(args->message, {{"source", "grpc"}});
}

using Acceptor = grpc::experimental::ExternalConnectionAcceptor;

[[noreturn]] void EndProcess() {
#if defined(__SANITIZE_ADDRESS__)
  __lsan_do_leak_check();  // _Exit would hide leaks
#endif
  std::_Exit(0);
}

int Fail(std::string_view message) {
  WriteAll(kStandardError, Concat(message, "\n"));
  return 1;
}

std::shared_ptr<grpc::ServerCredentials> Credentials(const std::string& client_certificate, const KeyPair& key_pair) {
  if (client_certificate.empty()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_key_cert_pairs.push_back({key_pair.private_key_pem.Reveal(), key_pair.certificate_pem});
  options.pem_root_certs = client_certificate;
  return grpc::SslServerCredentials(options);
}

// Anybody on the machine can dial a port of the loopback, so that it has to be TLS that keeps them out.
std::optional<Listener> Listen(const ServeOptions& options, const HostContract& contract) {
  auto listener = Listener::Open(contract.socket_folder, options.environment);
  if (listener.has_value() || contract.client_certificate.empty()) return listener;
  return Listener::OpenOnLoopback();
}

bool Announce(const ServeOptions& options, const HostContract& contract, const Listener& listener,
              const KeyPair& key_pair) {
  if (!options.debug) {
    return WriteAll(kStandardOutput, HandshakeLine(listener.network(), listener.host_address(),
                                                   key_pair.certificate_base64, contract.wants_multiplex_field));
  }
  return WriteAll(
      kStandardOutput,
      Concat("Serving until Ctrl-C. Set this variable where you run terraform, to have it use this process:\n\n",
             "TF_REATTACH_PROVIDERS='",
             ReattachValue(options.provider_address, listener.network(), listener.host_address(), OwnProcessId()),
             "'\n"));
}

// What the host expects beside the provider's own services.
struct HostServices {
  explicit HostServices(const std::function<void(Event)>& tell)
      : streams([tell] { tell(Event::kHostConnected); }, [tell] { tell(Event::kHostGone); }),
        controller([tell] { tell(Event::kShutdown); }),
        stdio(streams),
        broker(streams) {}
  OpenStreams streams;
  Controller controller;
  Stdio stdio;
  Broker broker;
};

struct Server {
  std::unique_ptr<Acceptor> acceptor;
  std::unique_ptr<grpc::Server> server;  // null: gRPC refused the certificate
};

Server StartServer(const ServeOptions& options, HostServices& host, const HostContract& contract,
                   const KeyPair& key_pair) {
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.SetMaxSendMessageSize(kMaxMessageBytes);
  // The host makes one connection: more queues are only more threads.
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  Server made;
  made.acceptor = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
      Credentials(contract.client_certificate, key_pair));
  for (grpc::Service* service : options.services) builder.RegisterService(service);
  builder.RegisterService(&host.controller);
  builder.RegisterService(&host.stdio);
  builder.RegisterService(&host.broker);
  made.server = builder.BuildAndStart();
  return made;
}

End AttendTo(const ServeOptions& options, const Events& events, Listener& listener, HostServices& host,
             Acceptor& acceptor, const Descriptor& host_output) {
  return Attend({.listener = listener,
                 .events = events,
                 .host_output = host_output.number(),
                 .patience = options.debug ? std::chrono::milliseconds(-1) : options.patience,
                 .hand_over =
                     [&](int descriptor) {
                       Acceptor::NewConnectionParameters connection;
                       connection.listener_fd = listener.descriptor();
                       connection.fd = descriptor;
                       acceptor.HandleNewConnection(&connection);
                     },
                 .host_is_there = [&] { return !options.debug && host.streams.any(); },
                 .stop =
                     [&] {
                       options.log.Warn("stopping, because a signal came");
                       options.stop();
                     }});
}

std::string_view NameOf(End end) {
  switch (end) {
    case End::kAsked:
      return "the host asked";
    case End::kHostGone:
      return "the host is gone";
    case End::kSignal:
      return "a signal came";
    case End::kNobodyCame:
      return "no host came";
  }
  return "";
}

[[noreturn]] void EndInOrder(const ServeOptions& options, End end, HostServices& host, grpc::Server& server,
                             Listener& listener) {
  if (end != End::kAsked) {
    options.log.Warn("ending without being asked to",
                     {{"host_gone", end == End::kHostGone ? "true" : "false"}, {"why", std::string(NameOf(end))}});
  }
  options.stop();
  if (options.finish(kLastAnswers)) {
    host.streams.EndAll();
    // The answers have been given to gRPC; this lets them out.
    server.Shutdown(std::chrono::system_clock::now() + kDrain);
  } else {
    options.log.Warn("ending before the answer of a call to the service");
  }
  listener.RemoveFile();
  EndProcess();
}

// Nothing without TLS.
Result<KeyPair> KeyPairFor(const ServeOptions& options, const HostContract& contract) {
  if (contract.client_certificate.empty()) return KeyPair();
  if (const auto checked = CheckCertificate(contract.client_certificate); !checked.has_value()) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = Concat(options.program,
                                   " cannot use the certificate in PLUGIN_CLIENT_CERT: ", checked.error().message,
                                   ". Terraform makes that variable for each provider that it starts; look for what "
                                   "changes it on the way, such as a script around the provider.")};
  }
  return MakeKeyPair(options.clock.WallNow());
}

}  // namespace

int Serve(const ServeOptions& options) {
  HostContract contract;
  if (!options.debug) {
    auto read = ReadHostContract(options.environment, options.program);
    if (!read.has_value()) return Fail(read.error().message);
    contract = *std::move(read);
  }
  const Events events;
  if (!events.is_open()) return Fail(Concat(options.program, " cannot open a pipe."));
  CatchSignals(events, options.debug);
  InitOpenSsl();
  const Result<KeyPair> key_pair = KeyPairFor(options, contract);
  if (!key_pair.has_value()) return Fail(key_pair.error().message);
  std::optional<Listener> listener = Listen(options, contract);
  if (!listener.has_value()) {
    return Fail(Concat(options.program,
                       " cannot open a unix socket: no folder for it can be written. Set TMPDIR to one with a path of ",
                       "at most 80 characters."));
  }
  // Here, and not when gRPC is ready: what follows takes as long again, and the host has enough to do until then.
  if (!Announce(options, contract, *listener, *key_pair)) {
    return Fail(Concat(options.program, " cannot write the handshake line: nobody reads its standard output."));
  }
  // No stray print can hurt any more: a long line would stop the host's reader, and a full pipe block the writer.
  const Descriptor host_output = options.debug ? Descriptor() : TakeStandardOutput();

  grpc_logger = &options.log;
  gpr_set_log_function(&LogForGrpc);
  // In debug mode hosts come and go.
  HostServices host([&](Event event) {
    if (!options.debug) events.Tell(event);
  });
  const Server grpc = StartServer(options, host, contract, *key_pair);
  if (grpc.server == nullptr) return Fail(Concat(options.program, " cannot serve: gRPC made no server."));
  const End end = AttendTo(options, events, *listener, host, *grpc.acceptor, host_output);
  EndInOrder(options, end, host, *grpc.server, *listener);
}

}  // namespace tfcpp::goplugin
