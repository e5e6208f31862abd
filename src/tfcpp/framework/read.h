// SPDX-License-Identifier: Apache-2.0
// ReadResource(): refreshes a state, with rules that are the same for every resource: where the service's form means
// the same (Attribute::equivalence), the state's form stays; sensitive attributes that the answer leaves null keep
// their prior value, because services do not return secrets; write-only attributes are null. After an error the prior
// state and private data are returned with it. Thread-safe.
#pragma once

#include "tfcpp/framework/apply.h"
#include "tfcpp/framework/resource.h"

namespace tfcpp {

struct ReadInput {
  Value state;
  std::string private_data;
  std::optional<Value> identity = std::nullopt;  // as last known
};

ResourceOutput ReadResource(const Context& context, const ResourceType& type, Resource& resource,
                            const ReadInput& input);

}  // namespace tfcpp
