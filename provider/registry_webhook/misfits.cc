#include "provider/registry_webhook/misfits.h"

#include <string>

#include "base/strings.h"

namespace mlflow {

using tfcpp::Concat;

void NameMisfits(const Listing& listing, tfcpp::Diagnostics& diagnostics) {
  constexpr std::size_t kMost = 50;
  std::string lines;
  std::size_t count = 0;
  const auto add = [&](std::string_view name, std::string_view what) {
    if (++count <= kMost) lines += Concat("\n  - ", name, ": ", what);
  };
  for (const auto& [id, misfit] : listing.misfits) add(id, misfit.what);
  for (const auto& misfit : listing.nameless) add("a webhook without an id", misfit.what);
  if (count == 0) return;
  if (count > kMost) lines += Concat("\n  - and ", std::to_string(count - kMost), " more");
  diagnostics.AddWarning(
      "Webhooks that cannot be read",
      Concat("The service lists these in another form than documented, so they are left out:\n", lines));
}

}  // namespace mlflow
