// SPDX-License-Identifier: Apache-2.0
// Going through a value by its schema, with up to two companions of the same schema beside it: a plan with
// configuration and prior state, a service's answer with the plan. Attributes are visited parents first; nested objects
// of all four nestings and blocks are entered where the value is known and not null.
//
// Elements are matched by index in lists, by key in maps. An element of a set has no identity: its companion is the one
// whose non-computed, non-secret attributes are equal. Where a companion has no counterpart, it is null. Pure;
// thread-safe.
#pragma once

#include <functional>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/path.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

// Null: there is no such companion.
struct Companions {
  Value config = {};  // what the configuration says
  Value prior = {};   // what was there before: the prior state, or the plan that an answer is held against
};

struct AttributeVisit {
  const Attribute& attribute;
  const Path& path;
  const Value& value;
  const Value& config;  // of the companions, what belongs to `value`
  const Value& prior;
};

// `value` with each attribute's value replaced by what `change` returns.
Value TransformBySchema(const Schema& schema, const Value& value, const Companions& companions,
                        const std::function<Value(const AttributeVisit&)>& change);

// Visits every attribute without changing anything.
void VisitBySchema(const Schema& schema, const Value& value, const std::function<void(const AttributeVisit&)>& visit);

}  // namespace tfcpp
