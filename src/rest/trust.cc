// SPDX-License-Identifier: Apache-2.0
#include "rest/trust.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <vector>

#include "tfcpp/base/file.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

using crypto::TrustStore;

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

Result<void> AddFile(const std::string& path, std::string_view named_by, TrustStore& trusted) {
  const auto text = ReadFile(path, kMaxCertificates);
  if (!text.has_value()) {
    return TrustError(
        Concat("The file of trusted certificates \"", path, "\" (", named_by, ") ", text.error().message, "."));
  }
  const auto [certificates, unreadable] = trusted.Add(*text);
  if (unreadable > 0) {
    return TrustError(Concat("The file \"", path, "\" (", named_by,
                             ") has a certificate that cannot be read. It may have been cut, or joined to another "
                             "without a line end between them."));
  }
  if (certificates > 0) return {};
  return TrustError(Concat("The file \"", path, "\" (", named_by, ") holds no certificate in PEM form."));
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

// Those of colon-separated folders, which hold a certificate often twice: as a file and as a link to it. The number of
// certificates found.
Result<int> AddFolders(std::string_view folders, TrustStore& trusted) {
  int added = 0;
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
      added += trusted.Add(*text).certificates;
    }
  }
  return added;
}

std::string DistributionsFile() {
  std::error_code ignored;
  const auto found = std::find_if(kCaFiles.begin(), kCaFiles.end(), [&](const char* path) {
    return std::filesystem::is_regular_file(path, ignored) && std::ifstream(path).is_open();
  });
  return found == kCaFiles.end() ? "" : *found;
}

}  // namespace

Result<TrustStore> FindTrust(const CurlOptions& options) {
  TrustStore trusted;
  if (!options.verify_tls) return trusted;
  const bool is_named = !options.ca_file.empty();
  const std::string file = is_named ? options.ca_file : DistributionsFile();
  if (!file.empty()) TFCPP_RETURN_IF_ERROR(AddFile(file, is_named ? options.ca_name : "of the distribution", trusted));
  if (!options.extra_ca_file.empty())
    TFCPP_RETURN_IF_ERROR(AddFile(options.extra_ca_file, options.extra_ca_name, trusted));
  TFCPP_ASSIGN_OR_RETURN(const int in_folders, AddFolders(options.ca_folders, trusted));
  if (file.empty() && options.extra_ca_file.empty() && in_folders == 0) {
    return TrustError(
        "No file of trusted certificates was found in the usual places, so no HTTPS host can be verified. Install the "
        "distribution's CA certificates, or set SSL_CERT_FILE to a PEM file.");
  }
  return trusted;
}

}  // namespace tfcpp::rest
