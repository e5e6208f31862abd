// SPDX-License-Identifier: Apache-2.0
// Plan modifiers that more than one attribute can use. Pure; thread-safe.
#pragma once

#include <functional>
#include <string>

#include "tfcpp/schema/schema.h"

namespace tfcpp {

// A change of the attribute replaces the resource.
PlanModifier RequiresReplace();
// As above, when `condition` says so for this change; `description` completes "A change ...".
PlanModifier RequiresReplaceIf(std::string description, std::function<bool(const PlanModifierRequest&)> condition);
// Keeps the prior state's value instead of "(known after apply)": for values that never change once they are known.
PlanModifier UseStateForUnknown();

}  // namespace tfcpp
