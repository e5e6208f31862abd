// SPDX-License-Identifier: Apache-2.0
// A provider as data: schemas known from the start, and a configure function that binds its types to the outside world.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tfcpp/base/context.h"
#include "tfcpp/framework/action.h"
#include "tfcpp/framework/data_source.h"
#include "tfcpp/framework/ephemeral.h"
#include "tfcpp/framework/function.h"
#include "tfcpp/framework/list.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/framework/service.h"
#include "tfcpp/schema/schema.h"

namespace tfcpp {

// What configure answers.
struct Configured {
  Configured() = default;
  Configured(Service only) { services.push_back(std::move(only)); }

  std::vector<Service> services;  // each type of the provider is bound in exactly one: CheckBindings()
  Diagnostics diagnostics;        // of configure itself, shown at once; after an error nothing can be used
};

struct ConfigureRequest {
  const Value& config;  // may hold unknown values
  const std::string& terraform_version;
};

struct Provider {
  std::string type_name;  // "example"
  std::string version;
  std::string address = {};  // in registries, to attach a client by: "registry.example.com/acme/example"
  Schema schema;
  std::vector<ConfigValidator> config_validators = {};
  std::vector<ResourceType> resources = {};
  std::vector<DataSourceType> data_sources = {};
  std::vector<EphemeralType> ephemerals = {};
  std::vector<ListType> lists = {};
  std::vector<ActionType> actions = {};
  std::vector<FunctionType> functions = {};  // these and the movers of resources work without configure
  // Called for every ConfigureProvider, at least once a run. Makes no network call and starts no process.
  std::function<Configured(const Context&, const ConfigureRequest&)> configure;
};

// The type of that name among a provider's types of one kind; null: there is none.
template <class T>
const T* FindByName(const std::vector<T>& types, std::string_view name) {
  for (const T& type : types) {
    if (type.name == name) return &type;
  }
  return nullptr;
}

// Mistakes in what configure has bound, one error that names them all: a type that no service binds, or that two do; a
// name that is bound and is no type; a type bound to nothing by a service that is ready. Empty: sound, so that no call
// needs to look. Of a provider that is sound in itself (check_provider.h). Pure; thread-safe.
Diagnostics CheckBindings(const Provider& provider, const std::vector<Service>& services);

}  // namespace tfcpp
