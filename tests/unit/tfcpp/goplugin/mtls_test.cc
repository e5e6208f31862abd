// The certificate, as OpenSSL reads it: what a host looks at.
#include "tfcpp/goplugin/mtls.h"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "tfcpp/goplugin/services.h"

namespace tfcpp::goplugin {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Deleter<GENERAL_NAMES_free>>;

const system_clock::time_point kNow = sys_days(2026y / January / 2) + 3h;

class MakeKeyPairTest : public ::testing::Test {
 protected:
  void SetUp() override {
    InitOpenSsl();
    auto made = MakeKeyPair(kNow);
    ASSERT_TRUE(made.has_value());
    key_pair_ = *std::move(made);
    const Bio certificate(BIO_new_mem_buf(key_pair_.certificate_pem.data(), -1));
    certificate_.reset(PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr));
    ASSERT_NE(certificate_, nullptr);
    const Bio key(BIO_new_mem_buf(key_pair_.private_key_pem.Reveal().data(), -1));
    key_.reset(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr));
    ASSERT_NE(key_, nullptr);
  }
  KeyPair key_pair_;
  Certificate certificate_;
  Key key_;
};

TEST_F(MakeKeyPairTest, IsSignedByItself) {
  EXPECT_EQ(X509_verify(certificate_.get(), key_.get()), 1);
  EXPECT_EQ(X509_check_private_key(certificate_.get(), key_.get()), 1);
  EXPECT_EQ(X509_NAME_cmp(X509_get_subject_name(certificate_.get()), X509_get_issuer_name(certificate_.get())), 0);
  EXPECT_NE(X509_get_extension_flags(certificate_.get()) & EXFLAG_CA, 0u);
  EXPECT_EQ(X509_get_version(certificate_.get()), X509_VERSION_3);
}

TEST_F(MakeKeyPairTest, HasAP256Key) {
  char group[32] = "";
  std::size_t size = 0;
  EXPECT_EQ(EVP_PKEY_get_group_name(key_.get(), group, sizeof(group), &size), 1);
  EXPECT_STREQ(group, "prime256v1");
}

TEST_F(MakeKeyPairTest, IsForLocalhostOnly) {
  EXPECT_EQ(X509_check_host(certificate_.get(), "localhost", 0, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr), 1);
  EXPECT_EQ(X509_check_host(certificate_.get(), "example.com", 0, 0, nullptr), 0);
  const Names names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate_.get(), NID_subject_alt_name, nullptr, nullptr)));
  ASSERT_NE(names, nullptr);
  EXPECT_EQ(sk_GENERAL_NAME_num(names.get()), 1);
}

TEST_F(MakeKeyPairTest, MayBeUsedByServerAndClient) {
  EXPECT_EQ(X509_get_extended_key_usage(certificate_.get()), static_cast<unsigned>(XKU_SSL_SERVER | XKU_SSL_CLIENT));
  const auto usage = static_cast<unsigned>(KU_DIGITAL_SIGNATURE | KU_KEY_CERT_SIGN);
  EXPECT_EQ(X509_get_key_usage(certificate_.get()) & usage, usage);
}

TEST_F(MakeKeyPairTest, ToleratesAClockThatDiffersALittle) {
  const auto compare = [](const ASN1_TIME* time, system_clock::time_point expected) {
    return ASN1_TIME_cmp_time_t(time, system_clock::to_time_t(expected));
  };
  EXPECT_EQ(compare(X509_get0_notBefore(certificate_.get()), kNow - 30s), 0);
  EXPECT_EQ(compare(X509_get0_notAfter(certificate_.get()), kNow + days(30 * 365)), 0);
}

TEST_F(MakeKeyPairTest, Base64IsTheSameCertificateWithoutPadding) {
  std::string text = key_pair_.certificate_base64;
  EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"), text.npos);
  std::size_t padding = 0;
  for (; text.size() % 4 != 0; ++padding) text += '=';
  std::vector<unsigned char> der(text.size());
  const int size =
      EVP_DecodeBlock(der.data(), reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  ASSERT_GT(size, 0);
  const unsigned char* data = der.data();
  const Certificate decoded(d2i_X509(nullptr, &data, size - static_cast<long>(padding)));
  ASSERT_NE(decoded, nullptr);
  EXPECT_EQ(X509_cmp(decoded.get(), certificate_.get()), 0);
}

TEST_F(MakeKeyPairTest, IsNewEachTime) {
  const auto other = MakeKeyPair(kNow);
  EXPECT_NE(other->certificate_base64, key_pair_.certificate_base64);
  EXPECT_NE(other->private_key_pem, key_pair_.private_key_pem);
}

TEST(MakeKeyPairEveryTest, LengthsOfBase64NeverNeedPadding) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(MakeKeyPair(kNow)->certificate_base64.find('='), std::string::npos);
}

TEST_F(MakeKeyPairTest, TheHostsCertificateIsCheckedAsGrpcDoes) {
  const std::string good = key_pair_.certificate_pem;
  std::string damaged = good;
  damaged[damaged.size() / 2] = '!';
  const struct {
    const char* what;
    std::string pem;
    bool ok;
  } rows[] = {
      {"one", good, true},
      {"two", good + good, true},
      {"with text around it", "subject=CN = localhost\n" + good + "\n\n", true},
      {"without its last line end", good.substr(0, good.size() - 1), true},
      {"with the line ends of Windows", std::regex_replace(good, std::regex("\n"), "\r\n"), true},
      {"none", "no certificate", false},
      {"blanks", " \n", false},
      {"cut in the middle", good.substr(0, good.size() / 2), false},
      {"without its end", good.substr(0, good.find("-----END")), false},
      {"line ends lost", std::regex_replace(good, std::regex("\n"), " "), false},
      {"damaged", damaged, false},
      {"empty", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", false},
      {"not DER", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", false},
      {"a key", key_pair_.private_key_pem.Reveal(), false},
      {"a good one and a damaged one", good + damaged, true},
      {"a damaged one and a good one", damaged + good, false},
  };
  for (const auto& row : rows) {
    const Result<void> checked = CheckCertificate(row.pem);
    EXPECT_EQ(checked.has_value(), row.ok) << row.what;
    EXPECT_TRUE(checked.has_value() || !checked.error().message.empty()) << row.what;
    // As gRPC's server takes it.
    grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_key_cert_pairs.push_back({key_pair_.private_key_pem.Reveal(), key_pair_.certificate_pem});
    options.pem_root_certs = row.pem;
    Controller some_service([] {});
    grpc::ServerBuilder builder;
    builder.RegisterService(&some_service);
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(options));
    EXPECT_EQ(builder.BuildAndStart() != nullptr, row.ok) << row.what;
  }
}

}  // namespace
}  // namespace tfcpp::goplugin
