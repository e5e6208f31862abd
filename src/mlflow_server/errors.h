// Errors of the MLflow server: from what was answered to ErrorCode, and the text for people, with what to do.
//
// Facts, measured on 3.3.2, 3.10.1 and 3.17.2: the API answers {"error_code": "...", "message": "..."}; 401, 403 and
// whatever no API is behind answer in plain text or with a page; an unknown event, a store of files and a bug of the
// server are a 500 with a page; a secret that cannot be decrypted is a 500 with an empty message. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "mlflow_server/config.h"
#include "rest/answered.h"
#include "rest/json_client.h"

namespace tfcpp::mlflow_server {

// Error::reason of what the server answers without a reason of its own, for those who know more of the call.
inline constexpr char kServerPage[] = "SERVER_PAGE";  // a 500 without a code; the text has no advice
inline constexpr char kNoApi[] = "NO_API";            // 404 or 405 with a page: there is no such path
// In place of the server's own code, which is that of a missing webhook.
inline constexpr char kWorkspaceNotFound[] = "WORKSPACE_NOT_FOUND";

// The server as a JsonClient calls it.
rest::JsonService ServiceOf(const Config& config);

// What the server said is shown without `secrets`, readable, and cut; of a message that quotes SQL, the first line.
// Error::attribute is the webhook's that the message is about, where it tells.
Error ToError(const Config& config, const rest::JsonCall& call, const rest::HttpResponse& response,
              const rest::KnownSecrets& secrets);

// The error of an answer that is a success and JSON, but not what the call documents. `what` is a clause.
Error ToMisfit(std::string_view server, const rest::JsonCall& call, const rest::JsonAnswer& answer,
               std::string_view what, const rest::KnownSecrets& secrets);

}  // namespace tfcpp::mlflow_server
