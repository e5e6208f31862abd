// Tells whoever lists webhooks which of them are not of the documented form, and so not among the results. Pure;
// thread-safe.
#pragma once

#include "provider/registry_webhook/listing.h"
#include "value/diagnostics.h"

namespace mlflow {

// One warning that names each, as Terraform folds several of the same summary into one; none where there are none.
void NameMisfits(const Listing& listing, tfcpp::Diagnostics& diagnostics);

}  // namespace mlflow
