#include "provider/shared/outcomes.h"

#include <utility>

#include "tfcpp/base/strings.h"

namespace mlflow {

tfcpp::Outcome Failed(std::optional<tfcpp::Value> state, std::string private_data, tfcpp::Diagnostic diagnostic) {
  tfcpp::Outcome outcome{.state = std::move(state), .private_data = std::move(private_data), .diagnostics = {}};
  outcome.diagnostics.Add(std::move(diagnostic));
  return outcome;
}

tfcpp::Diagnostic WhyNotSent(std::string summary, std::string_view what, const std::vector<std::string>& undecided) {
  return {tfcpp::Severity::kError,
          std::move(summary),
          tfcpp::Concat(
              "The update has to send ", what,
              ", and it is not decided what becomes of secrets in it. Nothing was sent.\n\n  - ",
              tfcpp::Join(undecided, "\n  - "),
              "\n\nTo send a new value, let ignore_changes cover neither it nor its version. To keep the present one, "
              "configure the value that was last sent. To remove it, change its version (..._wo_version) in a "
              "configuration without it."),
          {}};
}

}  // namespace mlflow
