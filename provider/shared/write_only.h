// What is remembered of write-only secrets. What a change does to them is in decision.h.
//
// A secret with a version is sent anew when the version changes, and nothing about its value is remembered. One without
// a version is sent anew when its digest differs from the remembered one. Of an address a digest is remembered in any
// case (addresses.h).
//
// Pure, but for Remember()'s random salt; thread-safe.
#pragma once

#include <vector>

#include "crypto/scrypt.h"
#include "provider/shared/private_data.h"
#include "provider/shared/secret_rows.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// Whether `value` is the remembered one. False for what cannot be checked, such as damaged private data.
bool IsRemembered(const SecretRow& row, const tfcpp::Value& value, const SecretDigests& digests,
                  tfcpp::crypto::Scrypt& scrypt);

// Whether this provider has given the webhook that `prior` is the state of a write-only secret.
bool HasSecret(const SecretRow& row, const tfcpp::Value& prior, const PrivateData& remembered);

// A secret that is sent; null: it is sent that there is none, or its object without it.
struct SentSecret {
  const SecretRow* row;
  tfcpp::Value value;
};
// What is remembered once all of `sent` have been sent by the plan `planned`: digests of those without a version, the
// versions without a secret, and that the webhook is no longer one with unknown secrets. Of the other `rows` of the
// plan stays what `before` says. Throws std::logic_error without memory for a digest, so it is called before anything
// is sent.
PrivateData Remember(const SecretRows& rows, const std::vector<SentSecret>& sent, const tfcpp::Value& planned,
                     const PrivateData& before, tfcpp::crypto::Scrypt& scrypt);

}  // namespace mlflow
