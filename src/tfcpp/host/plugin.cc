// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/host/plugin.h"

#include <grpc/support/log.h>

#include <utility>
#include <vector>

#include "goplugin/controller.grpc.pb.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/goplugin/handshake.h"

namespace tfcpp::host {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kGoodbye{2'000};  // go-plugin's patience after Shutdown
// A process that crashes takes its connection along a little before it can be seen to have ended.
constexpr milliseconds kUntilItIsSeen{500};

Error Bad(std::string message) { return {.code = ErrorCode::kInvalidArgument, .message = std::move(message)}; }

// The handshake line leaves the padding out.
std::string ToPem(std::string base64) {
  while (base64.size() % 4 != 0) base64 += '=';
  std::string pem = "-----BEGIN CERTIFICATE-----\n";
  for (std::size_t at = 0; at < base64.size(); at += 64) pem += base64.substr(at, 64) + "\n";
  return pem + "-----END CERTIFICATE-----\n";
}

struct Handshake {
  std::string target;  // of gRPC
  std::string certificate;
};

// 1|6|unix|/tmp/x/plugin|grpc|<certificate>, perhaps with a field behind.
Result<Handshake> ReadHandshake(const std::string& line) {
  const auto fields = Split(line, '|');
  const auto field = [&](std::size_t index) { return index < fields.size() ? fields[index] : std::string_view(); };
  if (fields.size() < 4) {
    return Bad(Concat("its first line on standard output is no handshake, but ", QuotedValue(line),
                      ": nothing may be printed before the handshake"));
  }
  if (field(0) != "1") return Bad(Concat("it speaks version ", field(0), " of go-plugin's handshake, not 1"));
  if (field(1) != "6") {
    return Bad(Concat("it speaks version ", field(1), " of the plugin protocol; this program speaks version 6"));
  }
  if (field(4) != "grpc") return Bad(Concat("it speaks ", field(4).empty() ? "netrpc" : field(4), ", not grpc"));
  if (field(5).size() < 51) {  // what is shorter go-plugin takes for no certificate
    return Bad("it gives no certificate in its handshake, although the host has asked for TLS");
  }
  const bool is_unix = field(2) == "unix";
  if (!is_unix && field(2) != "tcp") return Bad(Concat("it listens on ", field(2), ", not on unix or tcp"));
  Handshake handshake{Concat(is_unix ? "unix:" : "", field(3)), ToPem(std::string(field(5)))};
  if (const auto checked = goplugin::CheckCertificate(handshake.certificate); !checked.has_value()) {
    return Bad(Concat("the certificate in its handshake cannot be read: ", checked.error().message));
  }
  return handshake;
}

// What it wrote to standard error beside its log, whose records are lines of JSON: a panic.
std::string LastWords(const Child& child) {
  const std::string output = child.ErrorOutput();
  std::string words;
  for (const std::string_view line : Split(output, '\n')) {
    if (!line.empty() && line.find("{\"@") == line.npos) words += Concat("\n", line);
  }
  return words.empty() ? "." : Concat(". The last that it wrote to standard error:", Readable(words));
}

}  // namespace

Result<std::unique_ptr<Plugin>> Plugin::Start(PluginOptions options) {
  // What fails is told by the call; gRPC would print it as well.
  gpr_set_log_verbosity(static_cast<gpr_log_severity>(GPR_LOG_SEVERITY_ERROR + 1));
  if (!options.key_pair.has_value()) {
    TFCPP_ASSIGN_OR_RETURN(options.key_pair, goplugin::MakeKeyPair(std::chrono::system_clock::now()));
  }
  TFCPP_ASSIGN_OR_RETURN(
      auto child,
      Child::Start(options.program, {Concat(goplugin::kCookieName, "=", goplugin::kCookie),
                                     "PLUGIN_PROTOCOL_VERSIONS=5,6", "PLUGIN_MIN_PORT=10000", "PLUGIN_MAX_PORT=25000",
                                     Concat("PLUGIN_CLIENT_CERT=", options.key_pair->certificate_pem)}));
  std::unique_ptr<Plugin> plugin(new Plugin(std::move(child)));
  if (auto connected = plugin->Connect(options); !connected.has_value()) {
    return Bad(Concat(options.program, ": ", connected.error().message));
  }
  return plugin;
}

Result<void> Plugin::Connect(const PluginOptions& options) {
  const std::string line = child_->AwaitLine(options.limit);
  if (line.empty()) {
    if (child_->AwaitEnd(kUntilItIsSeen)) {
      return Bad(Concat("it ", child_->HowItEnded(), " before the handshake", LastWords(*child_)));
    }
    return Bad(
        Concat("it gave no handshake within ", std::to_string(options.limit.count() / 1000), " s", LastWords(*child_)));
  }
  TFCPP_ASSIGN_OR_RETURN(const Handshake handshake, ReadHandshake(line));
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = handshake.certificate;
  tls.pem_cert_chain = options.key_pair->certificate_pem;
  tls.pem_private_key = std::string(options.key_pair->private_key_pem.Reveal());
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride("localhost");
  arguments.SetMaxReceiveMessageSize(kMessageLimit);
  arguments.SetMaxSendMessageSize(kMessageLimit);
  channel_ = grpc::CreateCustomChannel(handshake.target, grpc::SslCredentials(tls), arguments);
  Open(channel_, options.limit);
  stdio_ = plugin::GRPCStdio::NewStub(channel_);
  stdio_reader_ = std::jthread([this] {
    const auto reader = stdio_->StreamStdio(&stdio_context_, plugin::Empty());
    for (plugin::StdioData data; reader->Read(&data);) {
    }
    reader->Finish();
  });
  return {};
}

std::string Plugin::FindReason() const {
  return child_->AwaitEnd(kUntilItIsSeen) ? Concat("the provider's process ", child_->HowItEnded(), LastWords(*child_))
                                          : std::string();
}

Plugin::~Plugin() {
  if (channel_ == nullptr) return;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kGoodbye);
  plugin::Empty answer;
  plugin::GRPCController::NewStub(channel_)->Shutdown(&context, plugin::Empty(), &answer);
  stdio_context_.TryCancel();
  child_->AwaitEnd(kGoodbye);
}

}  // namespace tfcpp::host
