// The part of a plan that is about secrets: what the apply does to write-only ones, and what the user is told of
// secrets that are rotated, kept, dropped or lent.
#pragma once

#include "crypto/scrypt.h"
#include "framework/resource.h"

namespace mlflow {

// Makes the decision of an update and adds diagnostics. `plan` is complete but for that; where a secret alone changes,
// updated_at becomes unknown to stand for it, because a write-only value shows nowhere in a plan.
void PlanSecrets(tfcpp::crypto::Scrypt& scrypt, const tfcpp::PlanRequest& request, tfcpp::Plan& plan);

}  // namespace mlflow
