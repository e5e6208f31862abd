#include "tfcpp/framework/read.h"

#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/framework/schema_walk.h"
#include "tfcpp/framework/shown_lines.h"

namespace tfcpp {
namespace {

Value KeepWhatTheServiceDoesNotSay(const AttributeVisit& visit) {
  const Attribute& attribute = visit.attribute;
  const Value& prior = visit.prior;
  const Value& answer = visit.value;
  if (attribute.write_only) return Value::Null(attribute.ImpliedType());
  if (attribute.may_be_left_out() && answer.is_null() && prior.is_set()) return prior;
  const bool both = prior.is_set() && answer.is_set();
  if (both && attribute.equivalence.same && attribute.equivalence.same(prior, answer)) return prior;
  return answer;
}

}  // namespace

ResourceOutput ReadResource(const Context& context, const ResourceType& type, Resource& resource,
                            const ReadInput& input) {
  Outcome outcome = GuardedCall("read", type, [&] {
    return resource.Read(context, {input.state, input.private_data});
  });
  ResourceOutput output{input.state, input.private_data,
                        WithoutSecretLines(type.schema, input.state, outcome.diagnostics), input.identity};
  if (output.diagnostics.has_error()) return output;
  output.private_data = std::move(outcome.private_data);
  if (!outcome.state.has_value()) {
    output.state = Value::Null(input.state.type());
    return output;
  }
  if (!outcome.state->is_wholly_known()) {
    output.diagnostics.AddError("The provider has a bug", Concat("The read of a ", type.name, " left values unknown."));
    return output;
  }
  if (outcome.identity.has_value()) output.identity = std::move(outcome.identity);
  output.state = TransformBySchema(type.schema, *outcome.state, {.prior = input.state}, KeepWhatTheServiceDoesNotSay);
  return output;
}

}  // namespace tfcpp
