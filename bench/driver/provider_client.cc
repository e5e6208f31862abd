#include "provider_client.h"

#include <stdexcept>
#include <vector>

#include "tfcpp/base/file.h"
#include "tfcpp/base/strings.h"

namespace bench {
namespace {

std::string TextOf(const std::string& path) {
  auto text = tfcpp::ReadFile(path, tfcpp::kMaxSettingsFile);
  if (!text.has_value()) throw std::runtime_error(path + " " + text.error().message);
  return *std::move(text);
}

std::vector<std::string> HostEnvironment(const std::string& certificate) {
  return {"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
          "PLUGIN_PROTOCOL_VERSIONS=6", "PLUGIN_CLIENT_CERT=" + certificate};
}

// The handshake line leaves the padding out.
std::string ToPem(std::string base64) {
  while (base64.size() % 4 != 0) base64 += '=';
  std::string pem = "-----BEGIN CERTIFICATE-----\n";
  for (std::size_t at = 0; at < base64.size(); at += 64) pem += base64.substr(at, 64) + "\n";
  return pem + "-----END CERTIFICATE-----\n";
}

}  // namespace

ProviderClient::ProviderClient(const std::string& program, const std::string& certificate_file,
                               const std::string& key_file)
    : certificate_(TextOf(certificate_file)), process_(program, HostEnvironment(certificate_)) {
  // 1|6|unix|/tmp/x/plugin|grpc|<certificate>
  const auto fields = tfcpp::Split(process_.line(), '|');
  if (fields.size() != 6 || fields[2] != "unix") throw std::runtime_error("not a handshake: " + process_.line());
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = ToPem(std::string(fields[5]));
  options.pem_cert_chain = certificate_;
  options.pem_private_key = TextOf(key_file);
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride("localhost");
  stub_ = tfplugin6::Provider::NewStub(
      grpc::CreateCustomChannel(tfcpp::Concat("unix:", fields[3]), grpc::SslCredentials(options), arguments));
}

double ProviderClient::GetSchema() const {
  const auto response = Call(&tfplugin6::Provider::Stub::GetProviderSchema, tfplugin6::GetProviderSchema_Request());
  if (response.resource_schemas().empty()) throw std::runtime_error("the schema has no resource");
  return MillisecondsSince(process_.begin());
}

}  // namespace bench
