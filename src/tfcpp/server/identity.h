// SPDX-License-Identifier: Apache-2.0
// Identities in messages, by the identity schema of a resource type. Pure; thread-safe.
#pragma once

#include <optional>

#include "tfcpp/base/result.h"
#include "tfcpp/framework/resource.h"
#include "tfplugin6.pb.h"

namespace tfcpp {

// Nullopt: the message holds none, or the type has no identities.
Result<std::optional<Value>> IdentityFromProto(const ResourceType& type,
                                               const tfplugin6::ResourceIdentityData& message);

// The type has identities, and `identity` is of its identity schema's type.
tfplugin6::ResourceIdentityData ToProto(const ResourceType& type, const Value& identity);

}  // namespace tfcpp
