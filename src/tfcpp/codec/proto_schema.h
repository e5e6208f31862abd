// SPDX-License-Identifier: Apache-2.0
// Our schemas as messages of the plugin protocol. Descriptions are Markdown; the version of a schema, not of its block,
// is what Terraform looks at. Pure; thread-safe.
#pragma once

#include "tfcpp/schema/schema.h"
#include "tfplugin6.pb.h"

namespace tfcpp {

tfplugin6::Schema ToProto(const Schema& schema);
// A resource type's identity schema: flat, required attributes are required for import, optional ones optional.
tfplugin6::ResourceIdentitySchema IdentityToProto(const Schema& schema);

}  // namespace tfcpp
