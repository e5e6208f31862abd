// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/check_provider.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "tfcpp/base/strings.h"

namespace tfcpp {
namespace {

// "registry.example.com/acme/example"
bool IsAddress(std::string_view address) {
  const auto is_empty = [](std::string_view part) { return part.empty(); };
  const std::vector<std::string_view> parts = Split(address, '/');
  return parts.size() == 3 && std::none_of(parts.begin(), parts.end(), is_empty) &&
         address.find_first_of(" \t\r\n") == address.npos;
}

// Unlike attributes, types and providers may have hyphens.
bool IsTypeName(std::string name) {
  const bool begins_well = !name.empty() && name.front() != '-' && name.front() != '_';
  std::replace(name.begin(), name.end(), '-', '_');
  return begins_well && IsWellFormedName(name);
}

class ProviderChecker {
 public:
  explicit ProviderChecker(const Provider& provider) : provider_(provider) {}

  std::vector<std::string> Check() {
    CheckItself();
    CheckTypes("resource", provider_.resources, SchemaOf::kResource);
    for (const ResourceType& type : provider_.resources) CheckResource(type);
    CheckTypes("data source", provider_.data_sources, SchemaOf::kDataSource);
    CheckTypes("ephemeral resource", provider_.ephemerals, SchemaOf::kEphemeral);
    CheckTypes("list", provider_.lists, SchemaOf::kList);
    for (const ListType& type : provider_.lists) CheckList(type);
    CheckTypes("action", provider_.actions, SchemaOf::kAction);
    CheckFunctions();
    return std::move(mistakes_);
  }

 private:
  void Add(std::string_view owner, std::string_view mistake) { mistakes_.push_back(Concat(owner, ": ", mistake)); }

  void CheckItself() {
    const std::string& name = provider_.type_name;
    if (!IsTypeName(name) || name.find('_') != name.npos) {
      Add("provider", Concat("its type_name \"", name,
                             "\" is not of small letters, digits and -: Terraform takes what stands before the first _ "
                             "of a type for the provider's name"));
    }
    if (!provider_.address.empty() && !IsAddress(provider_.address)) {
      Add("provider", Concat("its address \"", provider_.address, "\" is not of the form host/namespace/name"));
    }
    if (!provider_.configure) Add("provider", "it has no function configure");
    CheckSchema("provider", provider_.schema, SchemaOf::kProvider);
    CheckRules("provider", provider_.config_validators);
  }

  void CheckSchema(std::string_view owner, const Schema& schema, SchemaOf of) {
    for (const std::string& mistake : schema.Check(of)) Add(owner, mistake);
  }

  void CheckRules(std::string_view owner, const std::vector<ConfigValidator>& validators) {
    for (const ConfigValidator& validator : validators) {
      if (!validator.check) Add(owner, Concat("it has a config validator without a check: ", validator.description));
    }
  }

  // What all types of one kind have to keep.
  template <class T>
  void CheckTypes(std::string_view kind, const std::vector<T>& types, SchemaOf of) {
    std::set<std::string_view> names;
    for (const T& type : types) {
      const std::string owner = Concat(kind, " ", type.name);
      if (!names.insert(type.name).second) Add(owner, "there are two of this name");
      if (!IsTypeName(type.name)) Add(owner, "its name is not of small letters, digits, _ and -");
      if (type.name != provider_.type_name && !type.name.starts_with(Concat(provider_.type_name, "_"))) {
        Add(owner, Concat("its name does not begin with that of the provider, ", provider_.type_name, "_"));
      }
      CheckSchema(owner, type.schema, of);
      CheckRules(owner, type.config_validators);
    }
  }

  void CheckResource(const ResourceType& type) {
    const std::string owner = Concat("resource ", type.name);
    if (type.identity.has_value()) CheckSchema(Concat(owner, ", identity"), *type.identity, SchemaOf::kIdentity);
    CheckUpgraders(owner, {type.upgraders, type.schema.version, "states"});
    const std::int64_t identity_version = type.identity.has_value() ? type.identity->version : 0;
    CheckUpgraders(Concat(owner, ", identity"), {type.identity_upgraders, identity_version, "identities"});
    CheckMovers(owner, type);
    for (const auto& [source, why] : type.unmovable) {
      if (source.empty() || why.empty()) Add(owner, "an entry of unmovable has no type, or no reason");
    }
  }

  struct Upgrades {
    const std::map<std::int64_t, StateUpgrader>& upgraders;
    std::int64_t present;   // version of the schema that they upgrade to
    std::string_view what;  // "states"
  };

  // Versions may have been given up, or may never have been there. But from the oldest that is upgraded on none is left
  // out.
  void CheckUpgraders(std::string_view owner, const Upgrades& upgrades) {
    const auto& [upgraders, present, what] = upgrades;
    for (const auto& [version, upgrade] : upgraders) {
      const std::string from = Concat("the upgrader from version ", std::to_string(version));
      if (version < 0 || version >= present) {
        Add(owner, Concat(from, " never runs: the schema has version ", std::to_string(present)));
      }
      if (!upgrade) Add(owner, Concat(from, " is no function"));
    }
    const std::int64_t oldest = upgraders.empty() ? present : upgraders.begin()->first;
    for (std::int64_t version = std::max<std::int64_t>(oldest, 0); version < present; ++version) {
      if (upgraders.contains(version)) continue;
      Add(owner, Concat("no upgrader from version ", std::to_string(version), " to the schema's, ",
                        std::to_string(present), ", so such ", what, " cannot be read"));
    }
  }

  void CheckMovers(std::string_view owner, const ResourceType& type) {
    std::set<std::string> sources;
    for (const StateMover& mover : type.movers) {
      const std::string from = Concat("the mover from \"", mover.source_type, "\"");
      if (mover.source_type.empty() || mover.source_providers.empty()) {
        Add(owner, Concat(from, " names no type, or no provider"));
      }
      if (mover.source_type == type.name) Add(owner, Concat(from, " never runs: a state of the type itself is kept"));
      if (!mover.move) Add(owner, Concat(from, " is no function"));
      for (const std::string& provider : mover.source_providers) {
        if (!IsAddress(provider)) {
          Add(owner, Concat(from, " has a provider \"", provider, "\" that is not of the form host/namespace/name"));
        }
        if (!sources.insert(Concat(mover.source_type, " ", std::to_string(mover.source_version), " ", provider))
                 .second) {
          Add(owner, Concat(from, " never runs: another one has the same source"));
        }
      }
    }
  }

  void CheckList(const ListType& type) {
    const ResourceType* resource = FindByName(provider_.resources, type.name);
    if (resource != nullptr && resource->identity.has_value()) return;
    Add(Concat("list ", type.name), "there is no resource of this name that has an identity");
  }

  void CheckFunctions() {
    std::set<std::string_view> names;
    for (const FunctionType& type : provider_.functions) {
      const std::string owner = Concat("function ", type.name);
      if (!names.insert(type.name).second) Add(owner, "there are two of this name");
      if (!IsWellFormedName(type.name)) Add(owner, "its name is not of small letters, digits and _");
      if (!type.call) Add(owner, "it has no function to call");
      std::set<std::string_view> parameters;
      for (const FunctionParameter& parameter : type.parameters) {
        if (!IsWellFormedName(parameter.name)) {
          Add(owner,
              Concat("the name of its parameter \"", parameter.name, "\" is not of small letters, digits and _"));
        }
        if (!parameters.insert(parameter.name).second) {
          Add(owner, Concat("it has two parameters \"", parameter.name, "\""));
        }
      }
    }
  }

  const Provider& provider_;
  std::vector<std::string> mistakes_;
};

}  // namespace

std::vector<std::string> CheckProvider(const Provider& provider) { return ProviderChecker(provider).Check(); }

}  // namespace tfcpp
