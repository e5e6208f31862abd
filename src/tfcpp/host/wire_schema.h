// SPDX-License-Identifier: Apache-2.0
// Schemas out of messages of the plugin protocol: the inverse of tfcpp/codec/proto_schema.h, as far as there is one:
// validators, defaults and plan modifiers are not on the wire. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/schema/schema.h"
#include "tfplugin6.pb.h"

namespace tfcpp::host {

struct ReceivedSchema {
  // What `mistakes` is about is taken for the nearest thing that a Schema can say. A block that is a group (there even
  // when nobody writes it) is taken for a single one.
  Schema schema;
  // What Terraform refuses, or takes for something else than is meant, one sentence each with the path: see
  // Schema::Check, and besides a mode that is none (required and computed at once), no type or two, a nesting that is
  // none, bounds of a block that cannot be kept, dynamic values in a set.
  std::vector<std::string> mistakes;
};

ReceivedSchema FromProto(const tfplugin6::Schema& message);
// A resource type's identity, whose attributes are flat.
ReceivedSchema FromProto(const tfplugin6::ResourceIdentitySchema& message);

}  // namespace tfcpp::host
