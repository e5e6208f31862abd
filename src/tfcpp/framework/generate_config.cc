// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/generate_config.h"

#include "tfcpp/framework/schema_walk.h"

namespace tfcpp {
namespace {

bool IsWorthWriting(const Attribute& attribute, const Value& value) {
  if (attribute.read_only() || attribute.secret()) return false;
  return !attribute.default_value.has_value() || *attribute.default_value != value;
}

}  // namespace

Value GenerateConfig(const Schema& schema, const Value& state) {
  return TransformBySchema(schema, state, {}, [](const AttributeVisit& visit) {
    return IsWorthWriting(visit.attribute, visit.value) ? visit.value : Value::Null(visit.attribute.ImpliedType());
  });
}

}  // namespace tfcpp
