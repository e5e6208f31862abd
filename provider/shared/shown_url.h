// What of the URL of a webhook people may be shown: paths and queries often are secrets. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace mlflow {

// Scheme and host of a URL. Empty for what does not parse, and for what may have user information.
std::string ShownOf(std::string_view url);

}  // namespace mlflow
