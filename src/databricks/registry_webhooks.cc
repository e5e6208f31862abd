#include "databricks/registry_webhooks.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <utility>

#include "base/strings.h"
#include "databricks/errors.h"
#include "databricks/webhook_reader.h"
#include "http/date.h"

namespace tfcpp::databricks {
namespace {

using http::Effect;
using http::JsonCall;
using http::Method;

constexpr std::string_view kPath = "/api/2.0/mlflow/registry-webhooks/";
constexpr std::size_t kMaxShownBody = 500;
// What is read of answers; error_code, because a success has none.
constexpr std::array<std::string_view, 19> kMembers = {"webhook",
                                                       "webhooks",
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

// Makes the error of an answer that is not what its call documents.
using Misfit = std::function<Error(std::string_view what)>;

// References must outlive the result.
Misfit MisfitOf(const http::JsonClient& client, const JsonCall& call, const http::JsonAnswer& answer) {
  return [&](std::string_view what) { return ToMisfit(client.service().name, call, answer, what, client.secrets()); };
}

// ReadWebhook, with an id that may be shown: messages, logs and Terraform's own progress name a webhook by it, and a
// state keeps it. One that may not be is none.
std::variant<RegistryWebhook, RegistryWebhookMisfit> Read(const Json& json, const http::KnownSecrets& secrets) {
  auto read = ReadWebhook(json);
  auto* webhook = std::get_if<RegistryWebhook>(&read);
  const std::string& id = webhook != nullptr ? webhook->id : std::get<RegistryWebhookMisfit>(read).readable.id;
  if (secrets.MayName(id)) return read;
  RegistryWebhookMisfit misfit = webhook != nullptr
                                     ? RegistryWebhookMisfit{.what = "", .readable = std::move(*webhook), .unread = {}}
                                     : std::get<RegistryWebhookMisfit>(std::move(read));
  misfit.what += Concat(misfit.what.empty() ? "" : "; ",
                        "id cannot be shown: it is too long, or holds a secret of this run or a control character");
  misfit.readable.id.clear();
  misfit.unread.insert("id");
  return misfit;
}

// The webhook that a create or an update answers with.
Result<RegistryWebhook> ReadAnswered(const Json& json, const http::KnownSecrets& secrets, const Misfit& misfit) {
  auto read = Read(json, secrets);
  if (auto* webhook = std::get_if<RegistryWebhook>(&read)) return std::move(*webhook);
  return misfit(Concat("of its webhook, ", std::get<RegistryWebhookMisfit>(read).what));
}

// Of an answer whose one documented member may be absent: whether nothing is there but what counts as absent. An answer
// without an object, or without any body, is not of the documented form: a proxy may have made it.
bool IsEmpty(const Json& body, std::string_view member) {
  return body.is_object() && std::all_of(body.members().begin(), body.members().end(), [&](const auto& each) {
           return each.first == member && each.second.is_null();
         });
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
  return ReadAnswered(*webhook, client_.secrets(), misfit);
}

Result<RegistryWebhookPage> RegistryWebhooks::ListPage(const Context& context,
                                                       const RegistryWebhookPageRequest& request) {
  JsonCall call = MakeCall(Method::kGet, "list", Effect::kNone);
  call.time_limit = request.time_limit;
  if (!request.model_name.empty()) call.query.emplace_back("model_name", request.model_name);
  call.query.emplace_back("max_results", std::to_string(request.max_results));
  if (!request.page_token.empty()) call.query.emplace_back("page_token", request.page_token);
  TFCPP_ASSIGN_OR_RETURN(const http::JsonAnswer answer, client_.Call(context, call));
  const Misfit misfit = MisfitOf(client_, call, answer);
  // An empty listing is {}; an answer that is no object at all says nothing about any webhook.
  if (!answer.body.is_object()) return misfit("it is no JSON object");

  RegistryWebhookPage page;
  page.answered_at = http::ParseHttpDate(http::FindHeader(answer.headers, "Date").value_or(""));
  page.bytes = answer.bytes;
  const Json* token = answer.body.Find("next_page_token");
  if (token != nullptr && token->is_string()) {
    page.next_page_token = token->string();
  } else if (token != nullptr && !token->is_null()) {
    return misfit("next_page_token is no text");
  }
  const Json* webhooks = answer.body.Find("webhooks");
  if (webhooks == nullptr) {
    if (token == nullptr && !answer.body.members().empty()) return misfit("there are no webhooks in it");
    return page;
  }
  if (!webhooks->is_array()) return misfit("webhooks is no array");
  for (const Json& element : webhooks->elements()) {
    auto read = Read(element, client_.secrets());
    if (auto* webhook = std::get_if<RegistryWebhook>(&read)) {
      page.webhooks.push_back(std::move(*webhook));
    } else {
      page.misfits.push_back(std::get<RegistryWebhookMisfit>(std::move(read)));
    }
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
  if (IsEmpty(answer.body, "webhook")) return std::optional<RegistryWebhook>();
  const Misfit misfit = MisfitOf(client_, call, answer);
  if (!answer.body.is_object()) return misfit("it is no JSON object");
  const Json* webhook = answer.body.Find("webhook");
  if (webhook == nullptr) return misfit("there is no webhook in it");
  TFCPP_ASSIGN_OR_RETURN(RegistryWebhook read, ReadAnswered(*webhook, client_.secrets(), misfit));
  if (read.id != id) return misfit(Concat("it is about the webhook ", read.id, " instead of ", id));
  return std::optional<RegistryWebhook>(std::move(read));
}

Result<void> RegistryWebhooks::Delete(const Context& context, const std::string& id) {
  JsonCall call = MakeCall(Method::kDelete, "delete", Effect::kIdempotent);
  // The vendor's SDK puts the id into the query, its Python client and its guide into the body. Some gateways drop the
  // body of a DELETE, so both are sent.
  call.query.emplace_back("id", id);
  call.body = Json::Object({{"id", Json::String(id)}});
  TFCPP_ASSIGN_OR_RETURN(const http::JsonAnswer answer, client_.Call(context, call));
  // It is documented to say nothing: {}. What says something, or has no body, may be another program's.
  if (!IsEmpty(answer.body, "")) {
    return MisfitOf(client_, call, answer)(answer.body.is_object() ? "it is not empty" : "it is no JSON object");
  }
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
  return RegistryWebhookTest{
      .status = *code, .body = client_.secrets().Shown(answer.body.FindString("body").value_or(""), kMaxShownBody)};
}

}  // namespace tfcpp::databricks
