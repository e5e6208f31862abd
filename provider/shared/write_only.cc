#include "provider/shared/write_only.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "crypto/hmac.h"
#include "provider/shared/addresses.h"
#include "tfcpp/base/strings.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Value;
using tfcpp::crypto::Scrypt;

// The name belongs to what is digested: two attributes with the same secret must not show it.
std::optional<std::string> DigestOf(const SecretRow& row, const Value& value, const SecretDigests& digests,
                                    Scrypt& scrypt) {
  auto digest = scrypt.Digest(value.AsString(), Concat(digests.salt, ":", row.Name()), digests.parameters);
  if (!digest.has_value()) return std::nullopt;
  return tfcpp::crypto::ToHex(*digest);
}

bool IsAmong(const SecretRow& row, const std::vector<SentSecret>& sent) {
  return std::any_of(sent.begin(), sent.end(), [&](const SentSecret& one) { return one.row == &row; });
}

// Of what is not sent: it stays as it is.
void Keep(const SecretRow& row, const PrivateData& before, PrivateData& data) {
  const std::string name = row.Name();
  if (const auto digest = before.digests.by_name.find(name); digest != before.digests.by_name.end()) {
    data.digests.parameters = before.digests.parameters;
    data.digests.salt = before.digests.salt;
    data.digests.by_name.insert(*digest);
  }
  if (const auto address = before.digests.addresses.find(name); address != before.digests.addresses.end()) {
    data.digests.addresses.insert(*address);
  }
  if (before.versions_alone.has_value() && before.versions_alone->count(name) > 0) data.versions_alone->insert(name);
}

}  // namespace

bool IsRemembered(const SecretRow& row, const Value& value, const SecretDigests& digests, Scrypt& scrypt) {
  if (row.is_address) return IsAddressOf(row, value, digests);
  const auto remembered = digests.by_name.find(row.Name());
  if (remembered == digests.by_name.end()) return false;
  const auto digest = DigestOf(row, value, digests, scrypt);
  return digest.has_value() && tfcpp::crypto::EqualInConstantTime(*digest, remembered->second);
}

bool HasSecret(const SecretRow& row, const Value& prior, const PrivateData& remembered) {
  if (row.is_address) return HidesAddress(row, prior);
  const std::string name = row.Name();
  if (remembered.digests.by_name.count(name) > 0) return true;
  if (VersionOf(row, prior).is_null()) return false;
  // Before it was kept, only the version of one that is lent could stand alone.
  if (!remembered.versions_alone.has_value()) return !row.lent;
  return remembered.versions_alone->count(name) == 0;
}

PrivateData Remember(const SecretRows& rows, const std::vector<SentSecret>& sent, const Value& planned,
                     const PrivateData& before, Scrypt& scrypt) {
  PrivateData data;
  data.versions_alone.emplace();
  for (const SecretRow& row : rows) {
    if (!IsAmong(row, sent) && ObjectOf(row, planned).is_set()) Keep(row, before, data);
  }
  for (const SentSecret& one : sent) {
    if (one.row->is_address) {
      if (!one.value.is_null()) data.digests.addresses.emplace(one.row->Name(), DigestOfAddress(*one.row, one.value));
      continue;
    }
    const bool has_version = !VersionOf(*one.row, planned).is_null();
    if (has_version && one.value.is_null()) data.versions_alone->insert(one.row->Name());
    if (has_version || one.value.is_null()) continue;
    if (data.digests.salt.empty()) data.digests.salt = tfcpp::crypto::ToHex(tfcpp::crypto::RandomSalt());
    auto digest = DigestOf(*one.row, one.value, data.digests, scrypt);
    if (!digest.has_value()) throw std::logic_error("no memory for the digest of a secret");
    data.digests.by_name.emplace(one.row->Name(), *std::move(digest));
  }
  return data;
}

}  // namespace mlflow
