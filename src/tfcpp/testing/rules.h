// SPDX-License-Identifier: Apache-2.0
// Terraform's rules for the answers of a provider, as an oracle: core refuses what breaks them. Each function gives the
// paths where a rule is broken; the whole value is "". Pure; thread-safe.
//
// It shares no code with the framework's own check of plans (tfcpp/framework/plan_rules.h), on purpose: what judges the
// framework must not have its faults.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace tfcpp::test {

// What core demands of a plan: what the configuration sets is planned as it is set (or stays as it was); what it leaves
// null is null, unless the attribute is computed; what it does not know yet is not known; write-only values are null.
// Of a set, each element of the one side has one of the other that fits. A group of blocks whose number is not known
// yet may be planned in any way.
std::vector<std::string> PlanBreaches(const Schema& schema, const Value& prior, const Value& config,
                                      const Value& planned);

// What core demands of a later value of the same thing, of a final plan after an earlier one, of a state after a plan:
// only what was unknown may differ, and what was promised not to be null is not.
std::vector<std::string> RefinementBreaches(const Value& earlier, const Value& later);

// What core demands of every plan and state: write-only values are null.
std::vector<std::string> WriteOnlyBreaches(const Schema& schema, const Value& value);

// What core demands of every state: nothing is unknown.
std::vector<std::string> UnknownBreaches(const Value& state);

}  // namespace tfcpp::test
