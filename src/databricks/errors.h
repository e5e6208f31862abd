// Errors of the Databricks REST API: tables from service code, HTTP status and, where the service has neither, its
// words, to ErrorCode, and the text for people.
//
// Facts: an error body is {"error_code": "...", "message": "..."}, sometimes another JSON form, text or HTML; the code
// counts before the status. What keeps a caller out comes with a number for its code, so that only the message tells:
// an expired or revoked token is 403 {"error_code": 403, "message": "Invalid access token."}; "Unauthorized access to
// Org: 1" a token of another workspace; "Source IP address: ... is blocked by Databricks IP ACL" an IP access list. The
// header X-Databricks-Reason-Phrase has the same words where the body has none. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "rest/json_client.h"

namespace tfcpp::databricks {

// Whether an answer refuses the token itself: a 401, or a 403 whose words say so.
bool RefusesToken(const rest::HttpResponse& response);

// The name of the workspace (workspace.h) stands in the text, so that a wrong one shows. What the service said is shown
// without `secrets`, readable, and cut. Of an answer under a 2xx that is none (a page, an error code), the code counts
// for nothing: kMalformed, without a reason. `origin` is a sentence on where host and credentials come from, for
// callers who are kept out (kUnauthenticated).
Error ToError(const std::string& workspace, const rest::JsonCall& call, const rest::HttpResponse& response,
              const rest::KnownSecrets& secrets, std::string_view origin = "");

// The error of an answer that is a success and JSON, but not what the call documents. `what` is a clause: "the answer
// has no webhook".
Error ToMisfit(const std::string& workspace, const rest::JsonCall& call, const rest::JsonAnswer& answer,
               std::string_view what, const rest::KnownSecrets& secrets);

}  // namespace tfcpp::databricks
