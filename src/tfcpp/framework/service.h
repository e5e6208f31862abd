// SPDX-License-Identifier: Apache-2.0
// Service: what one configuration of the provider makes of one service that it calls. Every type of the provider but
// its functions is bound in exactly one service: to the object that does its work there or, as long as the service is
// not ready, to nothing, and then the service has the reason. Services do not disturb each other.
//
//   Service store{.name = "the store"};
//   const auto client = Connect(request, store);  // says in `store` why there is no client, when there is none
//   store.Bind(&Service::resources, "test_box", [&] { return std::make_unique<BoxResource>(client); });
//
// Thread safety: one thread sets it up; then all calls of a run read it. Objects live as long as the last of them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "tfcpp/framework/action.h"
#include "tfcpp/framework/data_source.h"
#include "tfcpp/framework/ephemeral.h"
#include "tfcpp/framework/list.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/value/diagnostics.h"

namespace tfcpp {

template <class Object>
using BoundTypes = std::map<std::string, std::unique_ptr<Object>, std::less<>>;  // by type name

struct Service {
  std::string name;  // as texts call it: "the store"

  // False: something that it needs will be known only after apply, such as a host that comes from a resource of this
  // run. Reads keep the prior state with one warning; whatever must call the service is an error.
  bool known = true;
  // Shown with the first use of one of the service's types, once in a run. Errors say what is missing or wrong. They
  // are none of configure, because a configuration that uses no type of this service is not to be bothered with them.
  Diagnostics diagnostics = {};
  Facts facts = {};  // for planning; may be known although the service is not ready

  BoundTypes<Resource> resources = {};
  BoundTypes<DataSource> data_sources = {};
  BoundTypes<EphemeralResource> ephemerals = {};
  BoundTypes<ResourceList> lists = {};
  BoundTypes<Action> actions = {};

  // A text without the secrets that the service's objects have come to know; null: they know of none. Whatever a call
  // tells people goes through it, for it may quote what a service has said: a name, an id, a host.
  std::function<std::string(std::string_view)> without_secrets = nullptr;

  bool ready() const { return known && !diagnostics.has_error(); }

  // Binds a type to what `make` gives, which is only called when the service is ready. So call it after the members
  // above are settled.
  template <class Object, class Make>
  void Bind(BoundTypes<Object> Service::*kind, std::string type, const Make& make) {
    (this->*kind).insert_or_assign(std::move(type), ready() ? std::unique_ptr<Object>(make()) : nullptr);
  }
};

}  // namespace tfcpp
