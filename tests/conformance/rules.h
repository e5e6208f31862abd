// Terraform's rules for the answers of a provider, as an oracle: core refuses what breaks them. Each function gives the
// paths where a rule is broken.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace conformance {

// What core demands of a plan: what the configuration sets is planned as it is set (or stays as it was); what it leaves
// null is null, unless the attribute is computed; what it does not know yet is not known; write-only values are null.
std::vector<std::string> PlanBreaches(const tfcpp::Schema& schema, const tfcpp::Value& prior,
                                      const tfcpp::Value& config, const tfcpp::Value& planned);

// What core demands of a later value of the same thing, of a final plan after an earlier one, of a state after a plan:
// only what was unknown may differ, and what was promised not to be null is not.
std::vector<std::string> RefinementBreaches(const tfcpp::Value& earlier, const tfcpp::Value& later);

}  // namespace conformance
