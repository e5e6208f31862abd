// The write-only secrets of mlflow_webhook: which there are, and what is remembered of them. What a change does to them
// is in decision.h.
//
// A secret with a version is sent anew when the version changes, and nothing about its value is remembered. One without
// a version is sent anew when its digest differs from the remembered one.
//
// Pure, but for Remember()'s random salt; thread-safe.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/scrypt.h"
#include "provider/registry_webhook/private_data.h"
#include "value/value.h"

namespace mlflow {

struct WriteOnlySecret {
  std::string_view spec;        // "http_url_spec"
  std::string_view plain;       // "secret": the form that stands in the state
  std::string_view write_only;  // "secret_wo"
  std::string_view version;     // "secret_wo_version"
  // In place of none the provider's own is lent, so a version alone renews that.
  bool lent = false;

  std::string Name() const;         // "http_url_spec.secret_wo"
  std::string PlainName() const;    // "http_url_spec.secret"
  std::string VersionName() const;  // "http_url_spec.secret_wo_version"
};
inline constexpr std::array<WriteOnlySecret, 3> kWriteOnlySecrets = {{
    {"http_url_spec", "authorization_header", "authorization_header_wo", "authorization_header_wo_version"},
    {"http_url_spec", "secret", "secret_wo", "secret_wo_version"},
    {"job_spec", "access_token", "access_token_wo", "access_token_wo_version", true},
}};

// A member of an object that may be null or unknown: then null or unknown itself.
tfcpp::Value MemberOf(const tfcpp::Value& object, std::string_view name, const tfcpp::Type& type);

// The value of a write-only secret in a configuration; null where its target is not configured.
tfcpp::Value ConfiguredSecret(const WriteOnlySecret& secret, const tfcpp::Value& config);

// Whether `value` is the remembered one. False for what cannot be checked, such as damaged private data.
bool IsRemembered(const WriteOnlySecret& secret, const tfcpp::Value& value, const SecretDigests& digests,
                  tfcpp::crypto::Scrypt& scrypt);

// Whether this provider has given the webhook that `prior` is the state of a write-only secret.
bool HasSecret(const WriteOnlySecret& secret, const tfcpp::Value& prior, const PrivateData& remembered);

// The write-only secrets that go with a target.
struct GivenSecret {
  const WriteOnlySecret* secret;
  tfcpp::Value value;
};
// What is remembered once the targets in `planned` have been sent with them: digests of those without a version, the
// versions without a secret, and that the webhook is no longer one with unknown secrets. Throws std::logic_error
// without memory for a digest, so it is called before anything is sent.
PrivateData Remember(const std::vector<GivenSecret>& given, const tfcpp::Value& planned, tfcpp::crypto::Scrypt& scrypt);

}  // namespace mlflow
