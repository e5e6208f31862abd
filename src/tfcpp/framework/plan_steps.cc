// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/plan_steps.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/schema_walk.h"
#include "tfcpp/value/fit.h"
#include "tfcpp/value/walk.h"

namespace tfcpp {

Value ReadOnlyToNull(const Schema& schema, const Value& config) {
  return TransformBySchema(schema, config, {}, [](const AttributeVisit& visit) {
    return visit.attribute.read_only() ? Value::Null(visit.attribute.ImpliedType()) : visit.value;
  });
}

Value ApplyDefaults(const Schema& schema, const Value& config, const Value& planned) {
  return TransformBySchema(schema, planned, {.config = config}, [](const AttributeVisit& visit) {
    const bool unset = visit.config.is_null() && visit.attribute.default_value.has_value();
    return unset ? *visit.attribute.default_value : visit.value;
  });
}

Value WriteOnlyToNull(const Schema& schema, const Value& value) {
  return TransformBySchema(schema, value, {}, [](const AttributeVisit& visit) {
    return visit.attribute.write_only ? Value::Null(visit.attribute.ImpliedType()) : visit.value;
  });
}

Value KnownWriteOnlyToNull(const Schema& schema, const Value& value) {
  return TransformBySchema(schema, value, {}, [](const AttributeVisit& visit) {
    const bool clear = visit.attribute.write_only && visit.value.is_known();
    return clear ? Value::Null(visit.attribute.ImpliedType()) : visit.value;
  });
}

Value ComputedToUnknown(const Schema& schema, const Value& config, const Value& planned) {
  return TransformBySchema(schema, planned, {.config = config}, [](const AttributeVisit& visit) {
    const Attribute& attribute = visit.attribute;
    const bool open = attribute.computed() && !attribute.default_value.has_value() && visit.config.is_null();
    return open ? Value::Unknown(attribute.ImpliedType()) : visit.value;
  });
}

Value RunPlanModifiers(const Schema& schema, const Value& config, const Value& prior, const Value& planned,
                       std::vector<Path>& requires_replace) {
  return TransformBySchema(schema, planned, {.config = config, .prior = prior}, [&](const AttributeVisit& visit) {
    Value value = visit.value;
    for (const PlanModifier& modifier : visit.attribute.plan_modifiers) {
      PlanModifierResponse response{value, false};
      modifier.modify({visit.path, visit.config, visit.prior, value, config, prior}, response);
      Fitted fitted = Fit(response.planned, visit.attribute.ImpliedType());
      if (!fitted.faults.empty()) {
        throw std::logic_error(Concat("a plan modifier (\"", modifier.description,
                                      "\") plans what does not fit the schema: ", Join(fitted.faults, "; ")));
      }
      value = std::move(fitted.value);
      if (response.requires_replace) requires_replace.push_back(visit.path);
    }
    return value;
  });
}

std::vector<Path> EffectiveReplacements(const Schema& schema, const Value& prior, const Value& planned,
                                        std::vector<Path> paths) {
  if (prior.is_null() || planned.is_null()) return {};
  std::sort(paths.begin(), paths.end(), [](const Path& a, const Path& b) { return a.ToString() < b.ToString(); });
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  const auto shows_no_change = [&](const Path& path) {
    const Attribute* attribute = schema.Find(path);
    const bool is_hidden = attribute != nullptr && attribute->write_only;
    return !is_hidden && At(prior, path) == At(planned, path);
  };
  paths.erase(std::remove_if(paths.begin(), paths.end(), shows_no_change), paths.end());
  return paths;
}

}  // namespace tfcpp
