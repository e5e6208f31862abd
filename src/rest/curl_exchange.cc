// SPDX-License-Identifier: Apache-2.0
#include "rest/curl_exchange.h"

#include <chrono>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/tls_peer.h"
#include "rest/curl_errors.h"
#include "rest/no_proxy.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::rest {
namespace {

constexpr long kFirstRefusal = 400;
constexpr std::size_t kMaxHeaderBytes = 256u << 10;  // of all headers of one call, those of interim answers included

// False: there is no memory. An exception must not go through libcurl, which is C.
template <class Work>
bool WithMemory(Exchange& exchange, const Work& work) {
  try {
    work();
    return true;
  } catch (const std::bad_alloc&) {
    exchange.out_of_memory = true;
    return false;
  }
}

std::size_t OnBody(char* data, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (exchange.response.body.size() + size * count > exchange.options.max_response_bytes) {
    // That something is refused matters more than all the words of the refusal.
    long status = 0;
    curl_easy_getinfo(exchange.easy.get(), CURLINFO_RESPONSE_CODE, &status);
    exchange.is_cut = status >= kFirstRefusal;
    exchange.too_large = !exchange.is_cut;
    return 0;
  }
  return WithMemory(exchange, [&] { exchange.response.body.append(data, size * count); }) ? size * count : 0;
}

std::size_t OnHeader(char* data, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::string_view line(data, size * count);
  exchange.header_bytes += line.size();
  if (exchange.header_bytes > kMaxHeaderBytes) {
    exchange.too_large = true;
    return 0;
  }
  if (line.substr(0, 5) == "HTTP/") {
    exchange.response.headers.clear();  // of an interim answer, or a proxy's
    exchange.head_complete = false;
  } else if (Trim(line).empty()) {
    exchange.head_complete = true;
  } else if (const auto colon = line.find(':'); colon != line.npos) {
    const bool kept = WithMemory(exchange, [&] {
      exchange.response.headers.push_back(
          {std::string(line.substr(0, colon)), std::string(Trim(line.substr(colon + 1)))});
    });
    if (!kept) return 0;
  }
  return size * count;
}

// Of all requests of an exchange, one to a proxy included: what the connection took.
long BytesSent(const Exchange& exchange) {
  long bytes = 0;
  curl_easy_getinfo(exchange.easy.get(), CURLINFO_REQUEST_SIZE, &bytes);
  return bytes;
}

bool AskedForCertificate(const Exchange& exchange) {
  const curl_tlssessioninfo* info = nullptr;
  curl_easy_getinfo(exchange.easy.get(), CURLINFO_TLS_SSL_PTR, &info);
  return info != nullptr && info->internals != nullptr && crypto::AskedForCertificate(info->internals);
}

// Runs when a connection is ready and the request is about to be sent. A second time means that libcurl found a reused
// connection dead and wants to repeat the request by itself: the service may have acted on the first.
int OnReadyToSend(void* user, char*, char*, int, int) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (HasSent(exchange) && exchange.request.effect == Effect::kCreates) {
    exchange.refused_second_send = true;
    return CURL_PREREQFUNC_ABORT;
  }
  if (++exchange.sends == 1) exchange.bytes_before = BytesSent(exchange);
  exchange.asked_for_certificate = AskedForCertificate(exchange);
  return CURL_PREREQFUNC_OK;
}

void Require(CURLcode code, const char* what) {
  if (code != CURLE_OK) throw std::logic_error(Concat("libcurl refused ", what));
}

template <class Value>
void Set(CURL* easy, CURLoption option, Value value) {
  Require(curl_easy_setopt(easy, option, value), "an option");
}

CURLcode OnTlsSetUp(CURL*, void* ssl_ctx, void* user) {
  return static_cast<const crypto::TrustStore*>(user)->UseIn(ssl_ctx) ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

void SetClientCertificate(Exchange& exchange) {
  const std::string& pem = exchange.options.client_certificate.Reveal();
  if (pem.empty()) return;
  CURL* easy = exchange.easy.get();
  const curl_blob blob{.data = const_cast<char*>(pem.data()), .len = pem.size(), .flags = CURL_BLOB_NOCOPY};
  Set(easy, CURLOPT_SSLCERT_BLOB, &blob);
  Set(easy, CURLOPT_SSLKEY_BLOB, &blob);
  Set(easy, CURLOPT_KEYPASSWD, "");  // else OpenSSL would ask for one on the terminal
}

void SetTls(Exchange& exchange, const crypto::TrustStore& trusted) {
  CURL* easy = exchange.easy.get();
  Set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!exchange.options.verify_tls) {
    Set(easy, CURLOPT_SSL_VERIFYPEER, 0L);
    Set(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  }
  SetClientCertificate(exchange);
  Set(easy, CURLOPT_CAINFO, nullptr);  // nobody besides
  Set(easy, CURLOPT_CAPATH, nullptr);
  Set(easy, CURLOPT_SSL_CTX_FUNCTION, &OnTlsSetUp);
  Set(easy, CURLOPT_SSL_CTX_DATA, const_cast<crypto::TrustStore*>(&trusted));
}

void SetProxy(Exchange& exchange) {
  const CurlOptions& options = exchange.options;
  const std::string& url = exchange.request.url;
  if (!exchange.request.direct && !GoesDirectly(url, options.no_proxy)) {
    exchange.proxy = IsHttps(url) ? options.https_proxy : options.http_proxy;
  }
  // Both in any case: empty strings keep libcurl from looking into the environment itself.
  Set(exchange.easy.get(), CURLOPT_PROXY, exchange.proxy.c_str());
  Set(exchange.easy.get(), CURLOPT_NOPROXY, "");
}

void SetRequest(Exchange& exchange) {
  CURL* easy = exchange.easy.get();
  const HttpRequest& request = exchange.request;
  Set(easy, CURLOPT_URL, request.url.c_str());
  if (request.method != Method::kGet) Set(easy, CURLOPT_CUSTOMREQUEST, std::string(ToString(request.method)).c_str());
  if (!request.body.empty() || request.method == Method::kPost || request.method == Method::kPut ||
      request.method == Method::kPatch) {
    Set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    Set(easy, CURLOPT_POSTFIELDS, request.body.c_str());
  }
  // "Expect:" without a value: no waiting for "100 Continue". No compression: a few bytes could unpack to any number,
  // and libcurl takes a compressed answer that was cut for a whole one. The largest listings are a few hundred KiB.
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  list = curl_slist_append(list, "Accept-Encoding: identity");
  for (const Header& header : request.headers)
    list = curl_slist_append(list, Concat(header.name, ": ", header.value).c_str());
  exchange.headers.reset(list);
  Set(easy, CURLOPT_HTTPHEADER, list);
  Set(easy, CURLOPT_USERAGENT, exchange.options.user_agent.c_str());
  // The least that libcurl takes, instead of 64 KiB for each of a hundred transfers: requests are small.
  Set(easy, CURLOPT_UPLOAD_BUFFERSIZE, 16L << 10);
}

}  // namespace

bool IsHttps(std::string_view url) { return Url::Split(url).HasScheme("https"); }

std::optional<Error> FindControl(const Exchange& exchange) {
  const auto refused = [](std::string_view what) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = Concat("The request was not sent: ", what,
                                   " contains a line break or another control "
                                   "character."),
                 .reason = "control"};
  };
  if (HasControl(exchange.request.url)) return refused("its address");
  if (HasControl(exchange.options.user_agent)) return refused("its header User-Agent");
  for (const Header& header : exchange.request.headers) {
    if (HasControl(header.name)) return refused("the name of one of its headers");
    if (HasControl(header.value)) return refused(Concat("its header ", header.name));
  }
  return std::nullopt;
}

void Prepare(Exchange& exchange, const crypto::TrustStore* trusted) {
  exchange.easy.reset(curl_easy_init());
  CURL* easy = exchange.easy.get();
  if (easy == nullptr) throw std::logic_error("libcurl gave no handle");
  Set(easy, CURLOPT_PRIVATE, static_cast<void*>(&exchange));
  Set(easy, CURLOPT_ERRORBUFFER, exchange.error_text.data());
  Set(easy, CURLOPT_NOSIGNAL, 1L);
  // Where names are resolved by threads (scripts/build_curl.sh), what is stopped does not wait for its own: a resolver
  // may take minutes.
  Set(easy, CURLOPT_QUICK_EXIT, 1L);
  Set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  Set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  // Redirects are not followed: an API does not redirect, a login page does, and credentials must not go along.
  Set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  Set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(exchange.options.connect_timeout.count()));
  Set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(TimeLimitOf(exchange).count()));
  Set(easy, CURLOPT_WRITEFUNCTION, &OnBody);
  Set(easy, CURLOPT_WRITEDATA, static_cast<void*>(&exchange));
  Set(easy, CURLOPT_HEADERFUNCTION, &OnHeader);
  Set(easy, CURLOPT_HEADERDATA, static_cast<void*>(&exchange));
  Set(easy, CURLOPT_PREREQFUNCTION, &OnReadyToSend);
  Set(easy, CURLOPT_PREREQDATA, static_cast<void*>(&exchange));
  if (trusted != nullptr) SetTls(exchange, *trusted);
  SetProxy(exchange);
  SetRequest(exchange);
}

bool HasSent(const Exchange& exchange) { return exchange.sends > 0 && BytesSent(exchange) > exchange.bytes_before; }

std::chrono::milliseconds TimeLimitOf(const Exchange& exchange) {
  return exchange.request.time_limit.count() > 0 ? exchange.request.time_limit : exchange.options.timeout;
}

Result<HttpResponse> OutcomeOf(Exchange& exchange) {
  if (exchange.thrown != nullptr) std::rethrow_exception(exchange.thrown);
  if (exchange.stopped) return StoppedError(exchange);
  // libcurl takes an answer that ends within its headers for a whole one without a body.
  const bool counts = exchange.code == CURLE_OK || exchange.is_cut;
  const bool is_whole = counts && exchange.response.status != 0 && exchange.head_complete;
  if (is_whole) return std::move(exchange.response);
  return ToError(exchange.code == CURLE_OK ? CURLE_PARTIAL_FILE : exchange.code, exchange);
}

}  // namespace tfcpp::rest
