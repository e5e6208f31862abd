// What the clients of all services have in common: the transport's options from the environment, and how long a call is
// repeated. Pure; thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "rest/curl_transport.h"
#include "rest/retry_policy.h"
#include "rest/transport.h"
#include "tfcpp/base/settings.h"

namespace mlflow {

using TransportFactory = std::function<std::unique_ptr<tfcpp::rest::HttpTransport>(const tfcpp::rest::CurlOptions&)>;

// With proxies and the CA bundle that the environment names; what a service configures besides is for its client to
// add.
tfcpp::rest::CurlOptions TransportOptions(const tfcpp::Environment& environment, std::string user_agent);

// `budget`: retry_timeout_seconds.
tfcpp::rest::RetryPolicy RetriesWithin(std::chrono::milliseconds budget);

}  // namespace mlflow
