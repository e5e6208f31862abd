// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/plan.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/framework/plan_rules.h"
#include "tfcpp/framework/plan_steps.h"
#include "tfcpp/framework/shown_lines.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/value/fit.h"

namespace tfcpp {
namespace {

Plan PlanDestroy(const PlanInput& input) {
  return {.planned = Value::Null(input.proposed.type()),
          .requires_replace = {},
          .private_data = input.private_data,
          .diagnostics = {}};
}

// A step of the provider's own code has turned `before` into plan.planned.
struct OwnStep {
  std::string_view name;  // as texts call it
  const Value& before;
};

void AddBug(const ResourceType& type, const OwnStep& step, const std::vector<std::string>& faults, Plan& plan) {
  if (faults.empty()) return;
  plan.diagnostics.Add(ProviderBug(Concat("The plan of a ", type.name, " breaks Terraform's rules after ", step.name,
                                          ": ", Join(faults, "; "), ". Nothing was planned.")));
}

// Of the breaches only those that the step has made.
void CheckStep(const ResourceType& type, const OwnStep& step, const Value& config, const Value& prior, Plan& plan) {
  if (plan.planned == step.before) return;
  std::vector<std::string> breaches = PlanFaults(type.schema, config, prior, plan.planned);
  if (breaches.empty()) return;
  const std::vector<std::string> older = PlanFaults(type.schema, config, prior, step.before);
  breaches.erase(std::remove_if(breaches.begin(), breaches.end(),
                                [&](const std::string& breach) {
                                  return std::find(older.begin(), older.end(), breach) != older.end();
                                }),
                 breaches.end());
  AddBug(type, step, breaches, plan);
}

void RunModifyPlan(const ResourceType& type, const PlanRequest& request, Plan& plan) {
  const Value before = plan.planned;
  const OwnStep step{"modify_plan", before};
  try {
    type.modify_plan(request, plan);
  } catch (...) {
    RethrowWith("in modify_plan");
  }
  const Type implied = type.schema.ImpliedType();
  Fitted fitted = Fit(plan.planned, implied);
  if (!fitted.value.is_set() && fitted.faults.empty()) fitted.faults.emplace_back("no object is planned");
  for (const Path& path : plan.requires_replace) {
    if (!LeadsSomewhere(path, implied)) {
      fitted.faults.push_back(Concat(path.ToString(), " is to replace the resource, but is no attribute"));
    }
  }
  AddBug(type, step, fitted.faults, plan);
  if (plan.diagnostics.has_error()) return;
  plan.planned = std::move(fitted.value);
  CheckStep(type, step, request.config, request.prior, plan);
}

}  // namespace

Plan PlanResource(const ResourceType& type, const PlanInput& input) {
  if (input.proposed.is_null()) return PlanDestroy(input);
  const Schema& schema = type.schema;

  Plan plan{.planned = input.prior, .requires_replace = {}, .private_data = input.private_data, .diagnostics = {}};
  if (!input.write_only_allowed) plan.diagnostics = RefuseWriteOnlyValues(schema, input.config);
  if (plan.diagnostics.has_error()) return plan;
  const Value config = ReadOnlyToNull(schema, input.config);
  Value settled = ApplyDefaults(schema, config, input.proposed);
  settled = input.write_only_allowed ? WriteOnlyToNull(schema, settled) : KnownWriteOnlyToNull(schema, settled);
  const auto modify = [&](const Value& planned) {
    plan.requires_replace.clear();
    return RunPlanModifiers(schema, config, input.prior, planned, plan.requires_replace);
  };
  // A modifier may find the first difference; then computed values are open as well.
  plan.planned = modify(settled);
  if (plan.planned != input.prior) {
    settled = ComputedToUnknown(schema, config, settled);
    plan.planned = modify(settled);
  }
  CheckStep(type, {"its plan modifiers", settled}, config, input.prior, plan);

  if (type.modify_plan && !plan.diagnostics.has_error()) {
    const bool changes = plan.planned != input.prior;
    RunModifyPlan(type, {config, input.prior, input.private_data, input.facts, changes, input.first_decision}, plan);
  }
  plan.diagnostics = WithoutSecretLines(schema, config, plan.diagnostics);
  plan.requires_replace = EffectiveReplacements(schema, input.prior, plan.planned, std::move(plan.requires_replace));
  return plan;
}

}  // namespace tfcpp
