#include "databricks/registry_webhooks.h"

#include <array>
#include <functional>
#include <string_view>
#include <utility>

#include "base/strings.h"
#include "databricks/errors.h"
#include "http/date.h"

namespace tfcpp::databricks {
namespace {

using http::Effect;
using http::JsonCall;
using http::Method;

constexpr std::string_view kPath = "/api/2.0/mlflow/registry-webhooks/";
constexpr std::size_t kMaxShownBody = 500;
// Of all answers; error_code, because a success has none.
constexpr std::array<std::string_view, 19> kMembers = {"webhooks",
                                                       "webhook",
                                                       "next_page_token",
                                                       "id",
                                                       "events",
                                                       "model_name",
                                                       "status",
                                                       "description",
                                                       "http_url_spec",
                                                       "url",
                                                       "enable_ssl_verification",
                                                       "job_spec",
                                                       "job_id",
                                                       "workspace_url",
                                                       "creation_timestamp",
                                                       "last_updated_timestamp",
                                                       "status_code",
                                                       "body",
                                                       "error_code"};
constexpr char kPageSize[] = "1000";  // the most that the service gives, and the default of the vendor's client

Json Strings(const std::vector<std::string>& strings) {
  std::vector<Json> elements;
  for (const std::string& text : strings) elements.push_back(Json::String(text));
  return Json::Array(std::move(elements));
}

void AddSecret(Json::Members& members, const char* name, const std::optional<Secret>& secret) {
  if (secret.has_value()) members.emplace_back(name, Json::String(secret->Reveal()));
}
void AddText(Json::Members& members, const char* name, const std::optional<std::string>& text) {
  if (text.has_value()) members.emplace_back(name, Json::String(*text));
}

Json ToJson(const RegistryWebhookInput::HttpUrlSpec& spec) {
  Json::Members members{{"url", Json::String(spec.url)},
                        {"enable_ssl_verification", Json::Bool(spec.enable_ssl_verification)}};
  AddSecret(members, "authorization", spec.authorization);
  AddSecret(members, "secret", spec.secret);
  return Json::Object(std::move(members));
}

Json ToJson(const RegistryWebhookInput::JobSpec& spec) {
  Json::Members members{{"job_id", Json::String(spec.job_id)}};
  AddSecret(members, "access_token", spec.access_token);
  AddText(members, "workspace_url", spec.workspace_url);
  return Json::Object(std::move(members));
}

Json::Members ToMembers(const RegistryWebhookInput& input) {
  Json::Members members;
  if (input.events.has_value()) members.emplace_back("events", Strings(*input.events));
  AddText(members, "model_name", input.model_name);
  AddText(members, "description", input.description);
  AddText(members, "status", input.status);
  if (input.http_url_spec.has_value()) members.emplace_back("http_url_spec", ToJson(*input.http_url_spec));
  if (input.job_spec.has_value()) members.emplace_back("job_spec", ToJson(*input.job_spec));
  return members;
}

std::string Text(const Json& json, std::string_view name) {
  const Json* member = json.Find(name);
  if (member == nullptr) return "";
  if (member->is_number()) return member->number_text();  // an int64 may come as a number or as text
  return member->is_string() ? member->string() : "";
}

std::int64_t Timestamp(const Json& json, std::string_view name) {
  const Json* member = json.Find(name);
  return member == nullptr ? 0 : member->AsInt64().value_or(0);
}

// Makes the error of an answer that is not what its call documents.
using Misfit = std::function<Error(std::string_view what)>;

// References must outlive the result.
Misfit MisfitOf(const http::JsonClient& client, const JsonCall& call, const http::JsonAnswer& answer) {
  return [&](std::string_view what) { return ToMisfit(client.base_url(), call, answer, what, client.secrets()); };
}

// Members that are not known here are left alone: the service may grow.
Result<RegistryWebhook> ParseWebhook(const Json& json, const Misfit& misfit) {
  RegistryWebhook webhook;
  webhook.id = Text(json, "id");
  if (webhook.id.empty()) return misfit("a webhook has no id");
  if (const Json* events = json.Find("events"); events != nullptr && events->is_array()) {
    for (const Json& event : events->elements()) {
      if (event.is_string()) webhook.events.push_back(event.string());
    }
  }
  webhook.model_name = Text(json, "model_name");
  webhook.description = Text(json, "description");
  webhook.status = Text(json, "status");
  if (const Json* spec = json.Find("http_url_spec"); spec != nullptr && spec->is_object()) {
    const Json* verify = spec->Find("enable_ssl_verification");
    webhook.http_url_spec =
        RegistryWebhook::HttpUrlSpec{Text(*spec, "url"), verify == nullptr || !verify->is_bool() || verify->boolean()};
  }
  if (const Json* spec = json.Find("job_spec"); spec != nullptr && spec->is_object()) {
    webhook.job_spec = RegistryWebhook::JobSpec{Text(*spec, "job_id"), Text(*spec, "workspace_url")};
  }
  webhook.creation_timestamp = Timestamp(json, "creation_timestamp");
  webhook.last_updated_timestamp = Timestamp(json, "last_updated_timestamp");
  return webhook;
}

JsonCall MakeCall(Method method, std::string_view operation, Effect effect) {
  return {.method = method, .path = Concat(kPath, operation), .effect = effect, .members = kMembers};
}

}  // namespace

Result<RegistryWebhook> RegistryWebhooks::Create(const Context& context, const RegistryWebhookInput& input) {
  JsonCall call = MakeCall(Method::kPost, "create", Effect::kCreates);
  call.body = Json::Object(ToMembers(input));
  TFCPP_ASSIGN_OR_RETURN(const http::JsonAnswer answer, client_.Call(context, call));
  const Misfit misfit = MisfitOf(client_, call, answer);
  const Json* webhook = answer.body.Find("webhook");
  if (webhook == nullptr) return misfit("there is no webhook in it");
  return ParseWebhook(*webhook, misfit);
}

Result<RegistryWebhookPage> RegistryWebhooks::ListPage(const Context& context, const RegistryWebhookFilter& filter,
                                                       const std::string& page_token) {
  JsonCall call = MakeCall(Method::kGet, "list", Effect::kNone);
  if (!filter.model_name.empty()) call.query.emplace_back("model_name", filter.model_name);
  for (const std::string& event : filter.events) call.query.emplace_back("events", event);
  call.query.emplace_back("max_results", kPageSize);
  if (!page_token.empty()) call.query.emplace_back("page_token", page_token);
  TFCPP_ASSIGN_OR_RETURN(const http::JsonAnswer answer, client_.Call(context, call));
  const Misfit misfit = MisfitOf(client_, call, answer);
  // An empty listing is {}; an answer that is no object at all says nothing about any webhook.
  if (!answer.body.is_object()) return misfit("it is no JSON object");

  RegistryWebhookPage page;
  page.answered_at = http::ParseHttpDate(http::FindHeader(answer.headers, "Date").value_or(""));
  page.next_page_token = Text(answer.body, "next_page_token");
  const Json* webhooks = answer.body.Find("webhooks");
  if (webhooks == nullptr) {
    if (!answer.body.members().empty() && page.next_page_token.empty() &&
        answer.body.Find("next_page_token") == nullptr) {
      return misfit("there are no webhooks in it");
    }
    return page;
  }
  if (!webhooks->is_array()) return misfit("webhooks is no array");
  for (const Json& element : webhooks->elements()) {
    TFCPP_ASSIGN_OR_RETURN(RegistryWebhook webhook, ParseWebhook(element, misfit));
    page.webhooks.push_back(std::move(webhook));
  }
  return page;
}

Result<std::optional<RegistryWebhook>> RegistryWebhooks::Update(const Context& context, const std::string& id,
                                                                const RegistryWebhookInput& changes) {
  JsonCall call = MakeCall(Method::kPatch, "update", Effect::kIdempotent);
  Json::Members members = ToMembers(changes);
  members.insert(members.begin(), {"id", Json::String(id)});
  call.body = Json::Object(std::move(members));
  TFCPP_ASSIGN_OR_RETURN(const http::JsonAnswer answer, client_.Call(context, call));
  const Misfit misfit = MisfitOf(client_, call, answer);
  const Json* webhook = answer.body.Find("webhook");
  if (webhook == nullptr) return std::optional<RegistryWebhook>();
  TFCPP_ASSIGN_OR_RETURN(RegistryWebhook parsed, ParseWebhook(*webhook, misfit));
  return std::optional<RegistryWebhook>(std::move(parsed));
}

Result<void> RegistryWebhooks::Delete(const Context& context, const std::string& id) {
  JsonCall call = MakeCall(Method::kDelete, "delete", Effect::kIdempotent);
  // The vendor's SDK puts the id into the query, its Python client and its guide into the body. Some gateways drop the
  // body of a DELETE, so both are sent.
  call.query.emplace_back("id", id);
  call.body = Json::Object({{"id", Json::String(id)}});
  TFCPP_ASSIGN_OR_RETURN(const http::JsonAnswer answer, client_.Call(context, call));
  return {};
}

Result<RegistryWebhookTest> RegistryWebhooks::Test(const Context& context, const std::string& id,
                                                   const std::string& event) {
  // Like a create, it is repeated only when it surely had no effect: each call is one more delivery.
  JsonCall call = MakeCall(Method::kPost, "test", Effect::kCreates);
  Json::Members members{{"id", Json::String(id)}};
  if (!event.empty()) members.emplace_back("event", Json::String(event));
  call.body = Json::Object(std::move(members));
  TFCPP_ASSIGN_OR_RETURN(const http::JsonAnswer answer, client_.Call(context, call));
  const Misfit misfit = MisfitOf(client_, call, answer);
  // The reference calls it status_code, an older example of the guide status.
  const Json* status = answer.body.Find("status_code");
  if (status == nullptr) status = answer.body.Find("status");
  const std::optional<std::int64_t> code = status == nullptr ? std::nullopt : status->AsInt64();
  if (!code.has_value()) return misfit("it lacks the target's status");
  return RegistryWebhookTest{.status = *code,
                             .body = client_.secrets().Shown(Text(answer.body, "body"), kMaxShownBody)};
}

}  // namespace tfcpp::databricks
