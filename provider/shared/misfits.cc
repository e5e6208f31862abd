#include "provider/shared/misfits.h"

#include <string>

#include "tfcpp/base/strings.h"

namespace mlflow {

using tfcpp::Concat;

void NameMisfits(const std::vector<std::pair<std::string_view, std::string_view>>& misfits,
                 tfcpp::Diagnostics& diagnostics) {
  constexpr std::size_t kMost = 50;
  if (misfits.empty()) return;
  std::string lines;
  for (std::size_t i = 0; i < misfits.size() && i < kMost; ++i) {
    lines += Concat("\n  - ", misfits[i].first, ": ", misfits[i].second);
  }
  if (misfits.size() > kMost) lines += Concat("\n  - and ", std::to_string(misfits.size() - kMost), " more");
  diagnostics.AddWarning(
      "Webhooks that cannot be read",
      Concat("The service lists these in another form than documented, so they are left out:\n", lines));
}

}  // namespace mlflow
