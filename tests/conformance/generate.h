// Random configurations of a schema, and the same configurations with parts not known yet. Deterministic for a seed.
#pragma once

#include <random>

#include "schema/schema.h"
#include "value/value.h"

namespace conformance {

using Random = std::mt19937;

// A wholly known configuration: computed attributes null, optional ones null at times.
tfcpp::Value GenerateConfig(const tfcpp::Schema& schema, Random& random);
// `config` as it may be seen before: parts are unknown, some of them known not to be null.
tfcpp::Value Blur(const tfcpp::Schema& schema, const tfcpp::Value& config, Random& random);

}  // namespace conformance
