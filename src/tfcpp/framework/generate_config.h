// SPDX-License-Identifier: Apache-2.0
// GenerateConfig(): a configuration that plans empty over a state, for imports without one (Terraform 1.14, `plan
// -generate-config-out`). Terraform writes `x = null` and its mark of sensitive values by itself; what is decided here
// is which values are worth writing: not those that cannot be configured, not defaults, not secrets. Pure.
#pragma once

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

Value GenerateConfig(const Schema& schema, const Value& state);

}  // namespace tfcpp
