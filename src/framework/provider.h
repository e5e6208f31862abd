// A provider as data: schemas known from the start, and a configure function that binds them to the outside world.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/context.h"
#include "framework/resource.h"
#include "schema/schema.h"

namespace tfcpp {

// A configured provider. Exists only once its configuration was complete; shared by all RPCs that run meanwhile.
struct Session {
  std::map<std::string, std::unique_ptr<Resource>, std::less<>> resources;  // by type name; one for each ResourceType
};

// What configure answers. Exactly one of three:
//   session set: ready.
//   session null, `unavailable` without error: something is not known yet (the host comes from a resource of
//   this run).
//     Reads keep the prior state with one warning; anything that must call the service is an error.
//   session null, `unavailable` with errors: something is missing. Not a configure error, because a
//   configuration that
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
  std::string type_name;  // "mlflow"
  std::string version;
  Schema schema;
  std::vector<ConfigValidator> config_validators = {};
  std::vector<ResourceType> resources = {};
  // Called for every ConfigureProvider, at least once a run. Makes no network call and starts no process.
  std::function<Configured(const Context&, const ConfigureRequest&)> configure;

  const ResourceType* FindResource(std::string_view name) const;
};

}  // namespace tfcpp
