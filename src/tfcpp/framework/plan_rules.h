// SPDX-License-Identifier: Apache-2.0
// PlanFaults(): where a plan breaks the rules by which Terraform judges it. Terraform would refuse such a plan, or the
// apply of it, as a bug of the provider, without a word on what to mend.
//
//   - An attribute that is configured is planned as it is configured, or stays as it was.
//   - What the configuration does not know yet is not known in the plan.
//   - What the configuration leaves null is null, unless the attribute is computed.
//   - Collections of nested objects and blocks have as many elements as configured.
//   - Write-only attributes are null.
//
// The steps of a plan (plan.h) keep them. Plan modifiers and modify_plan are the provider's own code, and may not.
// Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

// Clauses, each with its path, never with a value: "size is planned with another value than it is configured with".
// All three values are of the schema's type; `config` and `planned` are objects.
std::vector<std::string> PlanFaults(const Schema& schema, const Value& config, const Value& prior,
                                    const Value& planned);

}  // namespace tfcpp
