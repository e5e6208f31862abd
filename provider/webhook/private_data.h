// What the provider remembers of a webhook beside its state, in Terraform's private data: the workspace where it was
// last seen, and digests of write-only secrets without a version.
//
// Form: JSON, {"host": "https://...", "scrypt": {"n": 4096, "r": 8, "p": 1, "salt": "<hex>"},
// "digests": {"http_url_spec.secret_wo": "<hex>"}}; members that say nothing are left out.
#pragma once

#include <map>
#include <string>

#include "crypto/scrypt.h"

namespace mlflow {

// Digests of secrets, by the name of the attribute. The salt is random for each resource.
struct SecretDigests {
  tfcpp::crypto::ScryptParameters parameters = {};
  std::string salt = {};                                         // hexadecimal, used as it is
  std::map<std::string, std::string, std::less<>> by_name = {};  // hexadecimal
};

struct PrivateData {
  // Normalised; empty: not known (a state from an import, or written by other means). Without it, a configuration that
  // points to another workspace would look as if every webhook had been deleted.
  std::string host = {};
  SecretDigests digests = {};
};

// What cannot be read is as if it were not there.
PrivateData ParsePrivateData(const std::string& bytes);
std::string WritePrivateData(const PrivateData& data);

}  // namespace mlflow
