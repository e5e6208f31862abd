// SPDX-License-Identifier: Apache-2.0
// CurlTransport: HttpTransport over libcurl, which nothing but this and curl_exchange.h includes.
//
// One thread owns one multi handle, so that connections are shared by all callers. Certificate authorities are read on
// the first call over https, and parsed once.
// Both are made on the first Send: a provider process that never calls the service costs nothing.
//
// Facts (measured with libcurl 7.88):
// - When a reused connection dies before the first byte of an answer, libcurl sends the request again by itself, POST
//   included. A pre-request callback refuses the second send of anything that may not be repeated (Effect::kCreates).
// - Names are resolved by c-ares, so that a stop never waits for a resolver. curl_multi_wakeup makes stops immediate.
//
// Thread safety: Send from any thread. The destructor ends the thread; no Send may be running.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "rest/transport.h"
#include "tfcpp/base/secret.h"
#include "tfcpp/json/json.h"

namespace tfcpp::rest {

struct CurlOptions {
  std::chrono::milliseconds connect_timeout{10'000};  // names, TCP and TLS together
  std::chrono::milliseconds timeout{60'000};          // one whole call
  // Of a body. More is an error, but where the status is a refusal (400 and above): its body is cut.
  std::size_t max_response_bytes = JsonLimits{}.bytes;
  std::size_t max_connections = 16;  // kept open; Terraform runs 10 operations at once by default
  // At once. Each takes some 100 KiB, most of it c-ares'. Others wait their turn, which does not count as their time.
  std::size_t max_transfers = 24;
  std::string ca_file;  // PEM, instead of the file that the distribution keeps in one of the usual places
  std::string_view ca_name = "SSL_CERT_FILE";              // what texts call the one above: a setting
  std::string extra_ca_file;                               // PEM, trusted besides
  std::string_view extra_ca_name = "the additional file";  // what texts call the one above: a setting, where it is one
  std::string ca_folders;  // separated by colons; certificates in files of any name, trusted besides
  // PEM text of this program's own certificate, those that lead to its authority, and its key; empty: none is shown.
  Secret client_certificate;
  std::string user_agent;
  bool verify_tls = true;
  // What to do where the certificate of the one side is none to the other: a sentence that names the settings. Empty:
  // nothing is said.
  std::string_view if_untrusted;            // the host's, to this program
  std::string_view if_certificate_refused;  // this program's, to the host
  // Proxies, by the meaning that the environment variables of these names have (no_proxy.h). Empty: none.
  std::string http_proxy;
  std::string https_proxy;
  std::string no_proxy;
};

class CurlTransport final : public HttpTransport {
 public:
  explicit CurlTransport(CurlOptions options);
  ~CurlTransport() override;
  Result<HttpResponse> Send(const Context& context, const HttpRequest& request) override;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace tfcpp::rest
