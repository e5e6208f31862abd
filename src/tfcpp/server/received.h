// SPDX-License-Identifier: Apache-2.0
// Received(): the value of a request, decoded and checked for what Terraform promises and this provider relies on: that
// an object is there, what of it is known, that required attributes have a value. Terraform checks these before it
// calls, so a breach is somebody else's mistake, and the error says so (handle.h).
//
//   TFCPP_ASSIGN_OR_RETURN(const Value config, Received(request.config(), type->schema, "a configuration", kKnown));
//
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "tfcpp/base/result.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"
#include "tfplugin6.pb.h"

namespace tfcpp {

enum class Promise {
  kObject,        // unknown values in it only
  kNullOrObject,  // likewise
  kPlan,          // likewise, and required attributes have values: of what is about to be applied
  kKnown,         // an object, all of it known
  kNullOrKnown,
};

// `what`: "a configuration". Errors: kMalformed, from the codec; kInvalidArgument, a broken promise: completes "was
// called with".
Result<Value> Received(const tfplugin6::DynamicValue& message, const Schema& schema, std::string_view what,
                       Promise promise);

}  // namespace tfcpp
