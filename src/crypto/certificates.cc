#include "crypto/certificates.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "crypto/openssl.h"

namespace tfcpp::crypto {
namespace {

constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view kEnd = "-----END CERTIFICATE-----";

bool IsCertificate(std::string_view block) {
  const auto reader = ReaderOf(block);
  const std::unique_ptr<X509, Free<X509_free>> certificate(PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();  // this thread's queue is shared with TLS, which would read our failures as its own
  return certificate != nullptr;
}

}  // namespace

std::vector<std::string> CertificatesIn(std::string_view text) {
  std::vector<std::string> certificates;
  for (auto begin = text.find(kBegin); begin != text.npos; begin = text.find(kBegin, begin + kBegin.size())) {
    const auto end = text.find(kEnd, begin);
    if (end == text.npos) break;
    const std::string_view block = text.substr(begin, end + kEnd.size() - begin);
    if (IsCertificate(block)) certificates.push_back(std::string(block) + "\n");
  }
  return certificates;
}

}  // namespace tfcpp::crypto
