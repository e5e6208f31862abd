// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/upgrade.h"

#include <string>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/framework/plan_steps.h"

namespace tfcpp {
namespace {

UpgradeOutput Failed(const ResourceType& type, std::string detail) {
  UpgradeOutput output{Value::Null(type.schema.ImpliedType()), {}};
  output.diagnostics.AddError("The stored state cannot be read", std::move(detail));
  return output;
}

}  // namespace

UpgradeOutput UpgradeState(const ResourceType& type, std::int64_t version, std::string_view json,
                           const StateDecoder& decode) {
  const Type implied = type.schema.ImpliedType();
  if (version > type.schema.version) {
    return Failed(type, Concat("The state of this ", type.name,
                               " was written by a newer version of the provider (schema ", std::to_string(version),
                               ", this one knows ", std::to_string(type.schema.version), "). Use the newer version."));
  }
  if (version == type.schema.version) {
    auto state = decode(json, implied);
    if (!state.has_value())
      return Failed(type, Concat("The state of this ", type.name, " is damaged: ", state.error().message, "."));
    return {WriteOnlyToNull(type.schema, *state), {}};
  }
  const auto upgrader = type.upgraders.find(version);
  if (upgrader == type.upgraders.end()) {
    return Failed(type, Concat("The state of this ", type.name, " has schema version ", std::to_string(version),
                               ", from which this provider cannot upgrade."));
  }
  const auto old_state = decode(json, Type::Dynamic());
  if (!old_state.has_value()) {
    return Failed(type, Concat("The state of this ", type.name, " is damaged: ", old_state.error().message, "."));
  }
  auto state = upgrader->second(*old_state);
  if (!state.has_value()) {
    return Failed(type, Concat("The state of this ", type.name, " cannot be upgraded from schema version ",
                               std::to_string(version), ": ", state.error().message, "."));
  }
  const auto upgraded = Answered(*state, implied);
  if (!upgraded.has_value()) {
    UpgradeOutput output{Value::Null(implied), {}};
    output.diagnostics.Add(ProviderBug(Concat(
        "The upgrade of a ", type.name, " from schema version ", std::to_string(version),
        " gave a state that cannot be used: ", upgraded.error().message, ". The stored state is as it was before.")));
    return output;
  }
  return {WriteOnlyToNull(type.schema, *upgraded), {}};
}

}  // namespace tfcpp
