// SPDX-License-Identifier: Apache-2.0
// Random configurations of a schema, and the same configurations with parts not known yet. Deterministic for what the
// source of numbers gives. Pure but for that; thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace tfcpp::test {

using Random = std::function<std::uint32_t()>;  // std::mt19937, or the bytes of an input
// Gives a text for an attribute.
using TextSource = std::function<std::string(const Attribute& attribute, Random& random)>;

// Texts that fit any attribute: empty, short, quoted, beyond ASCII.
std::string AnyText(const Attribute& attribute, Random& random);
// Numbers that fit any attribute: whole, broken, without an exact double, huge.
Number AnyNumber(Random& random);

struct Sources {
  TextSource texts = AnyText;
  std::function<Number(Random& random)> numbers = AnyNumber;
  // Gives a value for the attribute at a path (of whatever element) in place of one that is made up. Empty, or nullopt:
  // it is made up.
  std::function<std::optional<Value>(const Path& path, const Attribute& attribute, Random& random)> values = nullptr;
  bool required_only = false;  // what may be left out is
};

// A wholly known configuration: computed attributes null, optional ones null at times. The blocks of a schema are as
// many as it wants.
Value GenerateConfig(const Schema& schema, Random& random, const Sources& sources = {});
// A value of a type, known and not null at any depth. `attribute`: whose value it is; only for `sources.texts`.
Value GenerateValue(const Type& type, const Attribute& attribute, Random& random, const Sources& sources = {});
// `config` as it may be seen before: parts are unknown, some of them known not to be null.
Value Blur(const Schema& schema, const Value& config, Random& random);

}  // namespace tfcpp::test
