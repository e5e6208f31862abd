// ImportResource(): the first step of an import, by id or by identity: as much of the state as the request tells, the
// rest null. Terraform reads the object next. Pure; thread-safe.
#pragma once

#include "tfcpp/framework/resource.h"

namespace tfcpp {

// The outcome has a state of the schema's type, or errors.
Outcome ImportResource(const ResourceType& type, const ImportRequest& request);

}  // namespace tfcpp
