#include "http/curl_exchange.h"

#include <chrono>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "base/strings.h"
#include "http/no_proxy.h"

namespace tfcpp::http {
namespace {

constexpr long kFirstRefusal = 400;
constexpr std::size_t kMaxHeaderBytes = 256u << 10;  // of all headers of one call, those of interim answers included

// host:port of a URL, for messages; user information and path, which may hold secrets, are left out.
std::string AuthorityOf(const std::string& url) {
  std::string_view rest = url;
  if (const auto scheme = rest.find("://"); scheme != rest.npos) rest.remove_prefix(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto user = rest.rfind('@'); user != rest.npos) rest.remove_prefix(user + 1);
  return std::string(rest);
}

std::chrono::milliseconds TimeLimit(const Exchange& exchange) {
  return exchange.request.time_limit.count() > 0 ? exchange.request.time_limit : exchange.options.timeout;
}

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

// Runs when a connection is ready and the request is about to be sent. A second time means that libcurl found a reused
// connection dead and wants to repeat the request by itself: the service may have acted on the first.
int OnReadyToSend(void* user, char*, char*, int, int) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (exchange.sends > 0 && exchange.request.effect == Effect::kCreates) {
    exchange.refused_second_send = true;
    return CURL_PREREQFUNC_ABORT;
  }
  ++exchange.sends;
  return CURL_PREREQFUNC_OK;
}

// OpenSSL's word alone, without its version and number: "tlsv1 alert protocol version".
std::string TlsCause(const std::string& cause) {
  constexpr std::string_view kBefore = " routines::";
  const auto at = cause.rfind(kBefore);
  return at == cause.npos ? cause : cause.substr(at + kBefore.size());
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

void SetTls(Exchange& exchange, const crypto::TrustStore& trusted) {
  CURL* easy = exchange.easy.get();
  Set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!exchange.options.verify_tls) {
    Set(easy, CURLOPT_SSL_VERIFYPEER, 0L);
    Set(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  }
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
  // "Expect:" without a value: no waiting for "100 Continue". No compression: a few bytes could unpack to any number, and
  // libcurl takes a compressed answer that was cut for a whole one. The largest listings are a few hundred KiB.
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

bool IsHttps(const std::string& url) { return EqualsIgnoreCase(std::string_view(url).substr(0, 8), "https://"); }

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
  Set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  Set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  // Redirects are not followed: an API does not redirect, a login page does, and credentials must not go along.
  Set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  Set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(exchange.options.connect_timeout.count()));
  Set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(TimeLimit(exchange).count()));
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

Error StoppedError(const Exchange& exchange) {
  return {.code = ErrorCode::kCancelled,
          .message = Concat("The call to ", AuthorityOf(exchange.request.url), " was stopped."),
          .reason = "stopped",
          .may_have_acted = exchange.sends > 0};
}

namespace {

// Texts name the host and the cause; libcurl's own text is used where it says more, and never holds credentials.
Error ToError(CURLcode code, const Exchange& exchange) {
  const std::string host = AuthorityOf(exchange.request.url);
  const std::string proxy = AuthorityOf(exchange.proxy);
  const std::string by_way =
      proxy.empty() ? "" : Concat(" (by way of the proxy ", proxy, ", unless NO_PROXY names the host)");
  const std::string cause = exchange.error_text[0] != '\0' ? exchange.error_text.data() : curl_easy_strerror(code);
  const bool sent = exchange.sends > 0;
  const auto error = [&](ErrorCode kind, std::string message, const char* reason) {
    return Error{.code = kind, .message = std::move(message), .reason = reason, .may_have_acted = sent};
  };
  if (exchange.out_of_memory || (!sent && code == CURLE_OUT_OF_MEMORY)) {
    return error(ErrorCode::kInternal, Concat("The machine has no memory left for the answer of ", host, "."),
                 "memory");
  }
  // A line of the head above libcurl's own limit is out of memory to it.
  if (exchange.too_large || code == CURLE_OUT_OF_MEMORY) {
    return error(ErrorCode::kMalformed, Concat("The answer of ", host, " is too large."), kTooLarge);
  }
  if (exchange.refused_second_send) {
    return error(
        ErrorCode::kUnavailable,
        Concat("The connection to ", host, " was lost after the request had been sent, before any answer came."),
        "lost");
  }
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
      if (sent) return error(ErrorCode::kMalformed, Concat("The answer of ", host, " is not HTTP."), "");
      [[fallthrough]];
    case CURLE_URL_MALFORMAT:
      return error(ErrorCode::kInvalidArgument, Concat("\"", host, "\" is no address that can be called."), "url");
    case CURLE_COULDNT_RESOLVE_HOST:
      return error(ErrorCode::kUnavailable,
                   Concat("The name of the host ", host, " could not be resolved: ", cause, "."), "resolve");
    case CURLE_COULDNT_RESOLVE_PROXY:
      return error(ErrorCode::kUnavailable, Concat("The name of the proxy ", proxy, " could not be resolved."),
                   "proxy");
    case CURLE_PROXY:
      return error(ErrorCode::kUnavailable, Concat("The proxy ", proxy, " refused to connect to ", host, "."), "proxy");
    case CURLE_COULDNT_CONNECT:
      return error(ErrorCode::kUnavailable, Concat("No connection to ", host, by_way, ": ", cause, "."), "connect");
    case CURLE_OPERATION_TIMEDOUT:
      if (!sent)
        return error(ErrorCode::kUnavailable, Concat("No connection to ", host, by_way, " in time: ", cause, "."),
                     "connect");
      return error(ErrorCode::kDeadlineExceeded,
                   Concat("No whole answer from ", host, " within the time for one call (",
                          std::to_string(TimeLimit(exchange).count()), " ms)."),
                   "timeout");
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
      return error(ErrorCode::kUnavailable, Concat("No secure connection to ", host, ": ", TlsCause(cause), "."),
                   "tls");
    case CURLE_ABORTED_BY_CALLBACK:
      return StoppedError(exchange);
    case CURLE_WEIRD_SERVER_REPLY:
      if (sent) return error(ErrorCode::kMalformed, Concat("The answer of ", host, " is not HTTP: ", cause, "."), "");
      [[fallthrough]];
    default:
      // A proxy's refusal of CONNECT is a receive error of libcurl before anything was sent to the host.
      if (!sent && !proxy.empty()) {
        return error(ErrorCode::kUnavailable,
                     Concat("The proxy ", proxy, " did not connect to ", host, ": ", cause, "."), "proxy");
      }
      return error(ErrorCode::kUnavailable, Concat("The connection to ", host, " was lost: ", cause, "."), "lost");
  }
}

}  // namespace

Result<HttpResponse> OutcomeOf(Exchange& exchange) {
  if (exchange.thrown != nullptr) std::rethrow_exception(exchange.thrown);
  if (exchange.stopped) return StoppedError(exchange);
  // libcurl takes an answer that ends within its headers for a whole one without a body.
  const bool counts = exchange.code == CURLE_OK || exchange.is_cut;
  const bool is_whole = counts && exchange.response.status != 0 && exchange.head_complete;
  if (is_whole) return std::move(exchange.response);
  return ToError(exchange.code == CURLE_OK ? CURLE_PARTIAL_FILE : exchange.code, exchange);
}

}  // namespace tfcpp::http
