// The one place where an Error becomes a Diagnostic. Without a path: an API's refusal may concern any attribute.
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "base/strings.h"
#include "value/diagnostics.h"

namespace mlflow {

// `advice`: what to do, as a paragraph of its own; may be empty.
inline tfcpp::Diagnostic ToDiagnostic(const tfcpp::Error& error, std::string summary, std::string_view advice = {}) {
  return {tfcpp::Severity::kError,
          std::move(summary),
          advice.empty() ? error.message : tfcpp::Concat(error.message, "\n\n", advice),
          {}};
}

}  // namespace mlflow
