// SPDX-License-Identifier: Apache-2.0
// The plugin's side of mutual TLS: a certificate made for this process alone. The only file of this layer with OpenSSL.
//
// Facts (measured): the host checks the certificate against the one in the handshake line and wants DNS:localhost as
// subjectAltName; P-256 is the cheapest key. The host's own certificate is P-521, which needs TLS 1.3.
//
// Thread safety: safe to use from several threads once InitOpenSsl() has returned.
#pragma once

#include <chrono>
#include <string>

#include "tfcpp/base/result.h"
#include "tfcpp/base/secret.h"

namespace tfcpp::goplugin {

struct KeyPair {
  std::string certificate_pem;
  Secret private_key_pem;
  std::string certificate_base64;  // DER, standard alphabet, no padding: the form of the handshake line
};

// Keeps OpenSSL from reading openssl.cnf, which costs time and may load modules. Call it before anything uses OpenSSL.
void InitOpenSsl();

// Valid from 30 s before `now`, for 30 years: a clock that differs a little must not refuse it. Errors are kInternal.
Result<KeyPair> MakeKeyPair(std::chrono::system_clock::time_point now);

// Whether gRPC will take `pem` for the certificate that the host signs in with, which decides before it is told where
// to dial. Errors are kInvalidArgument, with OpenSSL's reason.
Result<void> CheckCertificate(const std::string& pem);

}  // namespace tfcpp::goplugin
