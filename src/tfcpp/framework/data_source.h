// SPDX-License-Identifier: Apache-2.0
// A data source in two parts, like a resource (resource.h): what it IS (DataSourceType) and what it DOES (DataSource).
//
// Thread safety: Terraform reads several in parallel; DataSource implementations must be thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tfcpp/framework/resource.h"

namespace tfcpp {

struct DataSourceType {
  std::string name;  // with the provider's prefix
  Schema schema;
  std::vector<ConfigValidator> config_validators = {};
};

struct DataOutcome {
  std::optional<Value> state = std::nullopt;  // wholly known, of the schema's type; nullopt only with an error
  Diagnostics diagnostics = {};
};

class DataSource {
 public:
  virtual ~DataSource() = default;
  // `config` is wholly known.
  virtual DataOutcome Read(const Context& context, const Value& config) = 0;
};

}  // namespace tfcpp
