// A second provider on the same libraries: type `databricks`, with resources that live in the state only. It stands in
// for the vendor's provider in tests whose configurations take the id of a `databricks_job`, or move a
// `databricks_mlflow_webhook`. Its ephemeral `databricks_token` lends a token, and writes what becomes of it, a line
// each, into the file `diary`.
#pragma once

#include "tfcpp/framework/provider.h"

namespace stub {

inline constexpr char kProviderAddress[] = "registry.terraform.io/databricks/databricks";

tfcpp::Provider MakeProvider();

}  // namespace stub
