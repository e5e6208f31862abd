// The write-only secrets of mlflow_webhook: which there are, when they are rotated, and how they get into a request.
//
// A secret with a version is rotated when the version changes, and nothing about it is remembered. One without a
// version is rotated when its digest differs from the remembered one; a value that is not known yet counts as
// unchanged. So the plan can tell without a call, and the same answer follows at apply.
//
// Pure, but for Remember()'s random salt; thread-safe.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/scrypt.h"
#include "provider/webhook/private_data.h"
#include "value/value.h"

namespace mlflow {

struct WriteOnlySecret {
  std::string_view spec;        // "http_url_spec"
  std::string_view plain;       // "secret": the form that stands in the state
  std::string_view write_only;  // "secret_wo"
  std::string_view version;     // "secret_wo_version"
  // The version may stand alone: its change lends the provider's present token anew.
  bool version_alone = false;

  std::string Name() const;  // "http_url_spec.secret_wo"
};
inline constexpr std::array<WriteOnlySecret, 3> kWriteOnlySecrets = {{
    {"http_url_spec", "authorization_header", "authorization_header_wo", "authorization_header_wo_version"},
    {"http_url_spec", "secret", "secret_wo", "secret_wo_version"},
    {"job_spec", "access_token", "access_token_wo", "access_token_wo_version", true},
}};

// What an update does to a write-only secret.
enum class RotationCause {
  kVersion,     // the version changes
  kRemoved,     // the configuration has the secret no longer
  kOtherValue,  // the digest differs
  kFirstValue,  // no digest is remembered
};
struct Rotation {
  const WriteOnlySecret* secret;
  RotationCause why;
};
// `planned` may hold unknown values; `prior` is not null.
std::vector<Rotation> FindRotations(const tfcpp::Value& config, const tfcpp::Value& prior, const tfcpp::Value& planned,
                                    const SecretDigests& digests, tfcpp::crypto::Scrypt& scrypt);

// The plan with each configured write-only secret in the place of its plain form, as it is to be sent. Wholly known.
tfcpp::Value WithSecrets(const tfcpp::Value& config, const tfcpp::Value& planned);

// The prior state as `WithSecrets` would have made it, as far as it is known: a secret that is not rotated is the
// configured one, so that only a rotation makes a difference; one that is rotated is "", which differs from every
// secret.
tfcpp::Value WithFormerSecrets(const tfcpp::Value& config, const tfcpp::Value& prior, const tfcpp::Value& planned,
                               const SecretDigests& digests, tfcpp::crypto::Scrypt& scrypt);

// `state`, as the service returned it, with the versions of `from`, which no service knows.
tfcpp::Value WithVersions(tfcpp::Value state, const tfcpp::Value& from);

// Digests of the configured write-only secrets without a version. Throws std::logic_error without memory for them.
SecretDigests Remember(const tfcpp::Value& config, tfcpp::crypto::Scrypt& scrypt);

}  // namespace mlflow
