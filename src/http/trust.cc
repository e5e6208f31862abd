#include "http/trust.h"

#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "base/strings.h"

namespace tfcpp::http {
namespace {

// Where distributions keep the certificates that they trust: Debian, Ubuntu, Alpine, Arch; Fedora, RHEL; openSUSE;
// others.
constexpr std::array<const char*, 6> kCaFiles = {"/etc/ssl/certs/ca-certificates.crt",
                                                 "/etc/pki/tls/certs/ca-bundle.crt",
                                                 "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                                                 "/etc/ssl/ca-bundle.pem",
                                                 "/etc/ssl/cert.pem",
                                                 "/etc/pki/tls/cert.pem"};

Error TrustError(std::string message) {
  return {.code = ErrorCode::kUnavailable, .message = std::move(message), .reason = "tls"};
}

Result<std::string> ReadCertificates(const std::string& path, std::string_view named_by) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.good() && text.empty()) {
    return TrustError(Concat("The file of trusted certificates \"", path, "\" (", named_by, ") cannot be read."));
  }
  if (text.find("-----BEGIN ") == std::string::npos) {
    return TrustError(Concat("The file \"", path, "\" (", named_by, ") holds no certificate in PEM form."));
  }
  return text;
}

}  // namespace

Result<Trust> FindTrust(const CurlOptions& options) {
  if (!options.verify_tls) return Trust{};
  Trust trust{.file = options.ca_file, .bundle = {}};
  for (const char* path : kCaFiles) {
    if (trust.file.empty() && access(path, R_OK) == 0) trust.file = path;
  }
  if (trust.file.empty() && options.extra_ca_file.empty()) {
    return TrustError(
        "No file of trusted certificates was found in the usual places, so no HTTPS host can be verified. Install the "
        "distribution's CA certificates, or set SSL_CERT_FILE to a PEM file.");
  }
  if (!options.ca_file.empty()) TFCPP_RETURN_IF_ERROR(ReadCertificates(options.ca_file, "SSL_CERT_FILE"));
  if (options.extra_ca_file.empty()) return trust;
  TFCPP_ASSIGN_OR_RETURN(trust.bundle, ReadCertificates(options.extra_ca_file, "ca_cert_file"));
  if (!trust.file.empty()) {
    TFCPP_ASSIGN_OR_RETURN(const std::string system, ReadCertificates(trust.file, "of the distribution"));
    trust.bundle += Concat("\n", system);
    trust.file.clear();
  }
  return trust;
}

}  // namespace tfcpp::http
