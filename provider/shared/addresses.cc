#include "provider/shared/addresses.h"

#include <string>
#include <utility>

#include "crypto/hmac.h"
#include "crypto/scrypt.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/value/walk.h"

namespace mlflow {
namespace {

using tfcpp::Value;

std::string Hmac(const SecretRow& row, const Value& value, const std::string& salt) {
  return tfcpp::crypto::ToHex(tfcpp::crypto::HmacSha256(salt, tfcpp::Concat(row.Name(), ":", value.AsString())));
}

}  // namespace

AddressDigest DigestOfAddress(const SecretRow& row, const Value& value) {
  const std::string salt = tfcpp::crypto::ToHex(tfcpp::crypto::RandomSalt());
  return {.salt = salt, .hmac = Hmac(row, value, salt)};
}

bool IsAddressOf(const SecretRow& row, const Value& value, const SecretDigests& digests) {
  const auto found = digests.addresses.find(row.Name());
  return found != digests.addresses.end() &&
         tfcpp::crypto::EqualInConstantTime(Hmac(row, value, found->second.salt), found->second.hmac);
}

bool HasDrifted(const SecretRow& row, const SecretDigests& digests) {
  const auto found = digests.addresses.find(row.Name());
  return found != digests.addresses.end() && found->second.drifted;
}

bool HidesAddress(const SecretRow& row, const Value& webhook) {
  return row.is_address && ObjectOf(row, webhook).is_set() && PlainOf(row, webhook).is_null();
}

Value WithoutAddresses(const SecretRows& rows, const Value& hiding, Value answer, SecretDigests& digests) {
  for (const SecretRow& row : rows) {
    const Value address = PlainOf(row, answer);
    if (!HidesAddress(row, hiding) || !address.is_set()) continue;
    digests.addresses[row.Name()].drifted = !IsAddressOf(row, address, digests);
    answer = tfcpp::Replace(answer, row.plain, Value::Null(address.type()));
  }
  return answer;
}

Value WithoutAddresses(const SecretRows& rows, const tfcpp::UpdateRequest& update, Value answer) {
  SecretDigests unused;
  for (const Value& hiding : {update.prior, update.planned}) {
    answer = WithoutAddresses(rows, hiding, std::move(answer), unused);
  }
  return answer;
}

}  // namespace mlflow
