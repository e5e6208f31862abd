// SPDX-License-Identifier: Apache-2.0
// The steps of a plan, each a pure function; plan.h says in which order they run and why.
#pragma once

#include <vector>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/path.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

// Nobody can set computed attributes that are not optional (validate.h), but ignore_changes puts the state's values of
// them into the configuration of a plan, where they mean nothing.
Value ReadOnlyToNull(const Schema& schema, const Value& config);

// What the configuration leaves null gets its default.
Value ApplyDefaults(const Schema& schema, const Value& config, const Value& planned);

// Write-only values never stand in a plan.
Value WriteOnlyToNull(const Schema& schema, const Value& value);
// Unknown ones stay: for clients that do not know of write-only attributes.
Value KnownWriteOnlyToNull(const Schema& schema, const Value& value);

// Computed attributes that the configuration leaves null, and that have no default, become unknown.
Value ComputedToUnknown(const Schema& schema, const Value& config, const Value& planned);

// Runs each attribute's plan modifiers; paths that require replacement are added to `requires_replace`.
Value RunPlanModifiers(const Schema& schema, const Value& config, const Value& prior, const Value& planned,
                       std::vector<Path>& requires_replace);

// Sorted, without repetition, and only where plan and prior state really differ: Terraform ignores the others. A
// write-only attribute is null in both and may differ all the same, so its path stays.
std::vector<Path> EffectiveReplacements(const Schema& schema, const Value& prior, const Value& planned,
                                        std::vector<Path> paths);

}  // namespace tfcpp
