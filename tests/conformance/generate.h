// Random configurations of a schema, and the same configurations with parts not known yet. Deterministic for what the
// source of numbers gives.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace conformance {

using Random = std::function<std::uint32_t()>;  // std::mt19937, or the bytes of an input
// Gives a text for an attribute.
using Texts = std::function<std::string(const tfcpp::Attribute& attribute, Random& random)>;

// Texts that fit any attribute: empty, short, quoted, beyond ASCII.
std::string AnyText(const tfcpp::Attribute& attribute, Random& random);
// A wholly known configuration: computed attributes null, optional ones null at times.
tfcpp::Value GenerateConfig(const tfcpp::Schema& schema, Random& random, const Texts& texts = AnyText);
// `config` as it may be seen before: parts are unknown, some of them known not to be null.
tfcpp::Value Blur(const tfcpp::Schema& schema, const tfcpp::Value& config, Random& random);

}  // namespace conformance
