// Provider functions that make and check the signatures of deliveries, for receivers, and for tests of them:
// hmac_sha256_hex and verify_hmac_sha256_hex as Databricks signs, mlflow_signature and verify_mlflow_signature as
// MLflow's own server signs. Pure; thread-safe.
#pragma once

#include <vector>

#include "tfcpp/framework/function.h"

namespace mlflow {

std::vector<tfcpp::FunctionType> SignatureFunctions();

}  // namespace mlflow
