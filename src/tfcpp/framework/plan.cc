#include "tfcpp/framework/plan.h"

#include <utility>

#include "tfcpp/framework/plan_steps.h"
#include "tfcpp/framework/shown_lines.h"
#include "tfcpp/framework/validate.h"

namespace tfcpp {
namespace {

Plan PlanDestroy(const PlanInput& input) {
  return {.planned = Value::Null(input.proposed.type()),
          .requires_replace = {},
          .private_data = input.private_data,
          .diagnostics = {}};
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
  Value planned = modify(settled);
  if (planned != input.prior) planned = modify(ComputedToUnknown(schema, config, settled));
  plan.planned = std::move(planned);

  if (type.modify_plan) {
    const bool changes = plan.planned != input.prior;
    type.modify_plan({config, input.prior, input.private_data, input.facts, changes, input.first_decision}, plan);
  }
  plan.diagnostics = WithoutSecretLines(schema, config, plan.diagnostics);
  plan.requires_replace = EffectiveReplacements(schema, input.prior, plan.planned, std::move(plan.requires_replace));
  return plan;
}

}  // namespace tfcpp
