// SPDX-License-Identifier: Apache-2.0
// Errors of REST services that answer {"error_code": "...", "message": "..."}: what was said, which ErrorCode it is,
// and the line for people. What a service means besides, and what to do, is for its own layer to add.
//
// Pure; thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "rest/json_client.h"

namespace tfcpp::rest {

// What the service said, whatever form its error took; as it may be shown.
struct ServiceError {
  std::string code = {};     // its own word for the kind; empty: none
  std::string message = {};  // empty: none, or a page
};

// `members`: under which a message may stand, the first counts. Of a body that is no JSON object, all of it is the
// message; of a page (IsHtml), nothing is. A code that is a number is the status once more and none.
ServiceError ParseErrorBody(const HttpResponse& response, std::span<const std::string_view> members,
                            const KnownSecrets& secrets);

// The service's code counts before the status.
ErrorCode Classify(std::string_view service_code, int status);

// Whether a call that was answered so may have had an effect. A 4xx is a refusal, but for 408. After anything else a
// write may have taken effect before the answer was made.
bool MayHaveActed(const JsonCall& call, int status);

// A redirect, which is never followed: an API does not redirect, and credentials must not go along.
bool IsRedirect(const HttpResponse& response);

// "GET /path on https://example.com answered 403 PERMISSION_DENIED: what was said (request id)." and what is known of
// the waiting.
std::string TextOf(std::string_view service, const JsonCall& call, const HttpResponse& response,
                   const ServiceError& error, std::string_view request_id);

}  // namespace tfcpp::rest
