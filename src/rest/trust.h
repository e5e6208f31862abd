// SPDX-License-Identifier: Apache-2.0
// Trust: which certificate authorities count, from what is configured and where distributions keep theirs.
//
// Reads files; no state. Thread safety: free functions only.
#pragma once

#include "crypto/trust_store.h"
#include "rest/curl_transport.h"
#include "tfcpp/base/result.h"

namespace tfcpp::rest {

// The authorities of SSL_CERT_FILE, or else of the distribution's bundle; besides them those of extra_ca_file and of
// the folders of SSL_CERT_DIR. A file that is named must be usable; in a folder, what is no certificate is passed over.
// Errors: kUnavailable with the reason "tls", when there is nothing to trust, a file that is named cannot be used, or
// files are larger than 16 MiB (those of all folders together). Where nothing is verified, none is looked for.
Result<crypto::TrustStore> FindTrust(const CurlOptions& options);

}  // namespace tfcpp::rest
