// Which addresses may be called on the way to a token, and with one. Most are named by somebody else: an answer of the
// service (discovery, host metadata, the resource manager), a key file (token_uri), a pipeline's variable. One that is
// not https gives away what is sent there, and what comes back.
//
// Not meant here are the fixed addresses of a machine's own identity and a metadata service on loopback: those are
// http, and are sent no secret. Pure; thread-safe.
#pragma once

#include <string>

#include "databricks/auth/strategy.h"
#include "tfcpp/base/result.h"

namespace tfcpp::databricks {

// Fails with kInvalidArgument, with a clause as message, unless `url` is https, or the workspace itself is called by
// http and `url` is of the same host or of loopback. A workspace that is not known yet counts as the resource manager
// of its Azure cloud, which will name it.
Result<void> RequireSafeAddress(const SignInTools& tools, const std::string& url);

}  // namespace tfcpp::databricks
