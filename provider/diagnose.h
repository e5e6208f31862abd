// The one place where an Error becomes a Diagnostic. Its path is the attribute that the API refuses, where that is
// told. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "tfcpp/base/result.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/path.h"

namespace mlflow {

// `advice`: what to do, as a paragraph of its own; may be empty.
inline tfcpp::Diagnostic ToDiagnostic(const tfcpp::Error& error, std::string summary, std::string_view advice = {}) {
  return {tfcpp::Severity::kError, std::move(summary),
          advice.empty() ? error.message : tfcpp::Concat(error.message, "\n\n", advice),
          error.attribute.empty() ? tfcpp::Path() : tfcpp::Path(error.attribute)};
}

}  // namespace mlflow
