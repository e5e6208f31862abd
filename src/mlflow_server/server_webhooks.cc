#include "mlflow_server/server_webhooks.h"

#include <utility>

#include "mlflow_server/errors.h"
#include "mlflow_server/events.h"
#include "rest/redact.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::mlflow_server {
namespace {

using rest::Effect;
using rest::JsonAnswer;
using rest::JsonCall;
using rest::Method;

constexpr std::string_view kPath = "/api/2.0/mlflow/webhooks";
constexpr std::size_t kMaxShownBody = 500;
// The server waits 30 s for the target, and asks it up to four times.
constexpr std::chrono::milliseconds kTestTime{180'000};

constexpr std::string_view kNoReason =
    "The server does not say why. A server whose store is a folder instead of a database answers so to every call "
    "about webhooks; anything else is in the server's log.";

// References must outlive the result.
rest::Misfit MisfitOf(const rest::JsonClient& client, const JsonCall& call, const JsonAnswer& answer) {
  return [&](std::string_view what) { return ToMisfit(client.service().name, call, answer, what, client.secrets()); };
}

// Of an id that would make another path of the call, whose answer says nothing of a webhook: nothing, dots alone, a
// slash (servers take %2F for one), or a control character.
Result<void> CheckId(const std::string& id) {
  const bool is_dots = id.find_first_not_of('.') == std::string::npos;
  if (!is_dots && id.find('/') == std::string::npos && !HasControl(id)) return {};
  return Error{.code = ErrorCode::kInvalidArgument,
               .message = Concat(QuotedValue(id),
                                 " is no id of a webhook: those look like 0b5f8c1e-7d3a-4f0e-9a52-6c1d2e3f4a5b.")};
}

// The webhook of an answer about the one of that id.
Result<void> ReadWebhook(const Json& body, const std::string& id, const ReadAnswered& read,
                         const rest::Misfit& misfit) {
  TFCPP_RETURN_IF_ERROR(rest::ReadObject(body, "webhook", read, misfit));
  const std::string answered = body.Find("webhook")->FindString("webhook_id").value_or("");
  if (answered != id) return misfit(Concat("it is about the webhook ", answered, " instead of ", id));
  return {};
}

std::vector<std::string> EventsIn(const JsonCall& call) {
  std::vector<std::string> names;
  if (!call.body.has_value()) return names;
  if (const Json* event = call.body->Find("event"); event != nullptr) names.push_back(FromWire(*event));
  const Json* events = call.body->Find("events");
  if (events == nullptr || !events->is_array()) return names;
  for (const Json& event : events->elements()) names.push_back(FromWire(event));
  return names;
}

Result<ServerWebhookTest> ReadTest(const Json& body, const rest::KnownSecrets& secrets, const rest::Misfit& misfit) {
  const Json* result = body.Find("result");
  const Json* success = result == nullptr ? nullptr : result->Find("success");
  if (success == nullptr || !success->is_bool()) return misfit("it lacks the test's success");
  ServerWebhookTest test{.success = success->boolean()};
  const Json* status = result->Find("response_status");
  if (status != nullptr && !status->is_null()) {
    test.status = status->AsInt64();
    if (!test.status.has_value()) return misfit("response_status is no whole number");
  }
  test.body = secrets.Shown(result->FindString("response_body").value_or(""), kMaxShownBody);
  test.error_message = secrets.Shown(result->FindString("error_message").value_or(""));
  return test;
}

}  // namespace

ServerWebhooks::ServerWebhooks(rest::JsonClient& client, std::vector<std::string_view> members)
    : client_(client), members_(std::move(members)) {
  // Those of answers besides webhooks; error_code, because a success has none.
  members_.insert(members_.end(),
                  {"webhook", "webhooks", "next_page_token", "webhook_id", "result", "success", "response_status",
                   "response_body", "error_message", "workspaces_enabled", "error_code"});
}

JsonCall ServerWebhooks::MakeCall(Method method, std::string_view below, Effect effect,
                                  const std::string& workspace) const {
  JsonCall call{.method = method, .path = Concat(kPath, below), .effect = effect, .members = members_};
  if (!workspace.empty()) call.headers.push_back({"X-MLFLOW-WORKSPACE", workspace});
  return call;
}

Result<JsonCall> ServerWebhooks::MakeCallOf(const std::string& id, Method method, Effect effect,
                                            const std::string& workspace) const {
  TFCPP_RETURN_IF_ERROR(CheckId(id));
  return MakeCall(method, Concat("/", rest::PercentEncode(id)), effect, workspace);
}

Error ServerWebhooks::Explained(const Context& context, const JsonCall& call, Error error) {
  if (error.reason != kServerPage) return error;
  const std::vector<std::string> events = EventsIn(call);
  const auto version = events.empty() ? Result<std::string>("") : Version(context);
  const UnknownEvents unknown = FindUnknown(events, version.has_value() ? *version : "");
  if (unknown.text.empty()) {
    error.message += Concat("\n\n", kNoReason);
    return error;
  }
  error.message += Concat("\n\n", unknown.text);
  error.attribute = "events";
  if (unknown.certain) {
    error.code = ErrorCode::kInvalidArgument;
    error.may_have_acted = false;
  }
  return error;
}

Result<JsonAnswer> ServerWebhooks::Call(const Context& context, const JsonCall& call) {
  Result<JsonAnswer> answer = client_.Call(context, call);
  if (answer.has_value()) return answer;
  return Explained(context, call, std::move(answer).error());
}

Result<void> ServerWebhooks::Create(const Context& context, const std::string& workspace, Json::Members webhook,
                                    const ReadAnswered& read) {
  JsonCall call = MakeCall(Method::kPost, "", Effect::kCreates, workspace);
  call.body = Json::Object(std::move(webhook));
  TFCPP_ASSIGN_OR_RETURN(const JsonAnswer answer, Call(context, call));
  return rest::ReadObject(answer.body, "webhook", read, MisfitOf(client_, call, answer));
}

Result<void> ServerWebhooks::Get(const Context& context, const std::string& workspace, const std::string& id,
                                 const ReadAnswered& read) {
  TFCPP_ASSIGN_OR_RETURN(const JsonCall call, MakeCallOf(id, Method::kGet, Effect::kNone, workspace));
  TFCPP_ASSIGN_OR_RETURN(const JsonAnswer answer, Call(context, call));
  return ReadWebhook(answer.body, id, read, MisfitOf(client_, call, answer));
}

Result<ServerWebhookPage> ServerWebhooks::ListPage(const Context& context, const ServerWebhookPageRequest& request,
                                                   const std::function<void(const Json& entry)>& take) {
  JsonCall call = MakeCall(Method::kGet, "", Effect::kNone, request.workspace);
  call.time_limit = request.time_limit;
  call.query.emplace_back("max_results", std::to_string(request.max_results));
  if (!request.page_token.empty()) call.query.emplace_back("page_token", request.page_token);
  TFCPP_ASSIGN_OR_RETURN(const JsonAnswer answer, Call(context, call));
  return rest::ReadPage(answer, "webhooks", take, MisfitOf(client_, call, answer));
}

Result<void> ServerWebhooks::Update(const Context& context, const std::string& workspace, const std::string& id,
                                    Json::Members changes, const ReadAnswered& read) {
  TFCPP_ASSIGN_OR_RETURN(JsonCall call, MakeCallOf(id, Method::kPatch, Effect::kIdempotent, workspace));
  call.body = Json::Object(std::move(changes));
  TFCPP_ASSIGN_OR_RETURN(const JsonAnswer answer, Call(context, call));
  return ReadWebhook(answer.body, id, read, MisfitOf(client_, call, answer));
}

Result<void> ServerWebhooks::Delete(const Context& context, const std::string& workspace, const std::string& id) {
  TFCPP_ASSIGN_OR_RETURN(const JsonCall call, MakeCallOf(id, Method::kDelete, Effect::kIdempotent, workspace));
  TFCPP_ASSIGN_OR_RETURN(const JsonAnswer answer, Call(context, call));
  return rest::RequireEmpty(answer.body, MisfitOf(client_, call, answer));
}

Result<ServerWebhookTest> ServerWebhooks::Test(const Context& context, const std::string& workspace,
                                               const std::string& id, const std::string& event) {
  // Like a create, it is repeated only when it surely had no effect: each call is one more delivery.
  TFCPP_ASSIGN_OR_RETURN(JsonCall call, MakeCallOf(id, Method::kPost, Effect::kCreates, workspace));
  call.path += "/test";
  call.time_limit = kTestTime;
  call.body = Json::Object(event.empty() ? Json::Members{} : Json::Members{{"event", ToWire(event)}});
  TFCPP_ASSIGN_OR_RETURN(const JsonAnswer answer, Call(context, call));
  return ReadTest(answer.body, client_.secrets(), MisfitOf(client_, call, answer));
}

Result<bool> ServerWebhooks::HasWorkspaces(const Context& context) {
  const JsonCall call{.path = "/api/3.0/mlflow/server-info", .members = members_};
  const auto answer = Call(context, call);
  if (!answer.has_value()) {
    if (answer.error().code == ErrorCode::kNotFound) return false;
    return answer.error();
  }
  const Json* enabled = answer->body.Find("workspaces_enabled");
  // 3.9 answers without it.
  if (enabled == nullptr && answer->body.is_object()) return false;
  if (enabled == nullptr || !enabled->is_bool()) {
    return MisfitOf(client_, call, *answer)("workspaces_enabled is no bool");
  }
  return enabled->boolean();
}

Result<std::string> ServerWebhooks::Version(const Context& context) {
  constexpr std::size_t kLongest = 64;
  TFCPP_ASSIGN_OR_RETURN(const std::string text, client_.CallForText(context, {.path = "/version"}));
  return client_.secrets().Shown(text, kLongest);
}

}  // namespace tfcpp::mlflow_server
