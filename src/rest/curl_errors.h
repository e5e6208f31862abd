// SPDX-License-Identifier: Apache-2.0
// What a call that failed means: libcurl's codes, and what has come of the exchange besides, as errors. Texts name the
// host and the cause; libcurl's own text is used where it says more, and never holds credentials. Pure; thread-safe.
#pragma once

#include <curl/curl.h>

#include "rest/curl_exchange.h"
#include "tfcpp/base/result.h"

namespace tfcpp::rest {

// Of an exchange that is done. may_have_acted when the request was sent.
Error ToError(CURLcode code, const Exchange& exchange);
Error StoppedError(const Exchange& exchange);

}  // namespace tfcpp::rest
