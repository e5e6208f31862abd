// SPDX-License-Identifier: Apache-2.0
// What Terraform carries from a plan to its apply in one string, `planned_private`: the private data, and beside it
// what the plan has decided (Plan::decision). Whoever receives such a string takes both apart at once, so that a
// decision is never kept: after a failed apply Terraform stores the private data from before the plan.
//
// Without a decision the form is the private data as it is. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace tfcpp {

struct PlannedPrivate {
  std::string private_data = {};
  std::string decision = {};  // empty: none
};

std::string Pack(const PlannedPrivate& parts);
// What has another form than Pack() gives it is private data.
PlannedPrivate Unpack(std::string_view bytes);

}  // namespace tfcpp
