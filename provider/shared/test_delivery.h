// The answer of a webhook's target to a test delivery: what an action reports of it, and whether it is as expected.
// Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>

#include "tfcpp/framework/action.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// `expect_status`, of the action.
tfcpp::Attribute ExpectStatus();

struct Delivery {
  std::string id;           // of the webhook
  std::int64_t status = 0;  // the target's HTTP status
  std::string body;         // what it answered, as it may be shown
};
// `expected`: the value of ExpectStatus(); null: any from 200 to 299.
tfcpp::Diagnostics JudgeDelivery(const Delivery& delivery, const tfcpp::Value& expected,
                                 const tfcpp::ReportProgress& report);

}  // namespace mlflow
