#include "mlflow_server/config.h"

#include <filesystem>
#include <functional>
#include <utility>
#include <variant>

#include "mlflow_server/address.h"
#include "mlflow_server/attributes.h"
#include "mlflow_server/credentials.h"
#include "tfcpp/base/file.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::mlflow_server {
namespace {

Error Invalid(std::string message) { return {.code = ErrorCode::kInvalidArgument, .message = std::move(message)}; }

bool IsCredential(std::string_view name) {
  return name == "tracking_username" || name == "tracking_password" || name == "tracking_token";
}

Result<void> Set(Config& config, const AttributeInfo& info, std::string_view given, std::string source) {
  const std::string_view text = Trimmed(info.text, given);
  if (text.empty() || config.IsSet(info.name)) return {};
  std::string wrong(FaultOf(info.text, text));
  if (wrong.empty()) {
    wrong = std::visit([&](auto member) { return AssignText(text, config.*member); }, info.target);
  }
  if (!wrong.empty()) return Invalid(Concat(info.name, " in ", source, " ", wrong, "."));
  config.sources.emplace(info.name, std::move(source));
  return {};
}

// The value of an attribute at one level.
using Level = std::function<Sourced(const AttributeInfo& info)>;

Credentials CredentialsOf(const Level& level) {
  Credentials found;
  for (const AttributeInfo& info : Attributes()) {
    const auto value = [&] {
      Sourced given = level(info);
      given.text = Secret(std::string(Trimmed(info.text, given.text.Reveal())));
      return given;
    };
    if (info.name == "tracking_username") found.username = value();
    if (info.name == "tracking_password") found.password = value();
    if (info.name == "tracking_token") found.token = value();
  }
  return found;
}

// The registry's address is where MLflow's own clients look for webhooks.
Result<void> TakeRegistryAddress(Config& config, const Environment& environment) {
  const std::string address = FindVariable(environment, "MLFLOW_REGISTRY_URI").value_or("");
  if (!IsServerAddress(address)) return {};
  return Set(config, Attributes().front(), address, "the variable MLFLOW_REGISTRY_URI");
}

Result<void> SettleAddress(Config& config) {
  if (config.tracking_uri.empty()) return {};
  auto address = NormaliseAddress(config.tracking_uri);
  if (!address.has_value()) {
    return Invalid(Concat("tracking_uri from ", config.sources["tracking_uri"], " ", address.error().message));
  }
  config.tracking_uri = *std::move(address);
  return {};
}

Error UnusableFile(const Config& config, std::string_view attribute, std::string_view path, std::string_view what) {
  return Invalid(Concat(attribute, " from ", config.sources.find(attribute)->second, ": ", path, " ", what,
                        ". Name one PEM file that holds it all."));
}

// Whether there is a file. What it holds is read when it is needed: a pipe can be read once.
Result<void> CheckServerCertificates(const Config& config) {
  constexpr std::string_view kName = "tracking_server_cert_path";
  std::error_code ignored;
  const auto status = std::filesystem::status(config.tracking_server_cert_path, ignored);
  if (std::filesystem::is_directory(status)) {
    return UnusableFile(config, kName, config.tracking_server_cert_path, "is a folder, not a file");
  }
  if (!std::filesystem::exists(status)) {
    return UnusableFile(config, kName, config.tracking_server_cert_path, "does not exist");
  }
  return {};
}

Result<void> ReadClientCertificate(Config& config) {
  constexpr std::string_view kName = "tracking_client_cert_path";
  constexpr std::size_t kMaxCertificates = 16u << 20;  // bytes
  auto pem = ReadFile(config.tracking_client_cert_path, kMaxCertificates);
  if (!pem.has_value()) return UnusableFile(config, kName, config.tracking_client_cert_path, pem.error().message);
  for (const auto& [mark, what] : {std::pair{"CERTIFICATE-----", "holds no certificate in PEM form"},
                                   {"PRIVATE KEY-----", "holds no private key in PEM form"}}) {
    if (pem->find(mark) == std::string::npos) {
      return UnusableFile(config, kName, config.tracking_client_cert_path, what);
    }
  }
  config.client_certificate = Secret(*std::move(pem));
  return {};
}

Result<void> CheckTls(Config& config) {
  if (config.tracking_insecure_tls && config.IsSet("tracking_server_cert_path")) {
    return Invalid(Concat("tracking_insecure_tls from ", config.sources["tracking_insecure_tls"],
                          " and tracking_server_cert_path from ", config.sources["tracking_server_cert_path"],
                          " contradict each other: the one turns off what the other is for. Remove one of them."));
  }
  if (config.IsSet("tracking_server_cert_path")) TFCPP_RETURN_IF_ERROR(CheckServerCertificates(config));
  if (config.IsSet("tracking_client_cert_path")) TFCPP_RETURN_IF_ERROR(ReadClientCertificate(config));
  return {};
}

Result<void> CheckWorkspace(const Config& config) {
  if (!config.IsSet("tracking_workspace")) return {};
  const std::string_view fault = FindWorkspaceNameFault(config.tracking_workspace);
  if (fault.empty()) return {};
  return Invalid(
      Concat("tracking_workspace from ", config.sources.find("tracking_workspace")->second, " ", fault, "."));
}

void Warn(Config& config) {
  const Url url = Url::Split(config.tracking_uri);
  const bool has_credentials = !config.tracking_username.empty() || !config.tracking_token.empty();
  if (has_credentials && url.HasScheme("http") && !IsThisMachine(url.host)) {
    config.warnings.push_back(Concat("The credentials for the MLflow server go to ", config.tracking_uri, " (from ",
                                     config.sources["tracking_uri"],
                                     ") without encryption: anybody on the way can read them. Use https."));
  }
  if (config.tracking_insecure_tls) {
    config.warnings.emplace_back(
        "tracking_insecure_tls is set, so TLS certificates of the MLflow server are not verified and anybody on the "
        "way can read the credentials. To trust a certificate authority of your own, set tracking_server_cert_path "
        "instead.");
  }
}

void NoteUnsupported(Config& config, const Environment& environment) {
  bool signs = false;
  const auto signature = FindVariable(environment, "MLFLOW_TRACKING_AWS_SIGV4");
  if (signature.has_value() && (!AssignText(*signature, signs).empty() || signs)) {
    config.unsupported.emplace_back("MLFLOW_TRACKING_AWS_SIGV4");
  }
  if (FindVariable(environment, "MLFLOW_TRACKING_AUTH").has_value()) {
    config.unsupported.emplace_back("MLFLOW_TRACKING_AUTH");
  }
}

}  // namespace

std::vector<Secret> Config::Secrets() const {
  std::vector<Secret> secrets;
  for (const Secret* secret : {&tracking_password, &tracking_token}) {
    if (!secret->empty()) secrets.push_back(*secret);
  }
  return secrets;
}

Result<Config> Resolve(const ConfigInput& input, const Environment& environment) {
  const Level block = [&](const AttributeInfo& info) {
    const auto given = input.find(info.name);
    return Sourced{given == input.end() ? Secret() : given->second, kFromBlock};
  };
  const Level variables = [&](const AttributeInfo& info) {
    const bool has_variable = !info.variable.empty();
    return Sourced{Secret(has_variable ? environment(info.variable).value_or("") : ""),
                   Concat("the variable ", info.variable)};
  };
  Config config;
  std::vector<Credentials> credentials{CredentialsOf(block), CredentialsOf(variables)};
  if (!Suffice(credentials)) {
    TFCPP_ASSIGN_OR_RETURN(Credentials in_file, ReadCredentialsFile(environment));
    credentials.push_back(std::move(in_file));
  }
  for (const Level& level : {block, variables}) {
    for (const AttributeInfo& info : Attributes()) {
      if (IsCredential(info.name)) continue;
      const Sourced value = level(info);
      TFCPP_RETURN_IF_ERROR(Set(config, info, value.text.Reveal(), value.source));
    }
    // After the block and before the other variables, of which MLFLOW_TRACKING_URI is one.
    TFCPP_RETURN_IF_ERROR(TakeRegistryAddress(config, environment));
  }
  TFCPP_RETURN_IF_ERROR(SettleAddress(config));
  TFCPP_RETURN_IF_ERROR(Choose(credentials, config));
  TFCPP_RETURN_IF_ERROR(CheckTls(config));
  TFCPP_RETURN_IF_ERROR(CheckWorkspace(config));
  if (config.http_timeout.count() == 0) return Invalid("http_timeout_seconds must be at least 1.");
  Warn(config);
  NoteUnsupported(config, environment);
  return config;
}

std::string OriginOf(const Config& config) {
  const auto source = [&](std::string_view name) { return config.sources.find(name)->second; };
  std::string origin = "No credentials are set. Set tracking_username and tracking_password, or tracking_token.";
  if (config.IsSet("tracking_token")) {
    origin = Concat("The credentials are a token from ", source("tracking_token"), " (Bearer).");
  } else if (config.IsSet("tracking_username")) {
    origin = Concat("The credentials are a user name from ", source("tracking_username"), " and a password from ",
                    source("tracking_password"), " (HTTP Basic).");
  }
  if (!config.unsupported.empty()) {
    origin += Concat(" ", Join(config.unsupported, " and "), config.unsupported.size() == 1 ? " is" : " are",
                     " set, but not supported by this provider.");
  }
  return origin;
}

}  // namespace tfcpp::mlflow_server
