// Trust: which certificate authorities count, from what is configured and where distributions keep theirs.
//
// Reads files; no state. Thread safety: free functions only.
#pragma once

#include <string>

#include "base/result.h"
#include "http/curl_transport.h"

namespace tfcpp::http {

// Whom to trust. At most one of the two is set; neither when nothing is verified.
struct Trust {
  std::string file;    // libcurl parses it once for all connections
  std::string bundle;  // PEM text of several files: parsed for each connection
};

// The authorities of SSL_CERT_FILE, or else of the distribution's bundle; besides them those of ca_cert_file and of the
// folders of SSL_CERT_DIR. A file that is named must be usable; in a folder, what is no certificate is passed over.
// Errors: kUnavailable with the reason "tls", when there is nothing to trust, a file that is named cannot be used, or
// files are larger than 16 MiB (those of all folders together).
Result<Trust> FindTrust(const CurlOptions& options);

}  // namespace tfcpp::http
