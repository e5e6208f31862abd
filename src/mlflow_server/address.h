// The address of an MLflow server: http(s)://host[:port][/prefix]. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "tfcpp/base/result.h"

namespace tfcpp::mlflow_server {

// "HTTPS://Example.com:443/ml/" becomes "https://example.com/ml": scheme and host in lower case, without the scheme's
// own port and slashes at the end. The prefix is kept as it is; none is guessed. Fails (kInvalidArgument) for what
// names a Databricks workspace, a database or a folder instead, and for user information, a query or a fragment. The
// error is the end of a sentence after the setting's name, and shows of the text what ShownAddress (tfcpp/base/url.h)
// gives.
Result<std::string> NormaliseAddress(std::string_view text);

// Whether a text begins as the address of a server does, in any case.
bool IsServerAddress(std::string_view text);

// What is wrong with the name of an MLflow workspace, as the end of a sentence; empty: nothing. Facts: the server takes
// ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$ with at most 63 characters.
std::string_view FindWorkspaceNameFault(std::string_view name);

}  // namespace tfcpp::mlflow_server
