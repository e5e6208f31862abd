// The token of a job webhook that gives none. The service needs one to start the job, and the documented usage has
// none, so the provider lends its own, but only where that is what the user must mean. Pure; thread-safe.
#pragma once

#include "provider/shared/secret_rows.h"
#include "tfcpp/framework/resource.h"

namespace mlflow {

// Says that the provider's token is lent in place of the secret of `row`, or why it cannot be: it lends one to a job in
// its own workspace, and has one to lend when it signs in with a token. Nothing where the secret is set.
void JudgeLentToken(const SecretRow& row, const tfcpp::PlanRequest& request, tfcpp::Plan& plan);

}  // namespace mlflow
