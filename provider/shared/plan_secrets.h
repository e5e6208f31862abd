// The part of a plan that is about secrets: what the apply does to write-only ones, and what the user is told of
// secrets that are rotated, kept, dropped or lent. Pure; thread-safe.
#pragma once

#include <vector>

#include "crypto/scrypt.h"
#include "provider/shared/secret_rows.h"
#include "tfcpp/framework/resource.h"

namespace mlflow {

// Makes the decision of an update, adds diagnostics, and where a secret can be removed by a replacement only, its path.
// `plan` is complete but for that; where a secret alone changes, updated_at becomes unknown to stand for it, because a
// write-only value shows nowhere in a plan. Of a create, decisions and what is remembered of a replaced webhook count
// for nothing.
//
// Returns the rows that are `lent` and that are sent with none that the webhook was given: the provider's own may be
// lent in its place.
std::vector<const SecretRow*> PlanSecrets(const SecretRows& rows, tfcpp::crypto::Scrypt& scrypt,
                                          const tfcpp::PlanRequest& request, tfcpp::Plan& plan);

}  // namespace mlflow
