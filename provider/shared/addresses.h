// Write-only addresses: the service returns them in every answer, so states are kept clear of them, and a read tells
// whether the one that was sent is still there. Pure, but for DigestOfAddress()'s random salt; thread-safe.
#pragma once

#include "provider/shared/private_data.h"
#include "provider/shared/secret_rows.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/value/value.h"

namespace mlflow {

AddressDigest DigestOfAddress(const SecretRow& row, const tfcpp::Value& value);
// Whether `value` is the one that was last sent.
bool IsAddressOf(const SecretRow& row, const tfcpp::Value& value, const SecretDigests& digests);
// Whether the last read found another address than the one that was sent.
bool HasDrifted(const SecretRow& row, const SecretDigests& digests);

// Whether a plan or a state has the address in its write-only form: its object is there, and says nothing of it.
bool HidesAddress(const SecretRow& row, const tfcpp::Value& webhook);

// An answer as a state may have it. Where `hiding`, the plan or the state before, has the address in its write-only
// form, the answer's gives way to null, and `digests` gets to know whether it is another one than was sent.
tfcpp::Value WithoutAddresses(const SecretRows& rows, const tfcpp::Value& hiding, tfcpp::Value answer,
                              SecretDigests& digests);

// Of what a read finds after an update whose outcome is not known: the address before it, or after it, or somebody
// else's. Hidden where either side hides it; the next refresh tells which it is.
tfcpp::Value WithoutAddresses(const SecretRows& rows, const tfcpp::UpdateRequest& update, tfcpp::Value answer);

}  // namespace mlflow
