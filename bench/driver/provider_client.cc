#include "provider_client.h"

#include <stdexcept>

#include "tfcpp/base/file.h"

namespace bench {
namespace {

std::string TextOf(const std::string& path) {
  auto text = tfcpp::ReadFile(path, tfcpp::kMaxSettingsFile);
  if (!text.has_value()) throw std::runtime_error(path + " " + text.error().message);
  return *std::move(text);
}

}  // namespace

double MillisecondsBetween(std::chrono::steady_clock::time_point begin, std::chrono::steady_clock::time_point end) {
  return std::chrono::duration<double, std::milli>(end - begin).count();
}

ProviderClient::ProviderClient(const std::string& program, const std::string& certificate_file,
                               const std::string& key_file) {
  tfcpp::host::PluginOptions options{.program = program};
  options.key_pair = tfcpp::goplugin::KeyPair{.certificate_pem = TextOf(certificate_file),
                                              .private_key_pem = tfcpp::Secret(TextOf(key_file)),
                                              .certificate_base64 = ""};
  auto plugin = tfcpp::host::Plugin::Start(std::move(options));
  if (!plugin.has_value()) throw std::runtime_error(plugin.error().message);
  plugin_ = *std::move(plugin);
}

double ProviderClient::line_ms() const {
  return MillisecondsBetween(plugin_->child().begin(), plugin_->child().line_at());
}

double ProviderClient::GetSchema() const {
  const auto response = Call(&tfplugin6::Provider::Stub::GetProviderSchema, tfplugin6::GetProviderSchema_Request());
  if (response.resource_schemas().empty()) throw std::runtime_error("the schema has no resource");
  return MillisecondsBetween(plugin_->child().begin(), std::chrono::steady_clock::now());
}

}  // namespace bench
