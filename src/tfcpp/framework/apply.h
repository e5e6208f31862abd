// SPDX-License-Identifier: Apache-2.0
// ApplyResource(): create (prior null), update, or delete (planned null), then completes and checks the answer by
// Terraform's rules, so that a mistake is a diagnostic that names the attribute and not "a bug in the provider":
// nothing unknown is left, no value known in the plan has changed, write-only values are null.
//
// What the answer means to Terraform: on create, an error with a state is saved as tainted, an error without one saves
// nothing. On update and delete, an error without a state keeps the prior state, and this function sends it explicitly.
// Never throws for what a Resource throws: that becomes an error diagnostic, with the best known state.
// Thread safety: as the Resource.
#pragma once

#include <optional>
#include <string>

#include "tfcpp/framework/resource.h"

namespace tfcpp {

struct ApplyInput {
  Value config;   // null on delete
  Value prior;    // null on create
  Value planned;  // null on delete
  std::string private_data;
  std::string decision = {};                     // of the plan
  std::optional<Value> identity = std::nullopt;  // as last known
};
// What Terraform is to track after an apply or a read.
struct ResourceOutput {
  Value state;  // null: does not exist
  std::string private_data;
  Diagnostics diagnostics;
  std::optional<Value> identity = std::nullopt;
};

ResourceOutput ApplyResource(const Context& context, const ResourceType& type, Resource& resource,
                             const ApplyInput& input);

}  // namespace tfcpp
