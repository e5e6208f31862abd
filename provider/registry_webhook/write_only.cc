#include "provider/registry_webhook/write_only.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/strings.h"
#include "crypto/hmac.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Type;
using tfcpp::Value;
using tfcpp::crypto::Scrypt;

// The name belongs to what is digested: two attributes with the same secret must not show it.
std::optional<std::string> DigestOf(const WriteOnlySecret& secret, const Value& value, const SecretDigests& digests,
                                    Scrypt& scrypt) {
  auto digest = scrypt.Digest(value.AsString(), Concat(digests.salt, ":", secret.Name()), digests.parameters);
  if (!digest.has_value()) return std::nullopt;
  return tfcpp::crypto::ToHex(*digest);
}

}  // namespace

std::string WriteOnlySecret::Name() const { return Concat(spec, ".", write_only); }
std::string WriteOnlySecret::PlainName() const { return Concat(spec, ".", plain); }
std::string WriteOnlySecret::VersionName() const { return Concat(spec, ".", version); }

Value MemberOf(const Value& object, std::string_view name, const Type& type) {
  if (!object.is_known()) return Value::Unknown(type);
  return object.is_null() ? Value::Null(type) : object.Get(name);
}

Value ConfiguredSecret(const WriteOnlySecret& secret, const Value& config) {
  return MemberOf(config.Get(secret.spec), secret.write_only, Type::String());
}

bool IsRemembered(const WriteOnlySecret& secret, const Value& value, const SecretDigests& digests, Scrypt& scrypt) {
  const auto remembered = digests.by_name.find(secret.Name());
  if (remembered == digests.by_name.end()) return false;
  const auto digest = DigestOf(secret, value, digests, scrypt);
  return digest.has_value() && tfcpp::crypto::EqualInConstantTime(*digest, remembered->second);
}

bool HasSecret(const WriteOnlySecret& secret, const Value& prior, const PrivateData& remembered) {
  const std::string name = secret.Name();
  if (remembered.digests.by_name.count(name) > 0) return true;
  if (MemberOf(prior.Get(secret.spec), secret.version, Type::Number()).is_null()) return false;
  // Before it was kept, only the version of one that is lent could stand alone.
  if (!remembered.versions_alone.has_value()) return !secret.lent;
  return remembered.versions_alone->count(name) == 0;
}

PrivateData Remember(const std::vector<GivenSecret>& given, const Value& planned, Scrypt& scrypt) {
  PrivateData data;
  data.versions_alone.emplace();
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const bool has_version = !MemberOf(planned.Get(secret.spec), secret.version, Type::Number()).is_null();
    const auto found =
        std::find_if(given.begin(), given.end(), [&](const GivenSecret& one) { return one.secret == &secret; });
    if (found == given.end()) {
      if (has_version) data.versions_alone->insert(secret.Name());
      continue;
    }
    if (has_version) continue;
    if (data.digests.salt.empty()) data.digests.salt = tfcpp::crypto::ToHex(tfcpp::crypto::RandomSalt());
    auto digest = DigestOf(secret, found->value, data.digests, scrypt);
    if (!digest.has_value()) throw std::logic_error("no memory for the digest of a secret");
    data.digests.by_name.emplace(secret.Name(), *std::move(digest));
  }
  return data;
}

}  // namespace mlflow
