// Configurations out of inputs.
#pragma once

#include <optional>
#include <string_view>

#include "tfcpp/schema/schema.h"
#include "tfcpp/testing/generate.h"
#include "tfcpp/value/value.h"

namespace fuzz {

// Numbers are the bytes one by one, then zeros.
tfcpp::test::Random RandomOf(std::string_view bytes);

// The configuration that `about` writes, or that is generated from its bytes, as Terraform would let it pass: nothing
// for computed attributes, something for required ones. Sensitive texts begin with the canary. Nullopt: it would not
// let it pass.
std::optional<tfcpp::Value> ConfigurationOf(const tfcpp::Schema& schema, std::string_view about);

}  // namespace fuzz
