// Errors of the Databricks REST API: two tables, service code and HTTP status, to ErrorCode, and the text for people.
// Facts: an error body is {"error_code": "...", "message": "..."}, sometimes another JSON form, text or HTML; the code
// counts before the status. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "http/json_client.h"

namespace tfcpp::databricks {

// `host` is named in the text, so that a wrong host shows. What the service said is shown without `secrets`, readable,
// and cut. Of an answer under a 2xx that is none (a page, an error code), the code counts for nothing: kMalformed, without
// a reason.
Error ToError(const std::string& host, const http::JsonCall& call, const http::HttpResponse& response,
              const http::KnownSecrets& secrets);

// The error of an answer that is a success and JSON, but not what the call documents. `what` is a clause: "the answer
// has no webhook".
Error ToMisfit(const std::string& host, const http::JsonCall& call, const http::JsonAnswer& answer,
               std::string_view what, const http::KnownSecrets& secrets);

}  // namespace tfcpp::databricks
