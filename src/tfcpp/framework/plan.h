// SPDX-License-Identifier: Apache-2.0
// PlanResource(): turns a proposed state into a plan, by steps that are the same for every resource (plan_steps.h), in
// this order:
//
//   1. A known write-only value for a client that would store it is an error, and nothing is planned: the client may
//      print the values of a plan that it refuses.
//   2. Begin with the proposed state as Terraform made it: the configuration, with prior computed values where the
//      configuration is null.
//   3. Attributes that the configuration leaves null get their default.
//   4. Write-only values become null.
//   5. Each attribute's plan modifiers run, parents first.
//   6. If something differs from the prior state by now (or there is none), computed attributes that the configuration
//      leaves null, and that have no default, become unknown, and step 5 runs again on what step 4 gave, with these.
//   7. The resource's own modify_plan.
//   8. What plan modifiers and modify_plan have made is held against Terraform's rules (plan_rules.h): a breach is an
//      error that names the attribute.
//   9. Diagnostics lose the paths to lines that may hold a secret (shown_lines.h). Replace paths are sorted, without
//      repetition, only those that really change or are write-only.
//
// A destroy (proposed null) stays null. Deterministic: Terraform plans again at apply with more values known, and
// refuses another answer for what was known before. Pure; thread-safe.
#pragma once

#include <string>

#include "tfcpp/framework/resource.h"

namespace tfcpp {

struct PlanInput {
  Value config;
  Value prior;     // null: create
  Value proposed;  // null: destroy
  std::string private_data;
  Facts facts;
  std::string first_decision = {};  // see PlanRequest
  // See ValidateOptions. Without it the client takes a write-only attribute for an ordinary one: an unknown value has
  // to stay unknown in the plan, and is judged when it is known.
  bool write_only_allowed = true;
};

Plan PlanResource(const ResourceType& type, const PlanInput& input);

}  // namespace tfcpp
