// SPDX-License-Identifier: Apache-2.0
// Provided: all that a provider says of itself, as a client gets it over the plugin protocol. Thread safety: value
// types.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tfcpp/schema/schema.h"

namespace tfcpp::test {

struct Parameter {
  std::string name;
  Type type = Type::Dynamic();
  bool may_be_null = false;
  bool may_be_unknown = false;
};
struct Signature {
  std::vector<Parameter> parameters;
  std::optional<Parameter> variadic = std::nullopt;  // any number behind the others
  Type result = Type::Dynamic();
};

// Schemas as they are on the wire: without validators, defaults and plan modifiers.
struct Provided {
  Schema provider;
  // By name, with the provider's prefix but for functions.
  std::map<std::string, Schema> resources, data_sources, ephemerals, lists, actions;
  std::map<std::string, Schema> identities;  // of resources that have one
  std::map<std::string, Signature> functions;

  bool plans_destroy = false;  // it wants to be asked for a plan before an object is destroyed

  // What Terraform refuses in a schema, or takes for something else than is meant, sentences that begin with a path.
  // Under "provider", "resource notes_note", "data source notes_note", "identity of notes_note", ...
  std::map<std::string, std::vector<std::string>> mistakes;
};

}  // namespace tfcpp::test
