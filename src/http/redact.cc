#include "http/redact.h"

#include <algorithm>
#include <array>

#include "base/strings.h"

namespace tfcpp::http {
namespace {

constexpr std::size_t kMaxLogged = 4096;
constexpr std::size_t kShortestSecret = 4;  // shorter ones would blank out ordinary text
constexpr char kRedacted[] = "**REDACTED**";

bool IsSecretName(std::string_view name) {
  // Parts of names, because services combine them: http_url_spec.authorization, refresh_token, clientSecret.
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

// Works on the strings themselves: in the written text a secret with quotes or control characters looks otherwise.
Json Redact(const Json& json, const std::vector<Secret>& secrets, bool by_name) {
  if (json.is_string()) return Json::String(WithoutSecrets(json.string(), secrets));
  if (json.is_array()) {
    std::vector<Json> elements;
    for (const Json& element : json.elements()) elements.push_back(Redact(element, secrets, by_name));
    return Json::Array(std::move(elements));
  }
  if (!json.is_object()) return json;
  Json::Members members;
  for (const auto& [name, member] : json.members()) {
    members.emplace_back(WithoutSecrets(name, secrets),
                         by_name && IsSecretName(name) ? Json::String(kRedacted) : Redact(member, secrets, by_name));
  }
  return Json::Object(std::move(members));
}

void CollectSecrets(const Json& json, bool secret, std::vector<Secret>& secrets) {
  if (json.is_string() && secret && !json.string().empty()) secrets.emplace_back(json.string());
  if (json.is_array()) {
    for (const Json& element : json.elements()) CollectSecrets(element, secret, secrets);
  }
  if (json.is_object()) {
    for (const auto& [name, member] : json.members()) CollectSecrets(member, secret || IsSecretName(name), secrets);
  }
}

}  // namespace

std::vector<Secret> SecretsIn(const Json& body) {
  std::vector<Secret> secrets;
  CollectSecrets(body, false, secrets);
  return secrets;
}

std::vector<Secret> SecretsIn(const std::vector<Header>& headers) {
  std::vector<Secret> secrets;
  for (const Header& header : headers) {
    if (!IsSecretName(header.name) || header.value.empty()) continue;
    secrets.emplace_back(header.value);
    const auto space = header.value.rfind(' ');
    if (space != std::string::npos) secrets.emplace_back(header.value.substr(space + 1));
  }
  return secrets;
}

std::string WithoutSecrets(std::string text, const std::vector<Secret>& secrets) {
  // The longest first: one secret may be the beginning of another.
  std::vector<const Secret*> by_length;
  for (const Secret& secret : secrets) by_length.push_back(&secret);
  std::sort(by_length.begin(), by_length.end(),
            [](const Secret* a, const Secret* b) { return a->Reveal().size() > b->Reveal().size(); });
  for (const Secret* found : by_length) {
    const Secret& secret = *found;
    if (secret.Reveal().size() < kShortestSecret) break;
    for (std::size_t at = 0; (at = text.find(secret.Reveal(), at)) != std::string::npos; at += sizeof(kRedacted) - 1) {
      text.replace(at, secret.Reveal().size(), kRedacted);
    }
  }
  return text;
}

std::string BodyWithoutSecrets(const std::string& body, const std::vector<Secret>& secrets) {
  const auto json = Json::Parse(body);
  return json.has_value() ? Redact(*json, secrets, false).Write() : WithoutSecrets(body, secrets);
}

std::string RedactHeaders(const std::vector<Header>& headers, const std::vector<Secret>& secrets) {
  std::vector<std::string> lines;
  for (const Header& header : headers) {
    lines.push_back(Concat(WithoutSecrets(header.name, secrets), ": ",
                           IsSecretName(header.name) ? kRedacted : WithoutSecrets(header.value, secrets)));
  }
  return Truncate(ToValidUtf8(Join(lines, "; ")), kMaxLogged);
}

std::string RedactBody(std::string_view body, const std::vector<Secret>& secrets) {
  if (Trim(body).empty()) return "";
  const auto json = Json::Parse(body);
  if (!json.has_value()) return Concat("(", std::to_string(body.size()), " bytes that are no JSON)");
  return Truncate(Redact(*json, secrets, true).Write(), kMaxLogged);
}

}  // namespace tfcpp::http
