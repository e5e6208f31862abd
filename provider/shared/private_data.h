// What the provider remembers of a webhook beside its state, in Terraform's private data.
//
// Form: JSON; members that say nothing are left out:
//
//   {"host": "https://...", "adopted": true, "scrypt": {"n": 4096, "r": 8, "p": 1, "salt": "<hex>"},
//    "digests": {"http_url_spec.secret_wo": "<hex>"},
//    "addresses": {"http_url_spec.url_wo": {"salt": "<hex>", "hmac": "<hex>", "drifted": true}},
//    "versions_alone": ["http_url_spec.authorization_header_wo"]}
//
// Pure; thread-safe.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "crypto/scrypt.h"

namespace mlflow {

// A write-only address that was sent, as an HMAC-SHA256 under a random salt: not scrypt, for each read compares it, and
// what is secret of an address is long and random.
struct AddressDigest {
  std::string salt = {};  // hexadecimal, used as it is; empty, as the other: not known
  std::string hmac = {};  // hexadecimal
  // The last read found another one.
  bool drifted = false;
};

// Digests of write-only secrets without a version, by the name of the attribute. The salt is random for each resource.
struct SecretDigests {
  tfcpp::crypto::ScryptParameters parameters = {};
  std::string salt = {};                                         // hexadecimal, used as it is
  std::map<std::string, std::string, std::less<>> by_name = {};  // hexadecimal
  // Of addresses, with a version as well.
  std::map<std::string, AddressDigest, std::less<>> addresses = {};
};

// Where a webhook is, by names that its kind has for that: {"host": "https://..."}. Normalised, so that equal is equal.
using Place = std::map<std::string, std::string, std::less<>>;

struct PrivateData {
  // Where it was last seen; empty: not seen yet. Without it, a configuration that points elsewhere would look as if
  // every webhook had been deleted (last_seen.h). In JSON, members beside the others.
  Place place = {};
  // Imported or moved from another provider, and its target not sent since: what secrets the service has is not known.
  bool adopted = false;
  SecretDigests digests = {};
  // Write-only secrets of which the webhook was sent none, though they have a version. Nullopt: not known, from before
  // this was kept.
  std::optional<std::set<std::string, std::less<>>> versions_alone = std::nullopt;
};

// What cannot be read is as if it were not there.
PrivateData ParsePrivateData(const std::string& bytes);
std::string WritePrivateData(const PrivateData& data);

}  // namespace mlflow
