#include "webhook.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace workspace {
namespace {

using tfcpp::Json;

constexpr std::array<std::string_view, 3> kSecretMembers = {"authorization", "secret", "access_token"};

constexpr TextMember kTextMembers[] = {
    {"model_name", &Webhook::model_name, true},
    {"description", &Webhook::description},
    {"status", &Webhook::status},
};

void AddSecret(Json::Members& members, const char* name, const std::string& value, Secrets secrets) {
  if (value.empty() || secrets == Secrets::kNone) return;
  members.emplace_back(name, Json::String(secrets == Secrets::kPlain ? value : Hashed(value)));
}
void AddText(Json::Members& members, std::string_view name, const std::string& value) {
  if (!value.empty()) members.emplace_back(name, Json::String(value));
}
Json Timestamp(std::int64_t value, bool as_text) {
  return as_text ? Json::String(std::to_string(value)) : Json::Int(value);
}

std::string Text(const Json& json, std::string_view name) { return json.FindString(name).value_or(""); }

Json HashSecrets(const Json& json) {
  if (!json.is_object()) return json;
  Json::Members members;
  for (const auto& [name, member] : json.members()) {
    const bool secret = std::find(kSecretMembers.begin(), kSecretMembers.end(), name) != kSecretMembers.end();
    members.emplace_back(name, secret && member.is_string() && !member.string().empty()
                                   ? Json::String(Hashed(member.string()))
                                   : HashSecrets(member));
  }
  return Json::Object(std::move(members));
}

}  // namespace

std::span<const TextMember> TextMembers() { return kTextMembers; }

std::string Hashed(const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hashed = "sha256:";
  for (unsigned i = 0; i < size; ++i) {
    hashed += kHex[digest[i] >> 4];
    hashed += kHex[digest[i] & 0xf];
  }
  return hashed;
}

Json WithHashedSecrets(const std::string& body) {
  const auto json = Json::Parse(body);
  return json.has_value() ? HashSecrets(*json) : Json::Null();
}

Json ToJson(const Webhook& webhook, const WebhookForm& form) {
  Json::Members members{{"id", Json::String(webhook.id)}};
  std::vector<Json> events;
  for (const std::string& event : webhook.events) events.push_back(Json::String(event));
  members.emplace_back("events", Json::Array(std::move(events)));
  for (const TextMember& text : kTextMembers) AddText(members, text.name, webhook.*text.member);
  if (webhook.http_url_spec.has_value()) {
    Json::Members spec{{"url", Json::String(webhook.http_url_spec->url)},
                       {"enable_ssl_verification", Json::Bool(webhook.http_url_spec->enable_ssl_verification)}};
    AddSecret(spec, "authorization", webhook.http_url_spec->authorization, form.secrets);
    AddSecret(spec, "secret", webhook.http_url_spec->secret, form.secrets);
    members.emplace_back("http_url_spec", Json::Object(std::move(spec)));
  }
  if (webhook.job_spec.has_value()) {
    Json::Members spec{{"job_id", Json::String(webhook.job_spec->job_id)}};
    AddText(spec, "workspace_url", webhook.job_spec->workspace_url);
    AddSecret(spec, "access_token", webhook.job_spec->access_token, form.secrets);
    members.emplace_back("job_spec", Json::Object(std::move(spec)));
  }
  members.emplace_back("creation_timestamp", Timestamp(webhook.creation_timestamp, form.timestamps_as_text));
  members.emplace_back("last_updated_timestamp", Timestamp(webhook.last_updated_timestamp, form.timestamps_as_text));
  return Json::Object(std::move(members));
}

tfcpp::Result<Webhook> WebhookFromJson(const Json& json) {
  const Json* events = json.Find("events");
  Webhook webhook;
  webhook.id = Text(json, "id");
  if (webhook.id.empty() || events == nullptr || !events->is_array()) {
    return tfcpp::Error{.code = tfcpp::ErrorCode::kMalformed, .message = "not a webhook"};
  }
  for (const Json& event : events->elements()) webhook.events.push_back(event.is_string() ? event.string() : "");
  for (const TextMember& text : kTextMembers) {
    if (json.Find(text.name) != nullptr) webhook.*text.member = Text(json, text.name);
  }
  if (const Json* spec = json.Find("http_url_spec")) {
    const Json* verify = spec->Find("enable_ssl_verification");
    webhook.http_url_spec =
        HttpUrlSpec{Text(*spec, "url"), verify == nullptr || !verify->is_bool() || verify->boolean(),
                    Text(*spec, "authorization"), Text(*spec, "secret")};
  }
  if (const Json* spec = json.Find("job_spec")) {
    webhook.job_spec = JobSpec{Text(*spec, "job_id"), Text(*spec, "access_token"), Text(*spec, "workspace_url")};
  }
  const auto time = [&](const char* name) {
    const Json* member = json.Find(name);
    return member == nullptr ? 0 : member->AsInt64().value_or(0);
  };
  webhook.creation_timestamp = time("creation_timestamp");
  webhook.last_updated_timestamp = time("last_updated_timestamp");
  return webhook;
}

}  // namespace workspace
