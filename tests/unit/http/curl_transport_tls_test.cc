// CurlTransport over TLS, with a certificate authority made for the run by the openssl program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "http/curl_transport.h"
#include "support/raw_server.h"

namespace tfcpp::http {
namespace {

using test::Ok;
using test::RawServer;
using ::testing::HasSubstr;

class CurlTransportTlsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    // Both ends write to sockets through OpenSSL, which cannot ask for errors instead; goplugin::Serve does
    // likewise.
    signal(SIGPIPE, SIG_IGN);
    std::string folder = ::testing::TempDir() + "tls-XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    const std::string make = "cd " + folder + R"( && make() { name=$1; shift
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout $name.key -out $name.pem \
          "$@" 2>>log; } &&
        make ca -subj /CN=test-ca && make other -subj /CN=other-ca &&
        make good -subj /CN=server -addext subjectAltName=IP:127.0.0.1 -CA ca.pem -CAkey ca.key &&
        make misnamed -subj /CN=127.0.0.2 -addext subjectAltName=IP:127.0.0.2 -CA ca.pem -CAkey ca.key)";
    ASSERT_EQ(std::system(make.c_str()), 0);
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }

  static std::string File(const std::string& name) { return folder_ + "/" + name; }

  // Answers one request over TLS with the certificate of that name.
  static RawServer::Script Secure(const std::string& name, int max_version = 0) {
    return [=](RawServer::Connection& c) {
      SSL_CTX* context = SSL_CTX_new(TLS_server_method());
      SSL_CTX_set_max_proto_version(context, max_version);
      SSL_CTX_set_security_level(context, 0);
      SSL_CTX_use_certificate_chain_file(context, File(name + ".pem").c_str());
      SSL_CTX_use_PrivateKey_file(context, File(name + ".key").c_str(), SSL_FILETYPE_PEM);
      SSL* ssl = SSL_new(context);
      SSL_set_fd(ssl, c.descriptor());
      char request[4096];
      if (SSL_accept(ssl) == 1 && SSL_read(ssl, request, sizeof(request)) > 0) {
        const std::string answer = Ok("{}");
        SSL_write(ssl, answer.data(), static_cast<int>(answer.size()));
        SSL_shutdown(ssl);
      }
      SSL_free(ssl);
      SSL_CTX_free(context);
    };
  }

  static Result<HttpResponse> Send(CurlOptions options, RawServer::Script script) {
    options.user_agent = "t";
    RawServer server({std::move(script)});
    CurlTransport transport(std::move(options));
    NullLogger log;
    return transport.Send(
        {{}, log}, {.method = Method::kPost, .url = "https://" + server.authority(), .effect = Effect::kCreates});
  }

  static inline std::string folder_;
};

TEST_F(CurlTransportTlsTest, TrustsTheGivenAuthority) {
  const auto outcome = Send({.ca_file = File("ca.pem")}, Secure("good"));
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_EQ(outcome->body, "{}");
}

TEST_F(CurlTransportTlsTest, TrustsAnotherFileBesides) {
  EXPECT_TRUE(Send({.extra_ca_file = File("ca.pem")}, Secure("good")).has_value());
  EXPECT_TRUE(Send({.ca_file = File("other.pem"), .extra_ca_file = File("ca.pem")}, Secure("good")).has_value());
  EXPECT_TRUE(Send({.ca_file = File("ca.pem"), .extra_ca_file = File("other.pem")}, Secure("good")).has_value());
}

TEST_F(CurlTransportTlsTest, NamesTheFileThatCannotBeUsed) {
  const auto missing = Send({.extra_ca_file = File("missing.pem")}, Secure("good"));
  EXPECT_THAT(missing.error().message, HasSubstr("missing.pem\" (ca_cert_file) cannot be read"));
  const auto key = Send({.extra_ca_file = "/dev/null"}, Secure("good"));
  EXPECT_THAT(key.error().message, HasSubstr("\"/dev/null\" (ca_cert_file) holds no certificate"));
}

TEST_F(CurlTransportTlsTest, TrustsAnyoneWhenToldTo) {
  EXPECT_TRUE(Send({.ca_file = File("other.pem"), .verify_tls = false}, Secure("misnamed")).has_value());
}

TEST_F(CurlTransportTlsTest, RefusesAndSaysThatNothingWasSent) {
  struct Case {
    const char* what;
    CurlOptions options;
    RawServer::Script script;
  };
  const Case kCases[] = {
      {"another authority", {.ca_file = File("other.pem")}, Secure("good")},
      {"the system's authorities", {}, Secure("good")},
      {"another name", {.ca_file = File("ca.pem")}, Secure("misnamed")},
      {"TLS 1.1", {.ca_file = File("ca.pem")}, Secure("good", TLS1_1_VERSION)},
      {"no file of that name", {.ca_file = File("missing.pem")}, Secure("good")},
      {"no TLS", {.ca_file = File("ca.pem")}, [](RawServer::Connection& c) { c.Write("HTTP/1.1 400 Bad\r\n\r\n"); }},
  };
  for (const Case& c : kCases) {
    const auto outcome = Send(c.options, c.script);
    ASSERT_FALSE(outcome.has_value()) << c.what;
    EXPECT_EQ(outcome.error().code, ErrorCode::kUnavailable) << c.what;
    EXPECT_EQ(outcome.error().reason, "tls") << c.what << ": " << outcome.error().message;
    EXPECT_FALSE(outcome.error().may_have_acted) << c.what;
  }
}

}  // namespace
}  // namespace tfcpp::http
