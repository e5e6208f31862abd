#include "provider/shared/private_data.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "tfcpp/json/json.h"

namespace mlflow {
namespace {

using tfcpp::Json;

std::uint64_t Number(const Json& object, std::string_view name) {
  const Json* member = object.Find(name);
  const auto number = member == nullptr ? std::nullopt : member->AsInt64();
  return number.has_value() && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

bool IsOfPlace(std::string_view name) {
  constexpr std::array<std::string_view, 5> kOthers = {"adopted", "scrypt", "digests", "addresses", "versions_alone"};
  return std::find(kOthers.begin(), kOthers.end(), name) == kOthers.end();
}

SecretDigests ParseDigests(const Json& json) {
  SecretDigests digests;
  const Json* scrypt = json.Find("scrypt");
  const Json* by_name = json.Find("digests");
  if (scrypt == nullptr || by_name == nullptr || !by_name->is_object()) return digests;
  digests.parameters = {.n = Number(*scrypt, "n"), .r = Number(*scrypt, "r"), .p = Number(*scrypt, "p")};
  digests.salt = scrypt->FindString("salt").value_or("");
  for (const auto& [name, digest] : by_name->members()) {
    if (digest.is_string()) digests.by_name.emplace(name, digest.string());
  }
  return digests;
}

bool IsTrue(const Json& object, std::string_view name) {
  const Json* member = object.Find(name);
  return member != nullptr && member->is_bool() && member->boolean();
}

std::map<std::string, AddressDigest, std::less<>> ParseAddresses(const Json& json) {
  std::map<std::string, AddressDigest, std::less<>> addresses;
  const Json* by_name = json.Find("addresses");
  if (by_name == nullptr || !by_name->is_object()) return addresses;
  for (const auto& [name, member] : by_name->members()) {
    if (!member.is_object()) continue;
    addresses.emplace(name, AddressDigest{.salt = member.FindString("salt").value_or(""),
                                          .hmac = member.FindString("hmac").value_or(""),
                                          .drifted = IsTrue(member, "drifted")});
  }
  return addresses;
}

void AddAddresses(const SecretDigests& digests, Json::Members& members) {
  Json::Members by_name;
  for (const auto& [name, digest] : digests.addresses) {
    Json::Members parts;
    if (!digest.hmac.empty()) parts = {{"salt", Json::String(digest.salt)}, {"hmac", Json::String(digest.hmac)}};
    if (digest.drifted) parts.emplace_back("drifted", Json::Bool(true));
    by_name.emplace_back(name, Json::Object(std::move(parts)));
  }
  members.emplace_back("addresses", Json::Object(std::move(by_name)));
}

void AddDigests(const SecretDigests& digests, Json::Members& members) {
  const auto number = [](std::uint64_t value) { return Json::Int(static_cast<std::int64_t>(value)); };
  members.emplace_back("scrypt", Json::Object({{"n", number(digests.parameters.n)},
                                               {"r", number(digests.parameters.r)},
                                               {"p", number(digests.parameters.p)},
                                               {"salt", Json::String(digests.salt)}}));
  Json::Members by_name;
  for (const auto& [name, digest] : digests.by_name) by_name.emplace_back(name, Json::String(digest));
  members.emplace_back("digests", Json::Object(std::move(by_name)));
}

}  // namespace

PrivateData ParsePrivateData(const std::string& bytes) {
  PrivateData data;
  const auto json = Json::Parse(bytes);
  if (!json.has_value() || !json->is_object()) return data;
  for (const auto& [name, member] : json->members()) {
    if (IsOfPlace(name) && member.is_string() && !member.string().empty()) data.place.emplace(name, member.string());
  }
  data.adopted = IsTrue(*json, "adopted");
  data.digests = ParseDigests(*json);
  data.digests.addresses = ParseAddresses(*json);
  if (const Json* alone = json->Find("versions_alone"); alone != nullptr && alone->is_array()) {
    data.versions_alone.emplace();
    for (const Json& name : alone->elements()) {
      if (name.is_string()) data.versions_alone->insert(name.string());
    }
  }
  return data;
}

std::string WritePrivateData(const PrivateData& data) {
  Json::Members members;
  for (const auto& [name, where] : data.place) members.emplace_back(name, Json::String(where));
  if (data.adopted) members.emplace_back("adopted", Json::Bool(true));
  if (!data.digests.by_name.empty()) AddDigests(data.digests, members);
  if (!data.digests.addresses.empty()) AddAddresses(data.digests, members);
  if (data.versions_alone.has_value()) {
    std::vector<Json> names;
    for (const std::string& name : *data.versions_alone) names.push_back(Json::String(name));
    members.emplace_back("versions_alone", Json::Array(std::move(names)));
  }
  return Json::Object(std::move(members)).Write();
}

}  // namespace mlflow
