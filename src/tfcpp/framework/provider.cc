// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/provider.h"

#include <algorithm>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"

namespace tfcpp {
namespace {

using Mistakes = std::vector<std::string>;

template <class Type, class Object>
void CheckKind(std::string_view kind, const std::vector<Type>& types, BoundTypes<Object> Service::*bound,
               const std::vector<Service>& services, Mistakes& mistakes) {
  for (const Type& type : types) {
    const auto times = std::count_if(services.begin(), services.end(), [&](const Service& service) {
      return (service.*bound).find(type.name) != (service.*bound).end();
    });
    if (times == 1) continue;
    mistakes.push_back(
        Concat("the ", kind, " ", type.name, times == 0 ? " is bound in no service" : " is bound in several services"));
  }
  for (const Service& service : services) {
    for (const auto& [name, object] : service.*bound) {
      if (FindByName(types, name) == nullptr) {
        mistakes.push_back(Concat("the ", kind, " ", name, " is bound, but is no type of the provider"));
      } else if (service.ready() && object == nullptr) {
        mistakes.push_back(Concat("the ", kind, " ", name, " is bound to nothing, although its service is ready"));
      }
    }
  }
}

}  // namespace

Diagnostics CheckBindings(const Provider& provider, const std::vector<Service>& services) {
  Mistakes mistakes;
  CheckKind("resource", provider.resources, &Service::resources, services, mistakes);
  CheckKind("data source", provider.data_sources, &Service::data_sources, services, mistakes);
  CheckKind("ephemeral resource", provider.ephemerals, &Service::ephemerals, services, mistakes);
  CheckKind("list", provider.lists, &Service::lists, services, mistakes);
  CheckKind("action", provider.actions, &Service::actions, services, mistakes);
  Diagnostics diagnostics;
  if (!mistakes.empty()) {
    diagnostics.Add(ProviderBug(
        Concat("Its types and what they are bound to do not fit: ", Join(mistakes, "; "), ". Nothing was done.")));
  }
  return diagnostics;
}

}  // namespace tfcpp
