#include "https_sender.h"

#include <httplib.h>

#include <utility>

#include "pem.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace workspace {
namespace {

constexpr int kPatienceSeconds = 10;

// The store goes to the client, which frees it.
X509_STORE* TrustStore(const std::string& certificate) {
  X509_STORE* store = X509_STORE_new();
  X509_STORE_set_default_paths(store);
  X509_STORE_add_cert(store, ReadCertificate(certificate).get());
  return store;
}

std::string Reason(httplib::Error error) {
  switch (error) {
    case httplib::Error::Connection:
      return "there is no such host, or nothing listens there";
    case httplib::Error::SSLServerVerification:
      return "its certificate is not trusted, or is for another name";
    default:
      return httplib::to_string(error);
  }
}

TargetAnswer Send(const HttpsCall& call, const std::string& certificate) {
  const tfcpp::Url url = tfcpp::Url::Split(call.url);
  const std::string origin = tfcpp::Concat("https://", url.authority);
  const std::string target =
      tfcpp::Concat(url.path.empty() ? "/" : url.path, url.query.has_value() ? "?" : "", url.query.value_or(""));

  httplib::Client client(origin);
  client.set_ca_cert_store(TrustStore(certificate));
  client.enable_server_certificate_verification(call.verify);
  client.set_connection_timeout(kPatienceSeconds);
  client.set_read_timeout(kPatienceSeconds);
  httplib::Headers headers;
  std::string content_type;
  for (const auto& [name, value] : call.headers) {
    if (name == "Content-Type") {
      content_type = value;  // httplib takes it apart from the others
    } else {
      headers.emplace(name, value);
    }
  }
  const httplib::Result result = client.Post(target, headers, call.body, content_type);
  if (result) return {.status = result->status, .body = result->body, .failure = ""};
  return {.status = 0, .body = "", .failure = tfcpp::Concat("no answer from ", origin, ": ", Reason(result.error()))};
}

}  // namespace

SendCall HttpsSender(std::string certificate) {
  return [certificate = std::move(certificate)](const HttpsCall& call) { return Send(call, certificate); };
}

}  // namespace workspace
