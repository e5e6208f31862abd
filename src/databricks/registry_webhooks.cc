#include "databricks/registry_webhooks.h"

#include <string_view>
#include <utility>

#include "databricks/errors.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
namespace {

using rest::Effect;
using rest::JsonCall;
using rest::Method;

constexpr std::string_view kPath = "/api/2.0/mlflow/registry-webhooks/";
constexpr std::size_t kMaxShownBody = 500;
// References must outlive the result.
rest::Misfit MisfitOf(const rest::JsonClient& client, const JsonCall& call, const rest::JsonAnswer& answer) {
  return [&](std::string_view what) { return ToMisfit(client.service().name, call, answer, what, client.secrets()); };
}

}  // namespace

RegistryWebhooks::RegistryWebhooks(rest::JsonClient& client, std::vector<std::string_view> members)
    : client_(client), members_(std::move(members)) {
  // Those of answers besides webhooks; error_code, because a success has none.
  members_.insert(members_.end(),
                  {"webhook", "webhooks", "next_page_token", "id", "status_code", "status", "body", "error_code"});
}

JsonCall RegistryWebhooks::MakeCall(Method method, std::string_view operation, Effect effect) const {
  return {.method = method, .path = Concat(kPath, operation), .effect = effect, .members = members_};
}

Result<void> RegistryWebhooks::Create(const Context& context, Json::Members webhook, const rest::ReadAnswered& read) {
  JsonCall call = MakeCall(Method::kPost, "create", Effect::kCreates);
  call.body = Json::Object(std::move(webhook));
  TFCPP_ASSIGN_OR_RETURN(const rest::JsonAnswer answer, client_.Call(context, call));
  return rest::ReadObject(answer.body, "webhook", read, MisfitOf(client_, call, answer));
}

Result<RegistryWebhookPage> RegistryWebhooks::ListPage(const Context& context,
                                                       const RegistryWebhookPageRequest& request,
                                                       const std::function<void(const Json& entry)>& take) {
  JsonCall call = MakeCall(Method::kGet, "list", Effect::kNone);
  call.time_limit = request.time_limit;
  if (!request.model_name.empty()) call.query.emplace_back("model_name", request.model_name);
  call.query.emplace_back("max_results", std::to_string(request.max_results));
  if (!request.page_token.empty()) call.query.emplace_back("page_token", request.page_token);
  TFCPP_ASSIGN_OR_RETURN(const rest::JsonAnswer answer, client_.Call(context, call));
  return rest::ReadPage(answer, "webhooks", take, MisfitOf(client_, call, answer));
}

Result<bool> RegistryWebhooks::Update(const Context& context, const std::string& id, Json::Members changes,
                                      const rest::ReadAnswered& read) {
  JsonCall call = MakeCall(Method::kPatch, "update", Effect::kIdempotent);
  changes.insert(changes.begin(), {"id", Json::String(id)});
  call.body = Json::Object(std::move(changes));
  TFCPP_ASSIGN_OR_RETURN(const rest::JsonAnswer answer, client_.Call(context, call));
  if (rest::IsEmpty(answer.body, "webhook")) return false;
  const rest::Misfit misfit = MisfitOf(client_, call, answer);
  if (!answer.body.is_object()) return misfit("it is no JSON object");
  TFCPP_RETURN_IF_ERROR(rest::ReadObject(answer.body, "webhook", read, misfit));
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
  TFCPP_ASSIGN_OR_RETURN(const rest::JsonAnswer answer, client_.Call(context, call));
  return rest::RequireEmpty(answer.body, MisfitOf(client_, call, answer));
}

Result<RegistryWebhookTest> RegistryWebhooks::Test(const Context& context, const std::string& id,
                                                   const std::string& event) {
  // Like a create, it is repeated only when it surely had no effect: each call is one more delivery.
  JsonCall call = MakeCall(Method::kPost, "test", Effect::kCreates);
  Json::Members members{{"id", Json::String(id)}};
  if (!event.empty()) members.emplace_back("event", Json::String(event));
  call.body = Json::Object(std::move(members));
  TFCPP_ASSIGN_OR_RETURN(const rest::JsonAnswer answer, client_.Call(context, call));
  const rest::Misfit misfit = MisfitOf(client_, call, answer);
  // The reference calls it status_code, an older example of the guide status.
  const Json* status = answer.body.Find("status_code");
  if (status == nullptr) status = answer.body.Find("status");
  const std::optional<std::int64_t> code = status == nullptr ? std::nullopt : status->AsInt64();
  if (!code.has_value()) return misfit("it lacks the target's status");
  return RegistryWebhookTest{
      .status = *code, .body = client_.secrets().Shown(answer.body.FindString("body").value_or(""), kMaxShownBody)};
}

}  // namespace tfcpp::databricks
