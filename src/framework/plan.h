// PlanResource(): turns a proposed state into a plan, by steps that are the same for every resource (plan_steps.h):
//
//   1. proposed state as Terraform made it (configuration, with prior computed values where the configuration is null)
//   2. attributes that the configuration leaves null get their default
//   3. write-only values become null
//   4. if anything differs from the prior state (or there is none): computed attributes that the configuration leaves
//      null, and that have no default, become unknown
//   5. each attribute's plan modifiers, parents first
//   6. if something differs now that did not before step 5, steps 4 and 5 again
//   7. the resource's own modify_plan
//   8. replace paths sorted, without repetition, only those that really change or are write-only
//
// Before all that, a known write-only value for a client that would store it is an error, and nothing is planned: it may
// print the values of a plan that it refuses. A destroy (proposed null) stays null. Deterministic: Terraform plans again at apply with more values known and
// refuses another answer for what was known before. Pure; thread-safe.
#pragma once

#include <string>

#include "framework/resource.h"

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
