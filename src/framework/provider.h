// A provider as data: schemas known from the start, and a configure function that binds them to the outside world.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/context.h"
#include "framework/action.h"
#include "framework/data_source.h"
#include "framework/function.h"
#include "framework/list.h"
#include "framework/resource.h"
#include "schema/schema.h"

namespace tfcpp {

template <class Bound>
using BoundTypes = std::map<std::string, std::unique_ptr<Bound>, std::less<>>;  // by type name

// A configured provider. Exists only once its configuration was complete; shared by all RPCs that run meanwhile. Has
// one bound object for each type that the provider offers.
struct Session {
  BoundTypes<Resource> resources;
  BoundTypes<DataSource> data_sources;
  BoundTypes<ResourceList> lists;
  BoundTypes<Action> actions;
  // A text without the secrets that the session has come to know; null: it knows of none. Whatever its calls tell
  // people goes through it, for it may quote what a service has said: a name, an id, a host.
  std::function<std::string(std::string_view)> without_secrets = nullptr;
};

// What configure answers. Exactly one of three:
//   session set: ready. session null, `unavailable` without error: something is not known yet (the host comes from a
//   resource of this run).
//     Reads keep the prior state with one warning; anything that must call the service is an error.
//   session null, `unavailable` with errors: something is missing. Not a configure error, because a configuration that
//     manages nothing is not to be bothered: the first RPC that plans or reads reports it, once.
struct Configured {
  std::shared_ptr<const Session> session;
  Facts facts;  // for planning; may be known without a session
  Diagnostics unavailable;
  Diagnostics diagnostics;  // of configure itself: shown at once
};

struct ConfigureRequest {
  const Value& config;  // may hold unknown values
  const std::string& terraform_version;
};

struct Provider {
  std::string type_name;  // "example"
  std::string version;
  Schema schema;
  std::vector<ConfigValidator> config_validators = {};
  std::vector<ResourceType> resources = {};
  std::vector<DataSourceType> data_sources = {};
  std::vector<ListType> lists = {};
  std::vector<ActionType> actions = {};
  std::vector<FunctionType> functions = {};
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

}  // namespace tfcpp
