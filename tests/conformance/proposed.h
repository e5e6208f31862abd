// The proposed new state as Terraform makes it: the configuration, with prior values of computed attributes where the
// configuration is null. Members of lists are matched by index, of maps by key. (Sets and blocks with computed members
// are not needed here and not handled.)
#pragma once

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace conformance {

tfcpp::Value ProposedNewState(const tfcpp::Schema& schema, const tfcpp::Value& prior, const tfcpp::Value& config);

}  // namespace conformance
