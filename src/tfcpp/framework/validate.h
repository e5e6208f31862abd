// SPDX-License-Identifier: Apache-2.0
// Runs validators over a configuration. Null and unknown values are never given to an attribute's validators; a parent
// is judged before its children. Paths to lines that may hold a secret are taken away (shown_lines.h). Pure.
#pragma once

#include <vector>

#include "tfcpp/framework/resource.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

// An error for each write-only value that is known and not null: for clients before Terraform 1.11, which would store
// it. Names the version needed and, where the name ends in _wo, the plain attribute. Without paths: they would make
// Terraform print the line with the secret.
Diagnostics RefuseWriteOnlyValues(const Schema& schema, const Value& config);

struct ValidateOptions {
  // The client keeps write-only values out of state (Terraform 1.11). When false, a known write-only value that is not
  // null is an error that names the version needed.
  bool write_only_allowed = true;
};

Diagnostics ValidateConfig(const Schema& schema, const std::vector<ConfigValidator>& config_validators,
                           const Value& config, const ValidateOptions& options);

}  // namespace tfcpp
