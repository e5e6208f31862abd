// SPDX-License-Identifier: Apache-2.0
#include "rest/redact.h"

#include <algorithm>
#include <array>

#include "rest/address_end.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

constexpr std::size_t kMaxLogged = 4096;
// The largest page of a listing has fewer values; a record shows 4 KiB of it.
constexpr JsonLimits kLogged{.values = 50'000};
constexpr char kRedacted[] = "**REDACTED**";

bool IsSecretName(std::string_view name) {
  // Parts of names, because services combine them: proxy_authorization, refresh_token, clientSecret.
  constexpr std::array<std::string_view, 7> kParts = {"authorization", "secret", "token",     "password",
                                                      "assertion",     "cookie", "credential"};
  // What is told about tokens and secrets, above all by discovery documents: token_type, token_endpoint.
  constexpr std::array<std::string_view, 6> kHarmlessEnds = {"page_token", "_type", "_endpoint",
                                                             "_uri",       "_url",  "_supported"};
  const std::string lower = ToLower(name);
  if (std::any_of(kHarmlessEnds.begin(), kHarmlessEnds.end(),
                  [&](std::string_view end) { return lower.ends_with(end); }))
    return false;
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

bool IsAddressName(std::string_view name) { return EqualsIgnoreCase(name, "url"); }

Json WithoutSecretMembers(const Json& json);

Json WithoutSecrets(const std::string& name, const Json& member) {
  if (IsSecretName(name)) return Json::String(kRedacted);
  if (IsAddressName(name) && member.is_string()) return Json::String(WithHostAlone(member.string()));
  return WithoutSecretMembers(member);
}

Json WithoutSecretMembers(const Json& json) {
  if (json.is_array()) {
    std::vector<Json> elements;
    for (const Json& element : json.elements()) elements.push_back(WithoutSecretMembers(element));
    return Json::Array(std::move(elements));
  }
  if (json.is_string()) return Json::String(std::string(WithoutSql(json.string())));
  if (!json.is_object()) return json;
  Json::Members members;
  for (const auto& [name, member] : json.members()) {
    members.emplace_back(name, WithoutSecrets(name, member));
  }
  return Json::Object(std::move(members));
}

// A scheme and a credential, as Authorization has them, may be quoted apart.
void Collect(const std::string& text, std::vector<Secret>& secrets) {
  if (text.empty()) return;
  secrets.emplace_back(text);
  const auto space = text.find(' ');
  if (space != std::string::npos && space == text.rfind(' ')) secrets.emplace_back(text.substr(space + 1));
}

void CollectSecrets(const Json& json, bool secret, std::vector<Secret>& secrets) {
  if (json.is_string() && secret) Collect(json.string(), secrets);
  if (json.is_array()) {
    for (const Json& element : json.elements()) CollectSecrets(element, secret, secrets);
  }
  if (json.is_object()) {
    for (const auto& [name, member] : json.members()) CollectSecrets(member, secret || IsSecretName(name), secrets);
  }
}

void CollectAddresses(const Json& json, std::vector<Secret>& addresses) {
  if (json.is_array()) {
    for (const Json& element : json.elements()) CollectAddresses(element, addresses);
  }
  if (!json.is_object()) return;
  for (const auto& [name, member] : json.members()) {
    if (IsAddressName(name) && member.is_string()) addresses.emplace_back(member.string());
    CollectAddresses(member, addresses);
  }
}

}  // namespace

std::string_view WithoutSql(std::string_view message) {
  const std::size_t sql = message.find("[SQL:");
  return sql == message.npos ? message : Trim(message.substr(0, std::min(sql, message.find('\n'))));
}

std::vector<Secret> SecretsInBody(std::string_view body) {
  const auto json = Json::Parse(body, kLogged);
  return json.has_value() ? SecretsIn(*json) : std::vector<Secret>();
}

std::vector<Secret> SecretsIn(const Json& body) {
  std::vector<Secret> secrets;
  CollectSecrets(body, false, secrets);
  return secrets;
}

std::vector<Secret> AddressesIn(const Json& body) {
  std::vector<Secret> addresses;
  CollectAddresses(body, addresses);
  return addresses;
}

std::vector<Secret> SecretsIn(const std::vector<Header>& headers) {
  std::vector<Secret> secrets;
  for (const Header& header : headers) {
    if (IsSecretName(header.name)) Collect(header.value, secrets);
  }
  return secrets;
}

std::string RedactHeaders(const std::vector<Header>& headers, const KnownSecrets& known) {
  std::vector<std::string> lines;
  for (const Header& header : headers) {
    lines.push_back(Concat(header.name, ": ", IsSecretName(header.name) ? kRedacted : header.value));
  }
  return known.Shown(Join(lines, "; "), kMaxLogged);
}

std::string RedactBody(std::string_view body, const KnownSecrets& known) {
  if (Trim(body).empty()) return "";
  const auto json = Json::Parse(body, kLogged);
  if (!json.has_value()) {
    const bool is_large = json.error().reason == kTooLarge;
    return Concat("(", std::to_string(body.size()), " bytes that are ", is_large ? "too much to show)" : "no JSON)");
  }
  return known.Shown(WithoutSecretMembers(*json).Write(), kMaxLogged);
}

}  // namespace tfcpp::rest
