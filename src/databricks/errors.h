// Errors of the Databricks REST API: two tables, service code and HTTP status, to ErrorCode, and the text for people.
// Facts: an error body is {"error_code": "...", "message": "..."}, sometimes another JSON form, text or HTML; the code
// counts before the status. Pure; thread-safe.
#pragma once

#include <string>

#include "http/json_client.h"

namespace tfcpp::databricks {

// `host` is named in the text, so that a wrong host shows.
Error ToError(const std::string& host, const http::JsonCall& call, const http::HttpResponse& response);

}  // namespace tfcpp::databricks
