// The provider block as the services read it: the types of its attributes, from the members that they go to, and their
// values as texts. Each service reads the attributes of its own table. Pure; thread-safe.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "tfcpp/base/secret.h"
#include "tfcpp/base/settings.h"
#include "tfcpp/value/type.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// For std::visit over the target of an attribute.
struct TypeOfMember {
  template <class Member, class Config>
  tfcpp::Type operator()(Member Config::*) const {
    if constexpr (std::is_same_v<Member, bool>) return tfcpp::Type::Bool();
    if constexpr (std::is_same_v<Member, std::chrono::seconds>) return tfcpp::Type::Number();
    if constexpr (std::is_same_v<Member, std::optional<double>>) return tfcpp::Type::Number();
    if constexpr (std::is_same_v<Member, std::vector<std::string>>) return tfcpp::Type::List(tfcpp::Type::String());
    return tfcpp::Type::String();
  }
};

// A value of the block as ConfigInput has it; empty when null.
std::string TextOf(const tfcpp::Value& value);

// What the block says of the attributes of a service's table. Nullopt: one that decides where to go or how to sign in
// is not known yet. `is_tuning`: it decides neither; while it is not known, its default holds.
template <class Info, class IsTuning>
std::optional<tfcpp::ConfigInput> ReadBlock(const tfcpp::Value& block, const std::vector<Info>& attributes,
                                            const IsTuning& is_tuning) {
  tfcpp::ConfigInput input;
  if (!block.is_set()) return input;
  for (const Info& info : attributes) {
    const tfcpp::Value& value = block.Get(info.name);
    if (value.is_wholly_known()) {
      input.emplace(info.name, tfcpp::Secret(TextOf(value)));
    } else if (!is_tuning(info)) {
      return std::nullopt;
    }
  }
  return input;
}

}  // namespace mlflow
