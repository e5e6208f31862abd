// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/schema/plan_modifiers.h"

#include <utility>

namespace tfcpp {

PlanModifier RequiresReplace() {
  return RequiresReplaceIf("replaces the resource", [](const PlanModifierRequest&) { return true; });
}

PlanModifier RequiresReplaceIf(std::string description, std::function<bool(const PlanModifierRequest&)> condition) {
  return {std::move(description),
          [condition = std::move(condition)](const PlanModifierRequest& request, PlanModifierResponse& response) {
            // On create there is nothing to replace.
            if (request.whole_prior.is_null() || request.planned == request.prior) return;
            if (condition(request)) response.requires_replace = true;
          },
          /*replaces=*/true};
}

PlanModifier UseStateForUnknown() {
  return {"keeps its value once it is known",
          [](const PlanModifierRequest& request, PlanModifierResponse& response) {
            // A value that the configuration leaves unknown is the configuration's to decide.
            if (request.planned.is_known() || !request.config.is_null() || request.prior.is_null()) return;
            response.planned = request.prior;
          },
          /*replaces=*/false, /*for_computed=*/true};
}

}  // namespace tfcpp
