// SPDX-License-Identifier: Apache-2.0
// The first step of an import, by id or by identity: as much of the state as the request tells, the rest null.
// Terraform reads the object next. Pure; thread-safe.
#pragma once

#include <functional>
#include <string>

#include "tfcpp/framework/resource.h"

namespace tfcpp {

// The outcome has a state of the schema's type, or errors.
Outcome ImportResource(const ResourceType& type, const ImportRequest& request);

// For ResourceType::import_state: the id becomes the text attribute `attribute`. An import by identity takes the
// identity's attribute of that name, so give a type that has identities one of the kind. Throws std::logic_error when
// the schema has no such attribute, or one of another type: when the provider is made, before anything is called.
std::function<Outcome(const ImportRequest&)> ImportById(const Schema& schema, std::string attribute = "id");

}  // namespace tfcpp
