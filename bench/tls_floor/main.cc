// tls_floor: the least that mutual TLS costs at the start of a program. Makes a P-256 key and a certificate, loads both
// into an SSL_CTX, prints a line. Static like the provider, but nothing else of it: what the provider's start is
// measured against.
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <string_view>

namespace {

// What goes out of scope at the end of main is left to the kernel, as in the provider.
bool Make() {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_NAME* name = X509_get_subject_name(certificate);
  const auto* host = reinterpret_cast<const unsigned char*>("localhost");
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  return key != nullptr && X509_set_version(certificate, X509_VERSION_3) == 1 &&
         X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1 &&
         X509_gmtime_adj(X509_getm_notBefore(certificate), 0) != nullptr &&
         X509_gmtime_adj(X509_getm_notAfter(certificate), 3600) != nullptr &&
         X509_set_pubkey(certificate, key) == 1 && X509_sign(certificate, key, EVP_sha256()) > 0 &&
         context != nullptr && SSL_CTX_use_certificate(context, certificate) == 1 &&
         SSL_CTX_use_PrivateKey(context, key) == 1;
}

}  // namespace

int main() {
  if (!Make()) return 1;
  constexpr std::string_view kLine = "ready\n";
  if (write(STDOUT_FILENO, kLine.data(), kLine.size()) < 0) return 1;
  _exit(0);
}
