// SPDX-License-Identifier: Apache-2.0
// An action, something that is done and leaves no state, in two parts, like a resource (resource.h): what it IS
// (ActionType) and what it DOES (Action). Needs Terraform 1.14.
//
// Thread safety: Terraform invokes several in parallel; Action implementations must be thread-safe.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tfcpp/framework/resource.h"

namespace tfcpp {

struct ActionType {
  std::string name;  // with the provider's prefix
  Schema schema;
  std::vector<ConfigValidator> config_validators = {};
};

// Shows one line to the user while the action runs. For the thread that invoked the action.
using ReportProgress = std::function<void(const std::string& line)>;

class Action {
 public:
  virtual ~Action() = default;
  // `config` is wholly known. An error among the diagnostics fails the run.
  virtual Diagnostics Invoke(const Context& context, const Value& config, const ReportProgress& report) = 0;
};

}  // namespace tfcpp
