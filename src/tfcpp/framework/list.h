// SPDX-License-Identifier: Apache-2.0
// A list of what exists of a resource type, for `terraform query` (Terraform 1.14), in two parts, like a resource
// (resource.h): what it IS (ListType) and what it DOES (ResourceList). The resource type of the same name must have an
// identity schema.
//
// Thread safety: Terraform runs several in parallel; ResourceList implementations must be thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tfcpp/framework/resource.h"

namespace tfcpp {

struct ListType {
  std::string name;  // of the resource type
  Schema schema;     // of the block's `config`
  std::vector<ConfigValidator> config_validators = {};
};

struct ListRequest {
  const Value& config;         // wholly known
  bool include_state = false;  // fill ListedResource::state
};

struct ListedResource {
  std::string display_name;                   // by which people recognise it; one line, no secret
  Value identity;                             // wholly known, of the resource type's identity schema
  std::optional<Value> state = std::nullopt;  // wholly known, of the resource type's schema
};

// Takes one result; false: no more are wanted.
using TakeListed = std::function<bool(const ListedResource&)>;

class ResourceList {
 public:
  virtual ~ResourceList() = default;
  // Hands results over until no more are wanted. An error among the diagnostics says that the list is not complete.
  virtual Diagnostics List(const Context& context, const ListRequest& request, const TakeListed& take) = 0;
};

}  // namespace tfcpp
