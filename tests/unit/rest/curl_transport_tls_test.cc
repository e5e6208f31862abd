// CurlTransport over TLS, with a certificate authority made for the run by the openssl program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include "rest/curl_transport.h"
#include "support/raw_server.h"

namespace tfcpp::rest {
namespace {

using test::Ok;
using test::RawServer;
using ::testing::HasSubstr;

class CurlTransportTlsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    // Both ends write to sockets through OpenSSL, which cannot ask for errors instead; goplugin::Serve does likewise.
    signal(SIGPIPE, SIG_IGN);
    std::string folder = ::testing::TempDir() + "tls-XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    const std::string make = "cd " + folder + R"( && make() { name=$1; shift
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout $name.key -out $name.pem \
          "$@" 2>>log; } &&
        make ca -subj /CN=test-ca && make other -subj /CN=other-ca &&
        make good -subj /CN=server -addext subjectAltName=IP:127.0.0.1 -CA ca.pem -CAkey ca.key &&
        make misnamed -subj /CN=127.0.0.2 -addext subjectAltName=IP:127.0.0.2 -CA ca.pem -CAkey ca.key &&
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout expired.key -out csr -subj /CN=me 2>>log &&
        openssl x509 -req -in csr -days -1 -CA ca.pem -CAkey ca.key -out expired.pem 2>>log &&
        cp expired.key early.key && touch index && echo 01 >serial && printf '%s\n' '[ca]' 'database=index' \
          'serial=serial' 'new_certs_dir=.' 'default_md=sha256' 'policy=any' '[any]' 'commonName=supplied' >ca.cnf &&
        openssl ca -batch -notext -config ca.cnf -name ca -startdate 20900101000000Z -enddate 20910101000000Z -in csr \
          -cert ca.pem -keyfile ca.key -out early.pem 2>>log)";
    ASSERT_EQ(std::system(make.c_str()), 0);
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }

  static std::string File(const std::string& name) { return folder_ + "/" + name; }

  static std::string TextOf(const std::string& name) {
    std::ostringstream all;
    all << std::ifstream(File(name)).rdbuf();
    return all.str();
  }

  // Answers one request over TLS with the certificate of that name. `asks`: only who shows one of the authority's.
  // `resets`: whom it does not let in finds the connection closed, perhaps before it has sent its request.
  static RawServer::Script Secure(const std::string& name, int max_version = 0, bool asks = false,
                                  bool resets = false) {
    return [=](RawServer::Connection& c) {
      SSL_CTX* context = SSL_CTX_new(TLS_server_method());
      SSL_CTX_set_max_proto_version(context, max_version);
      SSL_CTX_set_security_level(context, 0);
      SSL_CTX_use_certificate_chain_file(context, File(name + ".pem").c_str());
      SSL_CTX_use_PrivateKey_file(context, File(name + ".key").c_str(), SSL_FILETYPE_PEM);
      SSL_CTX_load_verify_locations(context, File("ca.pem").c_str(), nullptr);
      if (asks) SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
      SSL* ssl = SSL_new(context);
      SSL_set_fd(ssl, c.descriptor());
      char request[4096];
      if (SSL_accept(ssl) == 1 && SSL_read(ssl, request, sizeof(request)) > 0) {
        const std::string answer = Ok("{}");
        SSL_write(ssl, answer.data(), static_cast<int>(answer.size()));
        SSL_shutdown(ssl);
      }
      // What has come and nobody read would reset the connection.
      shutdown(c.descriptor(), SHUT_WR);
      while (!resets && read(c.descriptor(), request, sizeof(request)) > 0) continue;
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

constexpr char kTrust[] = "Set this_one.";
constexpr char kShow[] = "Set that_one.";
std::string AdviceIn(const Error& error) {
  const std::size_t at = error.message.find(" Set ");
  return at == error.message.npos ? "" : error.message.substr(at + 1);
}

TEST_F(CurlTransportTlsTest, TrustsTheGivenAuthority) {
  const auto outcome = Send({.ca_file = File("ca.pem")}, Secure("good"));
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_EQ(outcome->body, "{}");
}

TEST_F(CurlTransportTlsTest, ShowsItsOwnCertificateWhereItIsAskedFor) {
  const auto with = [](const std::string& pem, int max_version = 0) {
    return Send({.ca_file = File("ca.pem"),
                 .client_certificate = Secret(pem),
                 .if_untrusted = kTrust,
                 .if_certificate_refused = kShow},
                Secure("good", max_version, true));
  };
  const std::string good = TextOf("good.pem");
  EXPECT_TRUE(with(good + TextOf("good.key")).has_value());
  EXPECT_TRUE(with(TextOf("good.key") + good).has_value());
  const std::string other = TextOf("other.pem") + TextOf("other.key");
  const std::string expired = TextOf("expired.pem") + TextOf("expired.key");
  const struct {
    std::string pem;
    int max_version;
  } kRefused[] = {{"", 0}, {other, 0}, {expired, 0}, {other, TLS1_2_VERSION}, {expired, TLS1_2_VERSION}};
  for (const auto& row : kRefused) {
    const auto outcome = with(row.pem, row.max_version);
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().reason, "tls") << outcome.error().message;
    EXPECT_FALSE(outcome.error().may_have_acted);
    EXPECT_THAT(outcome.error().message, HasSubstr("refuses the certificate of this machine, or wants one"));
    EXPECT_EQ(AdviceIn(outcome.error()), kShow);
  }
  // A key of another certificate, and one with a pass phrase, for which nobody is asked on a terminal.
  const std::string encrypt =
      "cd " + folder_ + " && openssl ec -aes256 -passout pass:x -in good.key -out locked.key 2>>log";
  ASSERT_EQ(std::system(encrypt.c_str()), 0);
  for (const std::string& key : {TextOf("other.key"), TextOf("locked.key")}) {
    const auto outcome = with(good + key);
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().reason, "tls");
    EXPECT_FALSE(outcome.error().may_have_acted);
    EXPECT_EQ(AdviceIn(outcome.error()), kShow);
  }
}

// By TLS 1.3 the client learns of it after the handshake: by an alert, or, if the connection is reset before its
// request is sent, not at all. Which of them comes is a race; what is said of it is not.
TEST_F(CurlTransportTlsTest, WhoIsNotLetInHasNotActedHoweverItEnds) {
  for (int i = 0; i < 30; ++i) {
    const auto outcome =
        Send({.ca_file = File("ca.pem"), .if_certificate_refused = kShow}, Secure("good", 0, true, true));
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().reason, "tls") << outcome.error().message;
    EXPECT_FALSE(outcome.error().may_have_acted) << outcome.error().message;
    EXPECT_EQ(AdviceIn(outcome.error()), kShow) << outcome.error().message;
  }
}

TEST_F(CurlTransportTlsTest, TrustsAnotherFileBesides) {
  EXPECT_TRUE(Send({.extra_ca_file = File("ca.pem")}, Secure("good")).has_value());
  EXPECT_TRUE(Send({.ca_file = File("other.pem"), .extra_ca_file = File("ca.pem")}, Secure("good")).has_value());
  EXPECT_TRUE(Send({.ca_file = File("ca.pem"), .extra_ca_file = File("other.pem")}, Secure("good")).has_value());
}

TEST_F(CurlTransportTlsTest, NamesTheFileThatCannotBeUsed) {
  const auto missing = Send({.extra_ca_file = File("missing.pem"), .extra_ca_name = "the setting"}, Secure("good"));
  EXPECT_THAT(missing.error().message, HasSubstr("missing.pem\" (the setting) does not exist"));
  const auto key = Send({.extra_ca_file = "/dev/null", .extra_ca_name = "the setting"}, Secure("good"));
  EXPECT_THAT(key.error().message, HasSubstr("\"/dev/null\" (the setting) holds no certificate"));
}

// A folder that docker made for a missing mount, what may not be read, what is too much, and what never comes.
TEST_F(CurlTransportTlsTest, SaysWhyAFileCannotBeUsed) {
  const struct {
    std::string path;
    const char* words;
  } kCases[] = {
      {File("missing.pem"), "does not exist"},           {folder_, "is a folder, not a file"},
      {"/proc/self/mem", "Input/output error"},          {"/dev/zero", "too large"},
      {"/dev/null", "holds no certificate in PEM form"},
  };
  for (const auto& c : kCases) {
    for (const bool is_extra : {false, true}) {
      const auto outcome =
          Send({.ca_file = is_extra ? "" : c.path, .extra_ca_file = is_extra ? c.path : ""}, Secure("good"));
      ASSERT_FALSE(outcome.has_value()) << c.path;
      EXPECT_EQ(outcome.error().reason, "tls") << c.path;
      EXPECT_THAT(
          outcome.error().message,
          ::testing::AllOf(HasSubstr("\"" + c.path + "\" (" + (is_extra ? "the additional file" : "SSL_CERT_FILE")),
                           HasSubstr(c.words)));
    }
  }
}

TEST_F(CurlTransportTlsTest, TakesAPipeOfCertificates) {
  const std::string pipe = File("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << std::ifstream(File("ca.pem")).rdbuf(); });
  const auto outcome = Send({.ca_file = pipe}, Secure("good"));
  writer.join();
  EXPECT_TRUE(outcome.has_value()) << outcome.error().message;
  std::filesystem::remove(pipe);
}

TEST_F(CurlTransportTlsTest, TrustsFoldersBesides) {
  const auto make = [](const std::string& name, const std::map<std::string, std::string>& files) {
    std::filesystem::create_directory(File(name));
    for (const auto& [file, text] : files) std::ofstream(File(name) + "/" + file) << text;
    return File(name);
  };
  const auto text = [](const std::string& name) {
    std::ostringstream all;
    all << std::ifstream(File(name)).rdbuf();
    return all.str();
  };
  const std::string empty = make("empty", {});
  const std::string mixed =
      make("mixed", {{"README", "no certificate"},
                     {"a.key", text("ca.key")},
                     {"broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"},
                     {"z", text("other.pem") + text("ca.pem")}});
  std::filesystem::create_directory(mixed + "/below");
  std::filesystem::create_symlink("z", mixed + "/0a1b2c3d.0");
  std::filesystem::create_symlink("nowhere", mixed + "/gone");
  const std::string others = make("others", {{"other.pem", text("other.pem")}});

  const std::string kTrusted[] = {mixed, others + ":" + mixed, empty + "::" + File("missing") + ":" + mixed};
  for (const std::string& folders : kTrusted) {
    for (const CurlOptions& options :
         {CurlOptions{.ca_folders = folders}, CurlOptions{.ca_file = File("other.pem"), .ca_folders = folders},
          CurlOptions{.extra_ca_file = File("other.pem"), .ca_folders = folders}}) {
      const auto outcome = Send(options, Secure("good"));
      EXPECT_TRUE(outcome.has_value()) << folders << ": " << outcome.error().message;
    }
  }
  // They come besides the file, which still counts.
  EXPECT_TRUE(Send({.ca_file = File("ca.pem"), .ca_folders = others}, Secure("good")).has_value());
  for (const std::string& folders : {others, empty, File("missing"), File("ca.pem")}) {
    EXPECT_EQ(Send({.ca_folders = folders}, Secure("good")).error().reason, "tls") << folders;
  }
}

TEST_F(CurlTransportTlsTest, BoundsWhatItReadsOfFolders) {
  const std::string folder = File("large");
  std::filesystem::create_directory(folder);
  std::ofstream(folder + "/half") << std::string(9u << 20, 'x');
  std::filesystem::create_symlink("half", folder + "/other-half");
  const auto outcome = Send({.ca_file = File("ca.pem"), .ca_folders = folder}, Secure("good"));
  EXPECT_THAT(outcome.error().message, HasSubstr(folder + "\" (SSL_CERT_DIR) hold more than 16 MiB"));
}

TEST_F(CurlTransportTlsTest, TrustsAnyoneWhenToldTo) {
  EXPECT_TRUE(Send({.ca_file = File("other.pem"), .verify_tls = false}, Secure("misnamed")).has_value());
}

TEST_F(CurlTransportTlsTest, RefusesAndSaysThatNothingWasSent) {
  struct Case {
    const char* what;
    CurlOptions options;
    RawServer::Script script;
    const char* advice = "";
    const char* text = "";
  };
  const Case kCases[] = {
      {"another authority", {.ca_file = File("other.pem")}, Secure("good"), kTrust},
      {"the system's authorities", {}, Secure("good"), kTrust},
      {"another name", {.ca_file = File("ca.pem")}, Secure("misnamed"), "", "Check the address"},
      {"expired", {.ca_file = File("ca.pem")}, Secure("expired"), "", "has to renew it"},
      {"of tomorrow", {.ca_file = File("ca.pem")}, Secure("early"), "", "Check the clock of this machine"},
      {"TLS 1.1", {.ca_file = File("ca.pem")}, Secure("good", TLS1_1_VERSION)},
      {"no file of that name", {.ca_file = File("missing.pem")}, Secure("good")},
      {"no TLS", {.ca_file = File("ca.pem")}, [](RawServer::Connection& c) { c.Write("HTTP/1.1 400 Bad\r\n\r\n"); }},
  };
  for (const Case& c : kCases) {
    CurlOptions options = c.options;
    options.if_untrusted = kTrust;
    options.if_certificate_refused = kShow;
    const auto outcome = Send(options, c.script);
    ASSERT_FALSE(outcome.has_value()) << c.what;
    EXPECT_EQ(outcome.error().code, ErrorCode::kUnavailable) << c.what;
    EXPECT_EQ(outcome.error().reason, "tls") << c.what << ": " << outcome.error().message;
    EXPECT_FALSE(outcome.error().may_have_acted) << c.what;
    EXPECT_EQ(AdviceIn(outcome.error()), c.advice) << outcome.error().message;
    EXPECT_THAT(outcome.error().message, HasSubstr(c.text)) << c.what;
  }
}

}  // namespace
}  // namespace tfcpp::rest
