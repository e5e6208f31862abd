// SPDX-License-Identifier: Apache-2.0
// The proposed new state as Terraform makes it: the configuration, with prior values of computed attributes where the
// configuration is null.
//
// Members of lists are matched by index, of maps by key. Of a set, the prior element of a configured one is the first
// that is left and from which the configuration could have come: they are equal, but for computed attributes that the
// configuration leaves null. An optional and computed attribute with nested ones keeps its prior value only if all in
// that is computed: otherwise the configuration must have had it, and has it no longer. So for blocks and nested
// attributes alike. Source: the behaviour of Terraform 1.11. Pure; thread-safe.
#pragma once

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace tfcpp::test {

Value ProposedNewState(const Schema& schema, const Value& prior, const Value& config);

}  // namespace tfcpp::test
