// SPDX-License-Identifier: Apache-2.0
// What the provider can do beyond the first protocol 6: stated once, answered by GetMetadata and GetProviderSchema.
#pragma once

#include "tfplugin6.pb.h"

namespace tfcpp {

inline tfplugin6::ServerCapabilities Capabilities() {
  tfplugin6::ServerCapabilities capabilities;
  // Later processes of a command skip the schema call; nothing here depends on it.
  capabilities.set_get_provider_schema_optional(true);
  // Destroy plans are left to Terraform: one call less for each instance.
  capabilities.set_plan_destroy(false);
  capabilities.set_move_resource_state(true);
  capabilities.set_generate_resource_config(true);
  return capabilities;
}

}  // namespace tfcpp
