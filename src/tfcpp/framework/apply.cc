#include "tfcpp/framework/apply.h"

#include <string>
#include <utility>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/framework/settle.h"
#include "tfcpp/framework/shown_lines.h"

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
  diagnostics.AddError("The provider has a bug",
                       Concat("After the apply of a ", type.name, " the value of ", Names(paths),
                              " is still unknown. The object exists and is in the state. Please report this."));
}

ResourceOutput Create(const Context& context, const ResourceType& type, Resource& resource, const ApplyInput& input) {
  Outcome outcome = GuardedCall("create", type, [&] {
    return resource.Create(context, {input.config, input.planned, input.private_data});
  });
  ResourceOutput output{Value::Null(input.planned.type()), std::move(outcome.private_data),
                        std::move(outcome.diagnostics), std::move(outcome.identity)};
  if (!outcome.state.has_value()) {
    if (!output.diagnostics.has_error()) {
      output.diagnostics.AddError("The provider has a bug", Concat("The create of a ", type.name,
                                                                   " ended without an object and without an error."));
    }
    return output;
  }
  // A create that ends with an error is replaced by the next apply. So a service that took other values is a warning,
  // with the planned values in state; the next refresh finds the difference, and an update mends it.
  Settled settled = Settle(type.schema, input.planned, *outcome.state, OnBreach::kKeepPlanned);
  output.state = std::move(settled.state);
  if (!settled.changed.empty()) {
    output.diagnostics.AddWarning(
        "The service did not take every value",
        Concat("After the create of a ", type.name, " the service has another value of ", Names(settled.changed),
               " than planned. The next plan will show the difference."));
  }
  ReportUnknown(type, settled.unknown, output.diagnostics);
  return output;
}

ResourceOutput Update(const Context& context, const ResourceType& type, Resource& resource, const ApplyInput& input) {
  Outcome outcome = GuardedCall("update", type, [&] {
    return resource.Update(context, {input.config, input.prior, input.planned, input.private_data, input.decision});
  });
  ResourceOutput output{input.prior, input.private_data, std::move(outcome.diagnostics), input.identity};
  if (outcome.identity.has_value()) output.identity = std::move(outcome.identity);
  const bool failed = output.diagnostics.has_error();
  if (!outcome.state.has_value()) {
    if (!failed) {
      output.diagnostics.AddError("The provider has a bug", Concat("The update of a ", type.name,
                                                                   " ended without an object and without an error."));
    }
    return output;
  }
  if (!outcome.private_data.empty()) output.private_data = std::move(outcome.private_data);
  // After a failure the state says what is there, whatever was planned. Secrets that the service does not return stay
  // as they were before, so that the next plan sends the new ones again.
  Settled settled = Settle(type.schema, failed ? input.prior : input.planned, *outcome.state, OnBreach::kKeepAnswer);
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
  if (!outcome.diagnostics.has_error()) return {Value::Null(input.prior.type()), "", std::move(outcome.diagnostics)};
  ResourceOutput output{input.prior, input.private_data, std::move(outcome.diagnostics), input.identity};
  if (outcome.state.has_value()) output.state = *std::move(outcome.state);
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
