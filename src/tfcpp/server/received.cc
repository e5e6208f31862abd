// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/server/received.h"

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/framework/schema_walk.h"

namespace tfcpp {
namespace {

Error Broken(std::string_view what, std::string_view how) {
  return {.code = ErrorCode::kInvalidArgument, .message = Concat(what, " ", how)};
}

// The first required attribute without a value; empty: none.
std::string MissingIn(const Schema& schema, const Value& value) {
  std::string missing;
  VisitBySchema(schema, value, [&](const AttributeVisit& visit) {
    if (missing.empty() && visit.attribute.required() && !visit.value.is_set()) missing = visit.path.ToString();
  });
  return missing;
}

}  // namespace

Result<Value> Received(const tfplugin6::DynamicValue& message, const Schema& schema, std::string_view what,
                       Promise promise) {
  TFCPP_ASSIGN_OR_RETURN(Value value, FromProto(message, schema.ImpliedType()));
  if (!value.is_known()) return Broken(what, "that is unknown as a whole");
  const bool may_be_null =
      promise == Promise::kNullOrObject || promise == Promise::kPlan || promise == Promise::kNullOrKnown;
  if (value.is_null()) {
    if (may_be_null) return value;
    return Broken(what, "that is null as a whole");
  }
  const bool may_have_unknowns =
      promise == Promise::kObject || promise == Promise::kNullOrObject || promise == Promise::kPlan;
  if (!may_have_unknowns && !value.is_wholly_known()) return Broken(what, "in which something is unknown");
  if (promise == Promise::kPlan) {
    if (const std::string name = MissingIn(schema, value); !name.empty()) {
      return Broken(what, Concat("in which ", name, " has no value, which is required"));
    }
  }
  return value;
}

}  // namespace tfcpp
