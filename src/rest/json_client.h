// SPDX-License-Identifier: Apache-2.0
// JsonClient: JSON in and out over a base URL. A status outside 2xx, and an HTML page or the service's own form of an
// error under any status, become an Error by the injected mapper, which knows what such an answer tells of the service.
// Secrets that requests carry become known ones, and no error holds a known one.
//
// Parsed JSON takes many times the room of its text, so of large answers (64 KiB and more) at most two are parsed and
// held at a time; others wait for their turn.
//
// Thread safety: as the transport below.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <semaphore>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rest/known_secrets.h"
#include "rest/transport.h"
#include "tfcpp/json/json.h"

namespace tfcpp::rest {

using Query = std::vector<std::pair<std::string, std::string>>;  // repeated keys allowed; percent-encoded here

// What is called, in the words of whoever configures it. What the views refer to must outlive the client.
struct JsonService {
  std::string url;                     // without a slash at its end; empty: a transport below adds it
  std::string name;                    // what texts call it: its address, or what else identifies it
  std::string if_unreachable = {};     // what to do when it cannot be reached; a sentence
  std::string_view if_no_json = {};    // what else than a cut an answer may mean that is no JSON; a clause
  std::string_view error_member = {};  // a success that has it, other than null, is an error; empty: none is
};

struct JsonCall {
  Method method = Method::kGet;
  std::string path;  // "/api/2.0/..."
  Query query = {};
  std::optional<Json> body = std::nullopt;
  Effect effect = Effect::kNone;
  std::span<const std::string_view> members = {};  // of the answer that are wanted, as JsonLimits has it
  std::chrono::milliseconds time_limit{0};         // 0: the transport's own
  std::vector<Header> headers = {};                // besides those that every call has
};

struct JsonAnswer {
  Json body;  // null when the answer had none
  std::vector<Header> headers;
  int status = 200;
  std::size_t bytes = 0;                 // of the body
  std::shared_ptr<void> turn = nullptr;  // see JsonClient; held while the answer is
};

// Makes an Error of an answer that is no success, a page (IsHtml) where JSON was expected, or JSON with the member of
// an error. The message names method and path, status, the service's code and message, the request id, and what to do.
// What of it comes from the service must have gone through KnownSecrets::Shown: a secret must not have been cut in two
// before it is looked for.
using ErrorMapper = std::function<Error(const JsonCall& call, const HttpResponse& response)>;

class JsonClient {
 public:
  // References must outlive this.
  JsonClient(HttpTransport& transport, JsonService service, KnownSecrets& secrets, ErrorMapper map_error)
      : transport_(transport), service_(std::move(service)), secrets_(secrets), map_error_(std::move(map_error)) {}

  // Errors besides the mapper's: the transport's, and kMalformed for a 2xx answer that is no JSON (may_have_acted is
  // then true for writes: the call may well have worked). One that is too large, to the transport or as JSON, has the
  // reason kTooLarge.
  Result<JsonAnswer> Call(const Context& context, const JsonCall& call);

  // The same for what answers in plain text: the body of a success, as it stands.
  Result<std::string> CallForText(const Context& context, const JsonCall& call);

  const JsonService& service() const { return service_; }
  KnownSecrets& secrets() const { return secrets_; }

 private:
  Error WithCall(const JsonCall& call, Error error) const;
  Error NoJson(const JsonCall& call, int status, const Error& why) const;
  // A success, which may be a page.
  Result<HttpResponse> Send(const Context& context, const JsonCall& call);
  Result<JsonAnswer> TryCall(const Context& context, const JsonCall& call);
  Error Cleaned(Error error) const;
  // Null for an answer that is small.
  std::shared_ptr<void> TakeTurn(const std::string& body) const;

  HttpTransport& transport_;
  JsonService service_;
  KnownSecrets& secrets_;
  ErrorMapper map_error_;
  std::shared_ptr<std::counting_semaphore<>> turns_ = std::make_shared<std::counting_semaphore<>>(2);
};

// True for a page where JSON was expected.
bool IsHtml(const HttpResponse& response);

std::string PercentEncode(std::string_view text);

}  // namespace tfcpp::rest
