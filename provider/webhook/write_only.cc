#include "provider/webhook/write_only.h"

#include <optional>
#include <stdexcept>
#include <utility>

#include "base/strings.h"
#include "crypto/hmac.h"

namespace mlflow {
namespace {

using tfcpp::Value;
using tfcpp::crypto::Scrypt;

// The name belongs to what is digested: two attributes with the same secret must not show it.
std::optional<std::string> DigestOf(const WriteOnlySecret& secret, const Value& value, const SecretDigests& digests,
                                    Scrypt& scrypt) {
  auto digest = scrypt.Digest(value.AsString(), tfcpp::Concat(digests.salt, ":", secret.Name()), digests.parameters);
  if (!digest.has_value()) return std::nullopt;
  return tfcpp::crypto::ToHex(*digest);
}

bool IsRemembered(const WriteOnlySecret& secret, const Value& value, const SecretDigests& digests, Scrypt& scrypt) {
  const auto remembered = digests.by_name.find(secret.Name());
  if (remembered == digests.by_name.end()) return false;
  const auto digest = DigestOf(secret, value, digests, scrypt);
  return digest.has_value() && tfcpp::crypto::EqualInConstantTime(*digest, remembered->second);
}

// One write-only secret in all its forms. Needs the three specs to be known and not null.
struct Forms {
  const Value& configured;
  const Value& prior_plain;
  const Value& prior_version;
  const Value& version;
};
std::optional<Forms> FormsOf(const WriteOnlySecret& secret, const Value& config, const Value& prior,
                             const Value& planned) {
  const Value& config_spec = config.Get(secret.spec);
  const Value& prior_spec = prior.Get(secret.spec);
  const Value& planned_spec = planned.Get(secret.spec);
  if (!config_spec.is_set() || !prior_spec.is_set() || !planned_spec.is_set()) return std::nullopt;
  return Forms{config_spec.Get(secret.write_only), prior_spec.Get(secret.plain), prior_spec.Get(secret.version),
               planned_spec.Get(secret.version)};
}

std::optional<Rotation> FindRotation(const WriteOnlySecret& secret, const Forms& forms, const SecretDigests& digests,
                                     Scrypt& scrypt) {
  if (forms.version != forms.prior_version) {
    const bool removed = forms.configured.is_null() && !secret.version_alone;
    return Rotation{&secret, removed ? RotationCause::kRemoved : RotationCause::kVersion};
  }
  if (!forms.version.is_null() || !forms.configured.is_known()) return std::nullopt;
  const bool remembered = digests.by_name.count(secret.Name()) > 0;
  if (forms.configured.is_null()) {
    return remembered ? std::optional(Rotation{&secret, RotationCause::kRemoved}) : std::nullopt;
  }
  if (IsRemembered(secret, forms.configured, digests, scrypt)) return std::nullopt;
  return Rotation{&secret, remembered ? RotationCause::kOtherValue : RotationCause::kFirstValue};
}

}  // namespace

std::string WriteOnlySecret::Name() const { return tfcpp::Concat(spec, ".", write_only); }

std::vector<Rotation> FindRotations(const Value& config, const Value& prior, const Value& planned,
                                    const SecretDigests& digests, Scrypt& scrypt) {
  std::vector<Rotation> rotations;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const auto forms = FormsOf(secret, config, prior, planned);
    if (!forms.has_value()) continue;
    if (auto rotation = FindRotation(secret, *forms, digests, scrypt)) rotations.push_back(*rotation);
  }
  return rotations;
}

Value WithSecrets(const Value& config, const Value& planned) {
  Value sent = planned;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const Value& config_spec = config.Get(secret.spec);
    if (config_spec.is_null() || config_spec.Get(secret.write_only).is_null()) continue;
    sent = sent.With(secret.spec, sent.Get(secret.spec).With(secret.plain, config_spec.Get(secret.write_only)));
  }
  return sent;
}

Value WithFormerSecrets(const Value& config, const Value& prior, const Value& planned, const SecretDigests& digests,
                        Scrypt& scrypt) {
  Value former = prior;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const auto forms = FormsOf(secret, config, prior, planned);
    if (!forms.has_value() || !forms->prior_plain.is_null()) continue;
    const auto rotation = FindRotation(secret, *forms, digests, scrypt);
    const bool had_one = !forms->prior_version.is_null() || digests.by_name.count(secret.Name()) > 0;
    if (rotation.has_value() && !had_one) continue;  // null, which differs from every secret as well
    const Value value = rotation.has_value() ? Value::String("") : forms->configured;
    former = former.With(secret.spec, former.Get(secret.spec).With(secret.plain, value));
  }
  return former;
}

Value WithVersions(Value state, const Value& from) {
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const Value& spec = state.Get(secret.spec);
    const Value& from_spec = from.Get(secret.spec);
    if (spec.is_null() || from_spec.is_null()) continue;
    state = state.With(secret.spec, spec.With(secret.version, from_spec.Get(secret.version)));
  }
  return state;
}

SecretDigests Remember(const Value& config, Scrypt& scrypt) {
  SecretDigests digests;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const Value& spec = config.Get(secret.spec);
    if (spec.is_null() || spec.Get(secret.write_only).is_null() || !spec.Get(secret.version).is_null()) continue;
    if (digests.salt.empty()) digests.salt = tfcpp::crypto::ToHex(tfcpp::crypto::RandomSalt());
    auto digest = DigestOf(secret, spec.Get(secret.write_only), digests, scrypt);
    if (!digest.has_value()) throw std::logic_error("no memory for the digest of a secret");
    digests.by_name.emplace(secret.Name(), *std::move(digest));
  }
  return digests;
}

}  // namespace mlflow
