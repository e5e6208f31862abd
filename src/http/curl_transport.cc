#include "http/curl_transport.h"

#include <curl/curl.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "base/strings.h"

namespace tfcpp::http {
namespace {

// Where distributions keep the certificates that they trust: Debian, Ubuntu, Alpine, Arch; Fedora, RHEL; openSUSE;
// others.
constexpr std::array<const char*, 6> kCaFiles = {"/etc/ssl/certs/ca-certificates.crt",
                                                 "/etc/pki/tls/certs/ca-bundle.crt",
                                                 "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                                                 "/etc/ssl/ca-bundle.pem",
                                                 "/etc/ssl/cert.pem",
                                                 "/etc/pki/tls/cert.pem"};

std::string FindCaFile(const std::string& chosen) {
  if (!chosen.empty()) return chosen;
  for (const char* path : kCaFiles) {
    if (access(path, R_OK) == 0) return path;
  }
  return "";
}

bool IsHttps(const std::string& url) { return EqualsIgnoreCase(std::string_view(url).substr(0, 8), "https://"); }

// host:port of a URL, for messages; user information and path, which may hold secrets, are left out.
std::string AuthorityOf(const std::string& url) {
  std::string_view rest = url;
  if (const auto scheme = rest.find("://"); scheme != rest.npos) rest.remove_prefix(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto user = rest.rfind('@'); user != rest.npos) rest.remove_prefix(user + 1);
  return std::string(rest);
}

// CURL and CURLM are both void to the compiler, so each has a deleter of its own.
struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// One request on its way. Shared by the caller, who waits, and the loop, which works.
struct Exchange {
  const HttpRequest& request;
  const CurlOptions& options;

  // Owned by the loop's thread.
  std::unique_ptr<CURL, FreeEasy> easy = {};
  std::unique_ptr<curl_slist, FreeList> headers = {};
  std::array<char, CURL_ERROR_SIZE> error_text{};
  HttpResponse response = {};
  bool head_complete = false;  // the empty line after the headers has come
  int sends = 0;               // how often libcurl was ready to send the request
  bool too_large = false;
  bool refused_second_send = false;

  // Guarded by the loop's mutex.
  bool abort = false;
  bool done = false;
  Result<HttpResponse> outcome = Error{};
};

std::chrono::milliseconds TimeLimit(const Exchange& exchange) {
  return exchange.request.time_limit.count() > 0 ? exchange.request.time_limit : exchange.options.timeout;
}

std::size_t OnBody(char* data, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (exchange.response.body.size() + size * count > exchange.options.max_response_bytes) {
    exchange.too_large = true;
    return 0;
  }
  exchange.response.body.append(data, size * count);
  return size * count;
}

std::size_t OnHeader(char* data, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::string_view line(data, size * count);
  if (line.substr(0, 5) == "HTTP/") {
    exchange.response.headers.clear();  // of an interim answer, or a proxy's
    exchange.head_complete = false;
  } else if (Trim(line).empty()) {
    exchange.head_complete = true;
  } else if (const auto colon = line.find(':'); colon != line.npos) {
    exchange.response.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(Trim(line.substr(colon + 1)))});
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

void Require(CURLcode code, const char* what) {
  if (code != CURLE_OK) throw std::logic_error(Concat("libcurl refused ", what));
}

template <class Value>
void Set(CURL* easy, CURLoption option, Value value) {
  Require(curl_easy_setopt(easy, option, value), "an option");
}

void SetTls(Exchange& exchange, const std::string& ca_file) {
  CURL* easy = exchange.easy.get();
  Set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!exchange.options.verify_tls) {
    Set(easy, CURLOPT_SSL_VERIFYPEER, 0L);
    Set(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  }
  if (!ca_file.empty()) Set(easy, CURLOPT_CAINFO, ca_file.c_str());
}

void SetProxy(Exchange& exchange) {
  const CurlOptions& options = exchange.options;
  // Set in any case: an empty string keeps libcurl from looking into the environment itself.
  Set(exchange.easy.get(), CURLOPT_PROXY,
      IsHttps(exchange.request.url) ? options.https_proxy.c_str() : options.http_proxy.c_str());
  Set(exchange.easy.get(), CURLOPT_NOPROXY, exchange.request.direct ? "*" : options.no_proxy.c_str());
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
  // "Expect:" without a value: no waiting for "100 Continue".
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const Header& header : request.headers)
    list = curl_slist_append(list, Concat(header.name, ": ", header.value).c_str());
  exchange.headers.reset(list);
  Set(easy, CURLOPT_HTTPHEADER, list);
  Set(easy, CURLOPT_USERAGENT, exchange.options.user_agent.c_str());
}

void Prepare(Exchange& exchange, const std::string& ca_file) {
  exchange.easy.reset(curl_easy_init());
  CURL* easy = exchange.easy.get();
  if (easy == nullptr) throw std::logic_error("libcurl gave no handle");
  Set(easy, CURLOPT_PRIVATE, static_cast<void*>(&exchange));
  Set(easy, CURLOPT_ERRORBUFFER, exchange.error_text.data());
  Set(easy, CURLOPT_NOSIGNAL, 1L);
  Set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  Set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  Set(easy, CURLOPT_ACCEPT_ENCODING, "");  // whatever libcurl can decode
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
  SetTls(exchange, ca_file);
  SetProxy(exchange);
  SetRequest(exchange);
}

Error StoppedError(const Exchange& exchange) {
  return {.code = ErrorCode::kCancelled,
          .message = Concat("The call to ", AuthorityOf(exchange.request.url), " was stopped."),
          .reason = "stopped",
          .may_have_acted = exchange.sends > 0};
}

// Texts name the host and the cause; libcurl's own text is used where it says more, and never holds credentials.
Error ToError(CURLcode code, const Exchange& exchange) {
  const std::string host = AuthorityOf(exchange.request.url);
  const std::string proxy =
      AuthorityOf(IsHttps(exchange.request.url) ? exchange.options.https_proxy : exchange.options.http_proxy);
  const std::string cause = exchange.error_text[0] != '\0' ? exchange.error_text.data() : curl_easy_strerror(code);
  const bool sent = exchange.sends > 0;
  const auto error = [&](ErrorCode kind, std::string message, const char* reason) {
    return Error{.code = kind, .message = std::move(message), .reason = reason, .may_have_acted = sent};
  };
  if (exchange.too_large) {
    return error(ErrorCode::kMalformed, Concat("The answer of ", host, " is too large."), "too_large");
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
      return error(ErrorCode::kUnavailable, Concat("No connection to ", host, ": ", cause, "."), "connect");
    case CURLE_OPERATION_TIMEDOUT:
      if (!sent)
        return error(ErrorCode::kUnavailable, Concat("No connection to ", host, " in time: ", cause, "."), "connect");
      return error(ErrorCode::kDeadlineExceeded,
                   Concat("No whole answer from ", host, " within the time for one call (",
                          std::to_string(TimeLimit(exchange).count()), " ms)."),
                   "timeout");
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
      return error(ErrorCode::kUnavailable, Concat("No secure connection to ", host, ": ", cause, "."), "tls");
    case CURLE_SSL_CACERT_BADFILE:
      return error(ErrorCode::kUnavailable,
                   Concat("The file of trusted certificates cannot be read: ", cause, ". SSL_CERT_FILE names it."),
                   "tls");
    case CURLE_ABORTED_BY_CALLBACK:
      return StoppedError(exchange);
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

// The thread and what it owns. Callers hand exchanges over under the mutex and wake the loop.
class CurlTransport::Loop {
 public:
  explicit Loop(CurlOptions options) : options_(std::move(options)) {}

  ~Loop() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      if (multi_ != nullptr) curl_multi_wakeup(multi_.get());
    }
    if (thread_.joinable()) thread_.join();
  }

  Result<HttpResponse> Run(const Context& context, const HttpRequest& request) {
    Exchange exchange{request, options_};
    if (context.stop.stop_requested()) return StoppedError(exchange);

    std::unique_lock lock(mutex_);
    if (!StartOnce()) return Error{.code = ErrorCode::kInternal, .message = "The HTTP client could not be started."};
    if (IsHttps(request.url) && options_.verify_tls && ca_file_.empty()) {
      return Error{.code = ErrorCode::kUnavailable,
                   .message =
                       "No file of trusted certificates was found in the usual places, so no HTTPS host can be "
                       "verified. Install the distribution's CA certificates, or set SSL_CERT_FILE to a PEM file.",
                   .reason = "tls"};
    }
    incoming_.push_back(&exchange);
    curl_multi_wakeup(multi_.get());
    lock.unlock();
    const std::stop_callback on_stop(context.stop, [&] {
      const std::lock_guard stop_lock(mutex_);
      exchange.abort = true;
      curl_multi_wakeup(multi_.get());
    });
    lock.lock();
    finished_.wait(lock, [&] { return exchange.done; });
    lock.unlock();  // the callback's destructor waits for a running callback, which needs the mutex
    return std::move(exchange.outcome);
  }

 private:
  // With the mutex held. False when libcurl or the thread could not be had.
  bool StartOnce() {
    if (multi_ != nullptr) return true;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return false;
    multi_.reset(curl_multi_init());
    if (multi_ == nullptr) return false;
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(options_.max_connections));
    ca_file_ = FindCaFile(options_.ca_file);
    thread_ = std::thread([this] { Work(); });
    return true;
  }

  void Work() {
    while (TakeIncoming()) {
      AbortWhatMayBeAborted();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      FinishDone();
      constexpr int kLongMs = 60'000;  // a wake-up ends it
      curl_multi_poll(multi_.get(), nullptr, 0, kLongMs, nullptr);
    }
  }

  // False: the transport is being destroyed.
  bool TakeIncoming() {
    std::deque<Exchange*> taken;
    {
      const std::lock_guard lock(mutex_);
      if (ending_) return false;
      taken.swap(incoming_);
    }
    for (Exchange* exchange : taken) {
      try {
        Prepare(*exchange, ca_file_);
        curl_multi_add_handle(multi_.get(), exchange->easy.get());
        active_.push_back(exchange);
      } catch (const std::logic_error& error) {
        Finish(*exchange, Error{.code = ErrorCode::kInternal, .message = error.what()});
      }
    }
    return true;
  }

  // A read ends at once; a write that has been sent runs to its answer or its timeout, so that its outcome is known.
  void AbortWhatMayBeAborted() {
    std::deque<Exchange*> aborted;
    {
      const std::lock_guard lock(mutex_);
      for (Exchange* exchange : active_) {
        if (exchange->abort && (exchange->request.effect == Effect::kNone || exchange->sends == 0))
          aborted.push_back(exchange);
      }
    }
    for (Exchange* exchange : aborted) {
      curl_multi_remove_handle(multi_.get(), exchange->easy.get());
      Forget(exchange);
      Finish(*exchange, StoppedError(*exchange));
    }
  }

  void FinishDone() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      CURL* easy = message->easy_handle;
      void* user = nullptr;
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, &user);
      auto& exchange = *static_cast<Exchange*>(user);
      long status = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
      curl_multi_remove_handle(multi_.get(), easy);
      Forget(&exchange);
      // libcurl takes an answer that ends within its headers for a whole one without a body.
      if (code == CURLE_OK && status != 0 && exchange.head_complete) {
        exchange.response.status = static_cast<int>(status);
        Finish(exchange, std::move(exchange.response));
      } else {
        Finish(exchange, ToError(code == CURLE_OK ? CURLE_PARTIAL_FILE : code, exchange));
      }
    }
  }

  void Forget(Exchange* exchange) { std::erase(active_, exchange); }

  void Finish(Exchange& exchange, Result<HttpResponse> outcome) {
    exchange.easy.reset();
    // Notified under the lock: the exchange lives on its caller's stack and is gone once that caller sees `done`.
    const std::lock_guard lock(mutex_);
    exchange.outcome = std::move(outcome);
    exchange.done = true;
    finished_.notify_all();
  }

  const CurlOptions options_;
  std::string ca_file_;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  std::thread thread_;
  std::deque<Exchange*> active_;  // the thread's own

  std::mutex mutex_;
  std::condition_variable finished_;
  std::deque<Exchange*> incoming_;
  bool ending_ = false;
};

CurlTransport::CurlTransport(CurlOptions options) : loop_(std::make_unique<Loop>(std::move(options))) {}
CurlTransport::~CurlTransport() = default;

Result<HttpResponse> CurlTransport::Send(const Context& context, const HttpRequest& request) {
  return loop_->Run(context, request);
}

}  // namespace tfcpp::http
