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

// Errors: kUnavailable with the reason "tls", when there is nothing to trust or a file that is named cannot be used.
Result<Trust> FindTrust(const CurlOptions& options);

}  // namespace tfcpp::http
