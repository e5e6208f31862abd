// SPDX-License-Identifier: Apache-2.0
// One request on its way through libcurl: its handle, what has come of it, and what a failure means. Only for
// curl_transport.cc, whose thread owns every exchange that is under way.
#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/trust_store.h"
#include "rest/curl_transport.h"
#include "rest/transport.h"

namespace tfcpp::rest {

// CURL and CURLM are both void to the compiler, so each has a deleter of its own.
struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// Shared by the caller, who waits, and the loop, which works.
struct Exchange {
  const HttpRequest& request;
  const CurlOptions& options;

  // Owned by the loop's thread.
  std::unique_ptr<CURL, FreeEasy> easy = {};
  std::unique_ptr<curl_slist, FreeList> headers = {};
  std::array<char, CURL_ERROR_SIZE> error_text{};
  HttpResponse response = {};
  std::string proxy = {};  // that the request goes through; empty: none
  std::size_t header_bytes = 0;
  bool head_complete = false;          // the empty line after the headers has come
  int sends = 0;                       // how often libcurl was ready to send the request
  long bytes_before = 0;               // that libcurl had sent by then, to a proxy
  bool asked_for_certificate = false;  // by the service, of this machine
  bool too_large = false;
  bool is_cut = false;  // the body is, of an answer that counts all the same
  bool out_of_memory = false;
  bool refused_second_send = false;
  // How it ended. The caller makes texts of it: in the loop's thread a lack of memory for them would end the process.
  bool stopped = false;
  bool was_sent = false;  // HasSent
  std::exception_ptr thrown = {};
  CURLcode code = CURLE_OK;

  // Guarded by the loop's mutex.
  bool abort = false;
  bool done = false;
};

bool IsHttps(std::string_view url);

// The error of a request that would write a line of its own: a control character in a header or in the address. The
// last line of defence; what is configured is checked where it is read.
std::optional<Error> FindControl(const Exchange& exchange);

// Makes the handle and sets everything that the request needs. `trusted` must outlive the exchange; null for an address
// that is not https. Throws std::logic_error when libcurl refuses, and std::bad_alloc.
void Prepare(Exchange& exchange, const crypto::TrustStore* trusted);

// How long the whole call may take.
std::chrono::milliseconds TimeLimitOf(const Exchange& exchange);

// Whether any of the request has left, of an exchange that has its handle yet. A connection that is ready may be closed
// before the first byte leaves; of what has left in part, the service may have the whole.
bool HasSent(const Exchange& exchange);

// What an exchange that is done has come to. Throws what was thrown in the loop.
Result<HttpResponse> OutcomeOf(Exchange& exchange);

}  // namespace tfcpp::rest
