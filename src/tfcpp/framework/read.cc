// SPDX-License-Identifier: Apache-2.0
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
  if (!outcome.state.has_value()) {
    output.private_data = std::move(outcome.private_data);
    output.state = Value::Null(input.state.type());
    return output;
  }
  const Result<Value> answer = Answered(*outcome.state, type.schema.ImpliedType());
  if (!answer.has_value()) {
    output.diagnostics.Add(ProviderBug(Concat("The read of a ", type.name, " gave a state that cannot be used: ",
                                              answer.error().message, ". The state is as it was before.")));
    return output;
  }
  output.identity = SettleIdentity("read", type, outcome.identity, input.identity, output.diagnostics);
  if (output.diagnostics.has_error()) return output;
  try {
    output.state = TransformBySchema(type.schema, *answer, {.prior = input.state}, KeepWhatTheServiceDoesNotSay);
    output.private_data = std::move(outcome.private_data);
  } catch (...) {
    output.diagnostics.Add(DescribeException(Concat("after the read of a ", type.name)));
  }
  return output;
}

}  // namespace tfcpp
