#include "http/trust.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/strings.h"
#include "crypto/certificates.h"

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

constexpr std::size_t kMaxCertificates = 16u << 20;  // bytes

Error TrustError(std::string message) {
  return {.code = ErrorCode::kUnavailable, .message = std::move(message), .reason = "tls"};
}

Result<std::string> ReadCertificates(const std::string& path, std::string_view named_by) {
  auto text = ReadFile(path, kMaxCertificates);
  if (!text.has_value()) {
    return TrustError(
        Concat("The file of trusted certificates \"", path, "\" (", named_by, ") ", text.error().message, "."));
  }
  if (text->find("-----BEGIN ") == std::string::npos) {
    return TrustError(Concat("The file \"", path, "\" (", named_by, ") holds no certificate in PEM form."));
  }
  return text;
}

// Every file of a folder, whatever its name, in order. None of a folder that cannot be listed.
std::vector<std::filesystem::path> FilesOf(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  const std::filesystem::directory_iterator end;
  for (std::filesystem::directory_iterator entry(folder, failed); !failed && entry != end; entry.increment(failed)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored)) files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The certificates in colon-separated folders. A certificate is often there twice: as a file and as a link to it.
Result<std::set<std::string>> CertificatesOfFolders(std::string_view folders) {
  std::set<std::string> certificates;
  std::size_t left = kMaxCertificates;
  for (const std::string_view folder : Split(folders, ':')) {
    for (const std::filesystem::path& file : FilesOf(folder)) {
      const auto text = ReadFile(file, left);
      if (!text.has_value()) {
        if (text.error().code != ErrorCode::kResourceExhausted) continue;
        return TrustError(Concat("The folders of trusted certificates \"", folders,
                                 "\" (SSL_CERT_DIR) hold more than 16 MiB. Keep only certificates in them."));
      }
      left -= text->size();
      for (std::string& certificate : crypto::CertificatesIn(*text)) certificates.insert(std::move(certificate));
    }
  }
  return certificates;
}

std::string DistributionsFile() {
  std::error_code ignored;
  const auto found = std::find_if(kCaFiles.begin(), kCaFiles.end(), [&](const char* path) {
    return access(path, R_OK) == 0 && std::filesystem::is_regular_file(path, ignored);
  });
  return found == kCaFiles.end() ? "" : *found;
}

// What is trusted besides the one file.
Result<std::string> FindMore(const CurlOptions& options) {
  std::string more;
  if (!options.extra_ca_file.empty()) {
    TFCPP_ASSIGN_OR_RETURN(more, ReadCertificates(options.extra_ca_file, "ca_cert_file"));
    more += "\n";
  }
  TFCPP_ASSIGN_OR_RETURN(const auto certificates, CertificatesOfFolders(options.ca_folders));
  for (const std::string& certificate : certificates) more += certificate;
  return more;
}

}  // namespace

Result<Trust> FindTrust(const CurlOptions& options) {
  if (!options.verify_tls) return Trust{};
  const std::string file = options.ca_file.empty() ? DistributionsFile() : options.ca_file;
  TFCPP_ASSIGN_OR_RETURN(std::string more, FindMore(options));
  if (file.empty() && more.empty()) {
    return TrustError(
        "No file of trusted certificates was found in the usual places, so no HTTPS host can be verified. Install the "
        "distribution's CA certificates, or set SSL_CERT_FILE to a PEM file.");
  }
  if (file.empty() || (options.ca_file.empty() && more.empty())) return Trust{.file = file, .bundle = std::move(more)};
  TFCPP_ASSIGN_OR_RETURN(const std::string text,
                         ReadCertificates(file, options.ca_file.empty() ? "of the distribution" : "SSL_CERT_FILE"));
  std::error_code ignored;
  // A pipe cannot be read again.
  if (more.empty() && std::filesystem::is_regular_file(file, ignored)) return Trust{.file = file, .bundle = {}};
  return Trust{.file = {}, .bundle = Concat(text, "\n", more)};
}

}  // namespace tfcpp::http
