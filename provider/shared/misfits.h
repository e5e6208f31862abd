// Tells whoever lists webhooks which of them are not of the documented form, and so not among the results. Pure;
// thread-safe.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "provider/shared/entries.h"
#include "tfcpp/value/diagnostics.h"

namespace mlflow {

// Each by its id, or what stands for that, and what is wrong with it. One warning that names each, as Terraform folds
// several of the same summary into one; none where there are none.
void NameMisfits(const std::vector<std::pair<std::string_view, std::string_view>>& misfits,
                 tfcpp::Diagnostics& diagnostics);

template <class Webhook>
void NameMisfits(const Entries<Webhook>& listing, tfcpp::Diagnostics& diagnostics) {
  std::vector<std::pair<std::string_view, std::string_view>> misfits;
  for (const auto& [id, misfit] : listing.misfits) misfits.emplace_back(id, misfit.what);
  for (const auto& misfit : listing.nameless) misfits.emplace_back("a webhook without an id", misfit.what);
  NameMisfits(misfits, diagnostics);
}

}  // namespace mlflow
