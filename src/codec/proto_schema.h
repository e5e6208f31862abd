// Our schemas as messages of the plugin protocol. Descriptions are Markdown; the version of a schema, not of its block,
// is what Terraform looks at. Pure; thread-safe.
#pragma once

#include "schema/schema.h"
#include "tfplugin6.pb.h"

namespace tfcpp {

tfplugin6::Schema ToProto(const Schema& schema);

}  // namespace tfcpp
