#include "goplugin/serve.h"

#include <fcntl.h>
#include <grpc/support/log.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "base/strings.h"
#include "goplugin/handshake.h"
#include "goplugin/mtls.h"
#include "goplugin/services.h"
#include "goplugin/socket.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

namespace tfcpp::goplugin {
namespace {

// gRPC's default of 4 MiB refuses a plan with a 2 MiB attribute: prior, proposed and configured values travel together.
constexpr int kMaxMessageBytes = 256 << 20;
// The host waits 2 s for the process to end, then kills it.
constexpr std::chrono::milliseconds kDrain{200};

// gRPC hands its log function no context, so the logger has to stand here. Set once, before gRPC starts.
std::atomic<Logger*> grpc_logger = nullptr;

void LogForGrpc(gpr_log_func_args* args) {
  Logger* log = grpc_logger.load();
  if (log == nullptr) return;
  // Its errors are refused handshakes and broken connections: of use for a debugger, not for a user.
  log->Debug(args->message, {{"source", "grpc"}});
}

using Acceptor = grpc::experimental::ExternalConnectionAcceptor;

// Wakes the main thread from any other, also from a gRPC handler.
class Event {
 public:
  Event() : descriptor_(eventfd(0, EFD_CLOEXEC)) {}
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { close(descriptor_); }
  void Set() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(descriptor_, &one, sizeof(one));
  }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// Blocks the signals that end the process in order, in this thread and all that it starts, and gives a descriptor that
// becomes readable when one comes.
int CatchEndSignals(bool debug) {
  signal(SIGPIPE, SIG_IGN);
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  if (debug) {
    sigaddset(&ends, SIGINT);
  } else {
    signal(SIGINT, SIG_IGN);
  }
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  return signalfd(-1, &ends, SFD_CLOEXEC);
}

bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// From here on no stray print can hurt: a long line would stop the host's reader, and a full pipe block the writer.
void SilenceStandardOutput() {
  const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (null < 0) return;
  dup2(null, STDOUT_FILENO);
  close(null);
}

[[noreturn]] void EndProcess() {
#if defined(__SANITIZE_ADDRESS__)
  __lsan_do_leak_check();  // _exit would hide leaks
#endif
  _exit(0);
}

int Fail(std::string_view message) {
  WriteAll(STDERR_FILENO, Concat(message, "\n"));
  return 1;
}

std::shared_ptr<grpc::ServerCredentials> Credentials(const std::string& client_certificate, const Identity& identity) {
  if (client_certificate.empty()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_key_cert_pairs.push_back({identity.private_key_pem.Reveal(), identity.certificate_pem});
  options.pem_root_certs = client_certificate;
  return grpc::SslServerCredentials(options);
}

void Announce(const ServeOptions& options, const HostContract& contract, const Listener& listener,
              const Identity& identity) {
  if (!options.debug) {
    WriteAll(STDOUT_FILENO, HandshakeLine("unix", listener.host_address(), identity.certificate_base64,
                                          contract.wants_multiplex_field));
    return;
  }
  WriteAll(STDOUT_FILENO,
           Concat("Serving until Ctrl-C. Set this variable where you run terraform, to have it use this process:\n\n",
                  "TF_REATTACH_PROVIDERS='",
                  ReattachValue(options.provider_address, "unix", listener.host_address(), static_cast<int>(getpid())),
                  "'\n"));
}

enum class End { kAsked, kHostGone, kSignal };

// Descriptors that become readable when it is time to end.
struct EndDescriptors {
  int shutdown;
  int host_gone;
  int signals;
};

// Gives each connection to gRPC, until it is time to end.
End HandOverConnections(const Listener& listener, Acceptor& acceptor, const EndDescriptors& ends) {
  std::array<pollfd, 4> wakers{pollfd{ends.shutdown, POLLIN, 0}, pollfd{ends.host_gone, POLLIN, 0},
                               pollfd{ends.signals, POLLIN, 0}, pollfd{listener.descriptor(), POLLIN, 0}};
  const auto happened = [&](std::size_t waker) { return (wakers[waker].revents & POLLIN) != 0; };
  for (;;) {
    if (poll(wakers.data(), wakers.size(), -1) < 0) continue;
    if (happened(0)) return End::kAsked;
    if (happened(1)) return End::kHostGone;
    if (happened(2)) return End::kSignal;
    Acceptor::NewConnectionParameters connection;
    connection.listener_fd = listener.descriptor();
    connection.fd = listener.Accept();
    if (connection.fd >= 0) acceptor.HandleNewConnection(&connection);
  }
}

}  // namespace

int Serve(const ServeOptions& options) {
  HostContract contract;
  if (!options.debug) {
    auto read = ReadHostContract(options.environment, options.program);
    if (!read.has_value()) return Fail(read.error().message);
    contract = *std::move(read);
  }
  const int signals = CatchEndSignals(options.debug);
  InitOpenSsl();
  Identity identity;
  if (!contract.client_certificate.empty()) {
    auto made = MakeIdentity(options.clock.WallNow());
    if (!made.has_value()) return Fail(made.error().message);
    identity = *std::move(made);
  }
  std::optional<Listener> listener = Listener::Open(contract.socket_folder, options.environment);
  if (!listener.has_value()) return Fail(Concat(options.program, " cannot open a unix socket."));
  // Here, and not when gRPC is ready: what follows takes as long again, and the host has enough to do until then.
  Announce(options, contract, *listener, identity);
  if (!options.debug) SilenceStandardOutput();

  grpc_logger = &options.log;
  gpr_set_log_function(&LogForGrpc);
  const Event shutdown;
  const Event host_gone;
  OpenStreams streams;
  // In debug mode hosts come and go.
  const auto on_host_gone = [&] {
    if (!options.debug) host_gone.Set();
  };
  Controller controller([&] {
    if (!options.debug) shutdown.Set();
  });
  Stdio stdio(streams, on_host_gone);
  Broker broker(streams, on_host_gone);

  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.SetMaxSendMessageSize(kMaxMessageBytes);
  // The host makes one connection: more queues are only more threads.
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  const std::unique_ptr<Acceptor> acceptor = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
      Credentials(contract.client_certificate, identity));
  for (grpc::Service* service : options.services) builder.RegisterService(service);
  builder.RegisterService(&controller);
  builder.RegisterService(&stdio);
  builder.RegisterService(&broker);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return Fail(Concat(options.program, " cannot serve with the certificate that the host gave."));

  const End end =
      HandOverConnections(*listener, *acceptor,
                          {.shutdown = shutdown.descriptor(), .host_gone = host_gone.descriptor(), .signals = signals});
  if (end != End::kAsked) {
    options.log.Warn("ending without being asked to", {{"host_gone", end == End::kHostGone ? "true" : "false"}});
    options.on_abandoned();
  }
  streams.EndAll();
  // Calls that still run are waited for, whatever the deadline: it only cancels what can be cancelled.
  server->Shutdown(std::chrono::system_clock::now() + kDrain);
  listener.reset();
  EndProcess();
}

}  // namespace tfcpp::goplugin
