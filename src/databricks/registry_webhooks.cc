#include "databricks/registry_webhooks.h"

#include <algorithm>
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
// Makes the error of an answer that is not what its call documents.
using Misfit = std::function<Error(std::string_view what)>;

// References must outlive the result.
Misfit MisfitOf(const http::JsonClient& client, const JsonCall& call, const http::JsonAnswer& answer) {
  return [&](std::string_view what) { return ToMisfit(client.service().name, call, answer, what, client.secrets()); };
}

// The webhook that a create or an update answers with.
Result<void> ReadWebhook(const Json& body, const ReadAnswered& read, const Misfit& misfit) {
  const Json* webhook = body.Find("webhook");
  if (webhook == nullptr) return misfit("there is no webhook in it");
  const std::string wrong = read(*webhook);
  if (!wrong.empty()) return misfit(Concat("of its webhook, ", wrong));
  return {};
}

// Of an answer whose one documented member may be absent: whether nothing is there but what counts as absent. An answer
// without an object, or without any body, is not of the documented form: a proxy may have made it.
bool IsEmpty(const Json& body, std::string_view member) {
  return body.is_object() && std::all_of(body.members().begin(), body.members().end(), [&](const auto& each) {
           return each.first == member && each.second.is_null();
         });
}

}  // namespace

RegistryWebhooks::RegistryWebhooks(http::JsonClient& client, std::vector<std::string_view> members)
    : client_(client), members_(std::move(members)) {
  // Those of answers besides webhooks; error_code, because a success has none.
  members_.insert(members_.end(),
                  {"webhook", "webhooks", "next_page_token", "id", "status_code", "status", "body", "error_code"});
}

JsonCall RegistryWebhooks::MakeCall(Method method, std::string_view operation, Effect effect) const {
  return {.method = method, .path = Concat(kPath, operation), .effect = effect, .members = members_};
}

Result<void> RegistryWebhooks::Create(const Context& context, Json::Members webhook, const ReadAnswered& read) {
  JsonCall call = MakeCall(Method::kPost, "create", Effect::kCreates);
  call.body = Json::Object(std::move(webhook));
  TFCPP_ASSIGN_OR_RETURN(const http::JsonAnswer answer, client_.Call(context, call));
  return ReadWebhook(answer.body, read, MisfitOf(client_, call, answer));
}

Result<RegistryWebhookPage> RegistryWebhooks::ListPage(const Context& context,
                                                       const RegistryWebhookPageRequest& request,
                                                       const std::function<void(const Json& entry)>& take) {
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
  for (const Json& entry : webhooks->elements()) take(entry);
  return page;
}

Result<bool> RegistryWebhooks::Update(const Context& context, const std::string& id, Json::Members changes,
                                      const ReadAnswered& read) {
  JsonCall call = MakeCall(Method::kPatch, "update", Effect::kIdempotent);
  changes.insert(changes.begin(), {"id", Json::String(id)});
  call.body = Json::Object(std::move(changes));
  TFCPP_ASSIGN_OR_RETURN(const http::JsonAnswer answer, client_.Call(context, call));
  if (IsEmpty(answer.body, "webhook")) return false;
  const Misfit misfit = MisfitOf(client_, call, answer);
  if (!answer.body.is_object()) return misfit("it is no JSON object");
  TFCPP_RETURN_IF_ERROR(ReadWebhook(answer.body, read, misfit));
  const std::string answered = answer.body.Find("webhook")->FindString("id").value_or("");
  if (answered != id) return misfit(Concat("it is about the webhook ", answered, " instead of ", id));
  return true;
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
