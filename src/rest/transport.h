// SPDX-License-Identifier: Apache-2.0
// HttpTransport: sends one HTTP request. An HTTP error status is a successful Send; only "no answer" is an Error.
//
// Concerns are decorators with this same interface, one each: retrying_transport.h, throttling_transport.h,
// authenticating_transport.h, logging_transport.h. The stack is Retrying(Throttling(Authenticating(Logging(Curl)))): a
// failed token refresh is retried with its call, every attempt counts for the rate, and the log shows what truly went
// out, redacted.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/base/context.h"
#include "tfcpp/base/result.h"

namespace tfcpp::rest {

enum class Method { kGet, kPost, kPut, kPatch, kDelete };
std::string_view ToString(Method method);

struct Header {
  std::string name;
  std::string value;  // may be a secret (Authorization)
  friend bool operator==(const Header&, const Header&) = default;
};

// The value of the first header of that name, in any case; nullopt when there is none.
std::optional<std::string> FindHeader(const std::vector<Header>& headers, std::string_view name);

// What a request does to the service: decides whether it may be repeated and whether a stop ends it.
enum class Effect {
  kNone,        // a read, a token call: may be repeated; a stop request ends it
  kIdempotent,  // an update, a delete: may be repeated; once sent it runs to its answer or its timeout
  kCreates,     // a create: repeated only when it surely had no effect; once sent it runs like the above
};

struct HttpRequest {
  Method method = Method::kGet;
  std::string url = {};
  std::vector<Header> headers = {};
  std::string body = {};
  Effect effect = Effect::kNone;
  std::chrono::milliseconds time_limit{0};  // for this call; 0: the transport's own
  bool direct = false;                      // past any proxy: a service of this machine or of its cloud's link
  bool confidential = false;                // a token call: neither body is logged
};

struct HttpResponse {
  int status = 0;
  std::vector<Header> headers = {};
  std::string body = {};
  // What a user should know of the waiting before it, in whole sentences of ours; empty: nothing.
  std::string waited = {};

  std::optional<std::string> FindHeader(std::string_view name) const { return rest::FindHeader(headers, name); }
};

// Errors: kUnavailable (no connection, or lost), kDeadlineExceeded, kCancelled (a stop), kMalformed (answer too large
// or not HTTP), kInvalidArgument (no such URL, or a control character in it or in a header), kInternal (no memory).
// Error::may_have_acted is false only when the request surely never reached the service. Error::reason names the kind
// of failure: "resolve", "connect", "proxy", "tls", "timeout", "lost", "too_large", "memory", "stopped", "url",
// "control". Thread safety: implementations are safe to call from several threads.
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  virtual Result<HttpResponse> Send(const Context& context, const HttpRequest& request) = 0;
};

}  // namespace tfcpp::rest
