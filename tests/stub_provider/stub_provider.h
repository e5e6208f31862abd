// A second provider on the same libraries: type `databricks`, with a resource `databricks_job` that lives in state
// only. It stands in for the vendor's provider in tests whose configurations take a job's id.
#pragma once

#include "framework/provider.h"

namespace stub {

inline constexpr char kProviderAddress[] = "registry.terraform.io/databricks/databricks";

tfcpp::Provider MakeProvider();

}  // namespace stub
