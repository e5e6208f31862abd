// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/move.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/framework/plan_steps.h"

namespace tfcpp {
namespace {

bool Accepts(const StateMover& mover, const MoveRequest& request) {
  const auto& providers = mover.source_providers;
  return mover.source_type == request.source_type && mover.source_version == request.source_version &&
         std::find(providers.begin(), providers.end(), request.source_provider) != providers.end();
}

Outcome Refuse(const ResourceType& type, const MoveRequest& request) {
  if (const auto why = type.unmovable.find(request.source_type); why != type.unmovable.end()) {
    Outcome outcome;
    outcome.diagnostics.AddError("This state cannot be moved", why->second);
    return outcome;
  }
  std::vector<std::string> sources{Concat(type.name, " of another provider address")};
  for (const StateMover& mover : type.movers) {
    sources.push_back(Concat(mover.source_type, " (schema version ", std::to_string(mover.source_version), ") of ",
                             Join(mover.source_providers, " or ")));
  }
  Outcome outcome;
  outcome.diagnostics.AddError("This state cannot be moved",
                               Concat("The moved block goes from a ", request.source_type, " (schema version ",
                                      std::to_string(request.source_version), ") of ", request.source_provider,
                                      " to a ", type.name, ". What can be moved there: ", Join(sources, "; "),
                                      ". For anything else, remove the moved block and import the object."));
  return outcome;
}

Outcome TakeAsItIs(const ResourceType& type, const MoveRequest& request, const StateDecoder& decode) {
  UpgradeOutput upgraded = UpgradeState(type, request.source_version, request.json, decode);
  Outcome outcome{.state = std::nullopt, .private_data = request.private_data, .diagnostics = upgraded.diagnostics};
  if (!outcome.diagnostics.has_error()) outcome.state = std::move(upgraded.state);
  return outcome;
}

}  // namespace

Outcome MoveState(const ResourceType& type, const MoveRequest& request, const StateDecoder& decode) {
  if (request.source_type == type.name) return TakeAsItIs(type, request, decode);
  const auto mover = std::find_if(type.movers.begin(), type.movers.end(),
                                  [&](const StateMover& candidate) { return Accepts(candidate, request); });
  if (mover == type.movers.end()) return Refuse(type, request);
  const auto source = decode(request.json, Type::Dynamic());
  if (!source.has_value()) {
    Outcome outcome;
    outcome.diagnostics.AddError(
        "The stored state cannot be read",
        Concat("The state of this ", request.source_type, " is damaged: ", source.error().message, "."));
    return outcome;
  }
  Outcome outcome = GuardedCall("move", type, [&] { return mover->move(*source); });
  UseAnswer("move", type, outcome);
  if (outcome.state.has_value()) outcome.state = WriteOnlyToNull(type.schema, *outcome.state);
  return outcome;
}

}  // namespace tfcpp
