// The ephemeral resource `test_lease` of thing.h's provider: lends a token for ten minutes at a time.
#pragma once

#include <memory>

#include "tfcpp/framework/ephemeral.h"
#include "thing.h"

namespace conformance {

tfcpp::EphemeralType LeaseType();
// `store`, which counts what is lent, must outlive it.
std::unique_ptr<tfcpp::EphemeralResource> MakeLeases(ThingStore& store);

}  // namespace conformance
