// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/apply.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/framework/schema_walk.h"
#include "tfcpp/framework/settle.h"
#include "tfcpp/framework/shown_lines.h"
#include "tfcpp/value/fit.h"

namespace tfcpp {
namespace {

std::string Names(const std::vector<Path>& paths) {
  std::vector<std::string> names;
  for (const Path& path : paths) names.push_back(path.ToString());
  return Join(names, ", ");
}

// Without paths: they would make Terraform print lines that may hold secrets.
void ReportUnknown(const ResourceType& type, const std::vector<Path>& paths, Diagnostics& diagnostics) {
  if (paths.empty()) return;
  diagnostics.Add(ProviderBug(Concat("After the apply of a ", type.name, " the value of ", Names(paths),
                                     " is still unknown. The object exists and is in the state.")));
}

void ReportNothing(const ResourceType& type, std::string_view what, Diagnostics& diagnostics) {
  if (diagnostics.has_error()) return;
  diagnostics.Add(
      ProviderBug(Concat("The ", what, " of a ", type.name,
                         " ended without an object and without an error. It may have taken effect: look at what the "
                         "service has before you apply again.")));
}

// The state that a call gave, of the schema's type. Nullopt: it gave none. What does not fit is reported, and null.
struct Given {
  std::optional<Value> state;
  bool fits = true;
};
Given Take(const ResourceType& type, std::string_view what, std::string_view consequence,
           const std::optional<Value>& answer, Diagnostics& diagnostics) {
  if (!answer.has_value()) return {};
  Fitted fitted = Fit(*answer, type.schema.ImpliedType());
  if (!fitted.faults.empty()) {
    diagnostics.Add(ProviderBug(Concat("The ", what, " of a ", type.name,
                                       " gave a state that does not fit the schema: ", Join(fitted.faults, "; "), ". ",
                                       consequence)));
  }
  if (!fitted.value.is_set()) return {.state = std::nullopt, .fits = fitted.faults.empty()};
  return {.state = std::move(fitted.value), .fits = fitted.faults.empty()};
}

// The answer as it is, without any function of the schema. What it leaves out is as planned, what is unknown is null.
Value AsAnswered(const ResourceType& type, const Value& planned, const Value& answer) {
  return TransformBySchema(type.schema, answer, {.prior = planned}, [](const AttributeVisit& visit) {
    const Attribute& attribute = visit.attribute;
    if (attribute.write_only) return Value::Null(attribute.ImpliedType());
    if (attribute.may_be_left_out() && visit.value.is_null() && visit.prior.is_wholly_known()) return visit.prior;
    const bool is_object = attribute.nested() != nullptr && visit.value.is_known();
    return is_object || visit.value.is_wholly_known() ? visit.value : Value::Null(attribute.ImpliedType());
  });
}

// When a function of the schema throws, such as Attribute::equivalence, the object is in the state all the same.
Settled SettleAnswer(const ResourceType& type, const Value& planned, const Value& answer, OnBreach on_breach,
                     Diagnostics& diagnostics) {
  try {
    return Settle(type.schema, planned, answer, on_breach);
  } catch (...) {
    diagnostics.Add(DescribeException(Concat("after the apply of a ", type.name)));
    return {.state = AsAnswered(type, planned, answer), .changed = {}, .unknown = {}};
  }
}

ResourceOutput Create(const Context& context, const ResourceType& type, Resource& resource, const ApplyInput& input) {
  Outcome outcome = GuardedCall("create", type, [&] {
    return resource.Create(context, {input.config, input.planned, input.private_data});
  });
  ResourceOutput output{Value::Null(input.planned.type()), std::move(outcome.private_data),
                        std::move(outcome.diagnostics)};
  const Given given = Take(type, "create", "An object that was made is in the state, with these values as planned.",
                           outcome.state, output.diagnostics);
  if (!given.state.has_value()) {
    ReportNothing(type, "create", output.diagnostics);
    return output;
  }
  // A create that ends with an error is replaced by the next apply. So a service that took other values is a warning,
  // with the planned values in state; the next refresh finds the difference, and an update mends it. A wrong identity
  // is one, too: the next read tells it.
  Settled settled = SettleAnswer(type, input.planned, *given.state, OnBreach::kKeepPlanned, output.diagnostics);
  output.state = std::move(settled.state);
  output.identity =
      SettleIdentity("create", type, outcome.identity, std::nullopt, output.diagnostics, Severity::kWarning);
  if (!settled.changed.empty() && given.fits) {
    output.diagnostics.AddWarning(
        "The service did not take every value",
        Concat("After the create of a ", type.name, " the service has another value of ", Names(settled.changed),
               " than planned. The next plan will show the difference."));
  }
  if (given.fits) ReportUnknown(type, settled.unknown, output.diagnostics);
  return output;
}

ResourceOutput Update(const Context& context, const ResourceType& type, Resource& resource, const ApplyInput& input) {
  Outcome outcome = GuardedCall("update", type, [&] {
    return resource.Update(context, {input.config, input.prior, input.planned, input.private_data, input.decision});
  });
  ResourceOutput output{input.prior, input.private_data, std::move(outcome.diagnostics), input.identity};
  const bool failed = output.diagnostics.has_error();
  const Given given = Take(type, "update", "The state is as it was before; the next refresh finds what there is.",
                           outcome.state, output.diagnostics);
  if (!given.state.has_value()) ReportNothing(type, "update", output.diagnostics);
  if (!given.state.has_value() || !given.fits) return output;
  if (!outcome.private_data.empty()) output.private_data = std::move(outcome.private_data);
  output.identity = SettleIdentity("update", type, outcome.identity, input.identity, output.diagnostics);
  // After a failure the state says what is there, whatever was planned. Secrets that the service does not return stay
  // as they were before, so that the next plan sends the new ones again.
  Settled settled =
      SettleAnswer(type, failed ? input.prior : input.planned, *given.state, OnBreach::kKeepAnswer, output.diagnostics);
  output.state = std::move(settled.state);
  if (!failed && !settled.changed.empty()) {
    output.diagnostics.AddError("The service did not take every value",
                                Concat("After the update of a ", type.name, " the service has another value of ",
                                       Names(settled.changed), " than planned. The state says what the service has."));
  }
  ReportUnknown(type, settled.unknown, output.diagnostics);
  return output;
}

ResourceOutput Delete(const Context& context, const ResourceType& type, Resource& resource, const ApplyInput& input) {
  Outcome outcome = GuardedCall("delete", type, [&] {
    return resource.Delete(context, {input.prior, input.private_data});
  });
  ResourceOutput output{input.prior, input.private_data, std::move(outcome.diagnostics), input.identity};
  if (!outcome.state.has_value()) {
    if (!output.diagnostics.has_error()) return {Value::Null(input.prior.type()), "", std::move(output.diagnostics)};
    return output;
  }
  if (!output.diagnostics.has_error()) {
    output.diagnostics.Add(ProviderBug(Concat(
        "The delete of a ", type.name,
        " gave a state and no error, so it is not clear whether the object is gone. It is in the state as before.")));
    return output;
  }
  if (Result<Value> left = Answered(*outcome.state, type.schema.ImpliedType()); left.has_value()) {
    output.state = *std::move(left);
  } else {
    output.diagnostics.Add(ProviderBug(Concat("The delete of a ", type.name, " gave a state that cannot be used: ",
                                              left.error().message, ". The state is as it was before.")));
  }
  return output;
}

}  // namespace

ResourceOutput ApplyResource(const Context& context, const ResourceType& type, Resource& resource,
                             const ApplyInput& input) {
  const bool is_delete = input.planned.is_null();
  ResourceOutput output = is_delete               ? Delete(context, type, resource, input)
                          : input.prior.is_null() ? Create(context, type, resource, input)
                                                  : Update(context, type, resource, input);
  output.diagnostics = WithoutSecretLines(type.schema, is_delete ? input.prior : input.config, output.diagnostics);
  return output;
}

}  // namespace tfcpp
