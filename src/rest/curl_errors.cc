// SPDX-License-Identifier: Apache-2.0
#include "rest/curl_errors.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::rest {
namespace {

enum class Stage { kAny, kSent, kNotSent };

struct Meaning {
  CURLcode code;
  Stage stage;  // of the request
  ErrorCode kind;
  const char* reason;
  // With what FillIn knows in place of the words in braces.
  std::string_view text;
  std::string_view CurlOptions::*advice = nullptr;  // what to do; null: the text says it, or nobody knows
};

constexpr std::string_view kNoAddress = "\"{host}\" is no address that can be called.";
constexpr std::string_view kNoTls = "No secure connection to {host}: {tls cause}.";
constexpr Meaning kStopped = {CURLE_ABORTED_BY_CALLBACK, Stage::kAny, ErrorCode::kCancelled, "stopped",
                              "The call to {host} was stopped."};
constexpr std::array<Meaning, 16> kMeanings = {{
    {CURLE_UNSUPPORTED_PROTOCOL, Stage::kSent, ErrorCode::kMalformed, "", "The answer of {host} is not HTTP."},
    {CURLE_UNSUPPORTED_PROTOCOL, Stage::kNotSent, ErrorCode::kInvalidArgument, "url", kNoAddress},
    {CURLE_URL_MALFORMAT, Stage::kAny, ErrorCode::kInvalidArgument, "url", kNoAddress},
    {CURLE_COULDNT_RESOLVE_HOST, Stage::kAny, ErrorCode::kUnavailable, "resolve",
     "The name of the host {host} could not be resolved: {cause}."},
    {CURLE_COULDNT_RESOLVE_PROXY, Stage::kAny, ErrorCode::kUnavailable, "proxy",
     "The name of the proxy {proxy} could not be resolved."},
    {CURLE_PROXY, Stage::kAny, ErrorCode::kUnavailable, "proxy", "The proxy {proxy} refused to connect to {host}."},
    {CURLE_COULDNT_CONNECT, Stage::kAny, ErrorCode::kUnavailable, "connect",
     "No connection to {host}{by way}: {cause}."},
    {CURLE_OPERATION_TIMEDOUT, Stage::kNotSent, ErrorCode::kUnavailable, "connect",
     "No connection to {host}{by way} in time: {cause}."},
    {CURLE_OPERATION_TIMEDOUT, Stage::kSent, ErrorCode::kDeadlineExceeded, "timeout",
     "No whole answer from {host} within the time for one call ({limit} ms)."},
    {CURLE_SSL_CONNECT_ERROR, Stage::kAny, ErrorCode::kUnavailable, "tls", kNoTls},
    {CURLE_PEER_FAILED_VERIFICATION, Stage::kAny, ErrorCode::kUnavailable, "tls", kNoTls, &CurlOptions::if_untrusted},
    {CURLE_SSL_CERTPROBLEM, Stage::kAny, ErrorCode::kUnavailable, "tls", kNoTls, &CurlOptions::if_certificate_refused},
    {CURLE_SSL_CIPHER, Stage::kAny, ErrorCode::kUnavailable, "tls", kNoTls},
    {CURLE_SSL_ISSUER_ERROR, Stage::kAny, ErrorCode::kUnavailable, "tls", kNoTls, &CurlOptions::if_untrusted},
    kStopped,
    {CURLE_WEIRD_SERVER_REPLY, Stage::kSent, ErrorCode::kMalformed, "", "The answer of {host} is not HTTP: {cause}."},
}};
// A proxy's refusal of CONNECT is a receive error of libcurl before anything was sent to the host.
constexpr Meaning kLostAtProxy = {CURLE_OK, Stage::kNotSent, ErrorCode::kUnavailable, "proxy",
                                  "The proxy {proxy} did not connect to {host}: {cause}."};
constexpr Meaning kLost = {CURLE_OK, Stage::kAny, ErrorCode::kUnavailable, "lost",
                           "The connection to {host} was lost: {cause}."};
constexpr Meaning kLostAfterSend = {
    CURLE_OK, Stage::kSent, ErrorCode::kUnavailable, "lost",
    "The connection to {host} was lost after the request had been sent, before any answer came."};
constexpr Meaning kNoMemory = {CURLE_OK, Stage::kAny, ErrorCode::kInternal, "memory",
                               "The machine has no memory left for the answer of {host}."};
// By TLS 1.3 a client is done with the handshake before the server has looked at its certificate, and has sent its
// request by then, which nobody reads.
constexpr Meaning kCertificateRefused = {
    CURLE_OK,
    Stage::kAny,
    ErrorCode::kUnavailable,
    "tls",
    "{host} refuses the certificate of this machine, or wants one and got none: {tls cause}.",
    &CurlOptions::if_certificate_refused};
// The same, where the connection was closed so early that the server's reason for it cannot be read any more.
constexpr Meaning kClosedByWhoAsks = {CURLE_OK,
                                      Stage::kNotSent,
                                      ErrorCode::kUnavailable,
                                      "tls",
                                      "{host} has asked for a certificate of this machine, and closed the connection: "
                                      "it wants one and got none, or refuses the one it got.",
                                      &CurlOptions::if_certificate_refused};
// What is wrong with a host's certificate and no authority mends, by OpenSSL's and libcurl's words.
struct Flaw {
  std::string_view words;
  Meaning meaning;
};
constexpr std::array<Flaw, 3> kFlaws = {{
    {"certificate has expired",
     {CURLE_OK, Stage::kAny, ErrorCode::kUnavailable, "tls",
      "No secure connection to {host}: {tls cause}. Who runs the host has to renew it, unless the clock of this "
      "machine is wrong."}},
    {"certificate is not yet valid",
     {CURLE_OK, Stage::kAny, ErrorCode::kUnavailable, "tls",
      "No secure connection to {host}: {tls cause}. Check the clock of this machine, and that of who made the "
      "certificate."}},
    {"subject name",
     {CURLE_OK, Stage::kAny, ErrorCode::kUnavailable, "tls",
      "No secure connection to {host}: {tls cause}. Check the address: the certificate is for another one."}},
}};
constexpr Meaning kClosed = {CURLE_OK, Stage::kNotSent, ErrorCode::kUnavailable, "lost",
                             "{host} closed the connection before the request was sent."};

constexpr Meaning kAnswerTooLarge = {CURLE_OK, Stage::kAny, ErrorCode::kMalformed, kTooLarge,
                                     "The answer of {host} is too large."};

// OpenSSL's words for the alerts by which a server refuses a client for its certificate: by TLS 1.3 after the
// handshake, by TLS 1.2 in it. For one that has expired there libcurl has words of its own, which it uses for nothing
// else.
bool IsCertificateRefused(CURLcode code, const Exchange& exchange) {
  const std::string_view cause = exchange.error_text.data();
  if (code == CURLE_PEER_FAILED_VERIFICATION) return cause == "SSL certificate verification failed";
  if (code != CURLE_RECV_ERROR && code != CURLE_SSL_CONNECT_ERROR) return false;
  const auto alert = cause.find(" alert ");
  if (alert == cause.npos || exchange.response.status != 0) return false;
  return cause.find("certificate", alert) != cause.npos || cause.find("unknown ca", alert) != cause.npos;
}

const Meaning& MeaningOf(CURLcode code, const Exchange& exchange) {
  const bool sent = exchange.was_sent;
  if (exchange.out_of_memory || (!sent && code == CURLE_OUT_OF_MEMORY)) return kNoMemory;
  // A line of the head above libcurl's own limit is out of memory to it.
  if (exchange.too_large || code == CURLE_OUT_OF_MEMORY) return kAnswerTooLarge;
  if (exchange.refused_second_send) return kLostAfterSend;
  if (IsCertificateRefused(code, exchange)) return kCertificateRefused;
  if (code == CURLE_PEER_FAILED_VERIFICATION) {
    const std::string_view cause = exchange.error_text.data();
    for (const Flaw& flaw : kFlaws) {
      if (cause.find(flaw.words) != cause.npos) return flaw.meaning;
    }
  }
  const auto found = std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& meaning) {
    return meaning.code == code && (meaning.stage == Stage::kAny || (meaning.stage == Stage::kSent) == sent);
  });
  if (found != kMeanings.end()) return *found;
  if (!sent && exchange.sends > 0) return exchange.asked_for_certificate ? kClosedByWhoAsks : kClosed;
  return !sent && !exchange.proxy.empty() ? kLostAtProxy : kLost;
}

// How messages call what is called: without user information and path, which may hold secrets.
std::string_view AuthorityOf(std::string_view url) { return Url::Split(url).authority; }

// OpenSSL's word alone, without its version and number: "tlsv1 alert protocol version".
std::string_view TlsCause(std::string_view cause) {
  constexpr std::string_view kBefore = " routines::";
  const auto at = cause.rfind(kBefore);
  return at == cause.npos ? cause : cause.substr(at + kBefore.size());
}

std::string WordFor(std::string_view name, CURLcode code, const Exchange& exchange) {
  const std::string_view proxy = AuthorityOf(exchange.proxy);
  const std::string_view cause = exchange.error_text[0] != '\0' ? exchange.error_text.data() : curl_easy_strerror(code);
  if (name == "host") return std::string(AuthorityOf(exchange.request.url));
  if (name == "proxy") return std::string(proxy);
  if (name == "cause") return std::string(cause);
  if (name == "tls cause") return std::string(TlsCause(cause));
  if (name == "limit") return std::to_string(TimeLimitOf(exchange).count());
  if (name != "by way") throw std::logic_error(Concat("curl_errors: no word for ", name));
  return proxy.empty() ? "" : Concat(" (by way of the proxy ", proxy, ", unless NO_PROXY names the host)");
}

std::string FillIn(std::string_view text, CURLcode code, const Exchange& exchange) {
  std::string filled;
  for (auto begin = text.find('{'); begin != text.npos; begin = text.find('{')) {
    const auto end = text.find('}', begin);
    filled += Concat(text.substr(0, begin), WordFor(text.substr(begin + 1, end - begin - 1), code, exchange));
    text.remove_prefix(end + 1);
  }
  return Concat(filled, text);
}

Error MakeError(const Meaning& meaning, CURLcode code, const Exchange& exchange) {
  const std::string_view advice = meaning.advice == nullptr ? "" : exchange.options.*meaning.advice;
  return {.code = meaning.kind,
          .message = Concat(FillIn(meaning.text, code, exchange), advice.empty() ? "" : " ", advice),
          .reason = meaning.reason,
          .may_have_acted = exchange.was_sent && &meaning != &kCertificateRefused};
}

}  // namespace

Error ToError(CURLcode code, const Exchange& exchange) { return MakeError(MeaningOf(code, exchange), code, exchange); }

Error StoppedError(const Exchange& exchange) { return MakeError(kStopped, kStopped.code, exchange); }

}  // namespace tfcpp::rest
