// SPDX-License-Identifier: Apache-2.0
// Settle(): makes a service's answer what Terraform may get as the new state after an apply, and finds every breach of
// its rules: a value that was known in the plan and is now another, and a value that is still unknown.
//
// Where the answer means the same (Attribute::equivalence) the planned form stays, and so do sensitive and `unreturned`
// values that the answer lacks; write-only values are null. Pure.
#pragma once

#include <vector>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/path.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

// Which side a breached attribute takes.
enum class OnBreach { kKeepPlanned, kKeepAnswer };

struct Settled {
  Value state;                // wholly known
  std::vector<Path> changed;  // known in the plan, another value in the answer
  std::vector<Path> unknown;  // unknown in the answer: a bug of the resource; null in `state`
};

Settled Settle(const Schema& schema, const Value& planned, const Value& answer, OnBreach on_breach);

}  // namespace tfcpp
