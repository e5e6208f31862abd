#include "control.h"

#include <algorithm>
#include <utility>

#include "input.h"
#include "tfcpp/base/strings.h"

namespace workspace {
namespace {

using tfcpp::Concat;
using tfcpp::Json;

constexpr std::string_view kPrefix = "/control/";

std::set<std::string, std::less<>> StringSet(const Json& array) {
  std::set<std::string, std::less<>> names;
  for (const Json& element : array.elements()) names.insert(element.string());
  return names;
}

Json Log(const LoggedRequest& request) {
  Json::Members query;
  for (const auto& [name, value] : request.query) query.emplace_back(name, Json::String(value));
  return Json::Object({{"number", Json::Int(request.number)},
                       {"connection", Json::Int(request.connection)},
                       {"method", Json::String(request.method)},
                       {"path", Json::String(request.path)},
                       {"query", Json::Object(std::move(query))},
                       {"body", request.body},
                       {"status", Json::Int(request.status)},
                       {"fault", Json::String(request.fault)}});
}

// A given member over an old one, at any depth, so that drift names only what changes.
Json Merge(const Json& old_value, const Json& given) {
  if (!old_value.is_object() || !given.is_object()) return given;
  Json::Members merged = old_value.members();
  for (const auto& [name, value] : given.members()) {
    const auto found = std::find_if(merged.begin(), merged.end(),
                                    [&, &key = name](const auto& member) { return member.first == key; });
    if (found == merged.end()) {
      merged.emplace_back(name, value);
    } else {
      found->second = Merge(found->second, value);
    }
  }
  return Json::Object(std::move(merged));
}

Answer List(const char* name, std::vector<Json> elements) {
  return {200, Json::Object({{name, Json::Array(std::move(elements))}})};
}

}  // namespace

bool Control::IsControlPath(std::string_view path) { return path.substr(0, kPrefix.size()) == kPrefix; }

Answer Control::Handle(const Request& request) {
  const std::string what = request.path.substr(kPrefix.size());
  const std::string call = Concat(request.method, " ", what.substr(0, what.find('/')));
  const std::string id = what.find('/') == std::string::npos ? "" : what.substr(what.find('/') + 1);
  Json body = Json::Object({});
  if (!request.body.empty()) {
    auto parsed = Json::Parse(request.body);
    if (!parsed.has_value()) return Refuse(400, "MALFORMED", parsed.error().message);
    body = *std::move(parsed);
  }
  try {
    if (call == "GET requests") return GetRequests();
    if (call == "DELETE requests") return workspace_.ClearLog(), Answer{};
    if (call == "PUT settings") return PutSettings(body);
    if (call == "GET webhooks") return GetWebhooks();
    if (call == "PUT webhooks") return PutWebhook(id, body);
    if (call == "DELETE webhooks")
      return workspace_.Remove(id) ? Answer{} : Refuse(404, "NOT_FOUND", "no such webhook");
    if (call == "POST faults") return AddFault(body);
    if (call == "DELETE faults") return faults_.Clear(), Answer{};
    if (call == "POST events") return PostEvent(body);
    if (call == "GET deliveries") return List("deliveries", deliverer_.calls());
    if (call == "GET runs") return List("runs", deliverer_.runs());
    if (call == "DELETE deliveries") return ForgetDeliveries();
    if (call == "GET received") return GetReceived();
    if (call == "GET receiver") return {200, Json::Object({{"url", Json::String(receiver_url_)}})};
    if (call == "PUT receiver") return PutReceiver(body);
    if (call == "POST reset") return Reset();
  } catch (const std::logic_error& error) {  // a member of another kind than README.md says
    return Refuse(400, "MALFORMED", error.what());
  }
  return Refuse(404, "NOT_FOUND", Concat("no such control call: ", call));
}

Answer Control::GetRequests() const {
  std::vector<Json> requests;
  for (const LoggedRequest& request : workspace_.log()) requests.push_back(Log(request));
  return List("requests", std::move(requests));
}

Answer Control::PutSettings(const Json& body) {
  Settings settings = workspace_.settings();
  for (const auto& [name, value] : body.members()) {
    if (name == "page_size") {
      settings.page_size = static_cast<std::size_t>(value.AsInt64().value_or(1000));
    } else if (name == "latency_ms") {
      settings.latency_ms = static_cast<int>(value.AsInt64().value_or(0));
    } else if (name == "merge_specs") {
      settings.merge_specs = value.boolean();
    } else if (name == "sort_events") {
      settings.sort_events = value.boolean();
    } else if (name == "timestamps_as_text") {
      settings.timestamps_as_text = value.boolean();
    } else if (name == "clock_ms") {
      settings.clock_ms = value.AsInt64().value_or(0);
    } else if (name == "odd_members") {
      settings.odd_members.clear();
      for (const auto& [id, members] : value.members()) settings.odd_members[id] = members.members();
    } else if (name == "models") {
      settings.models = value.is_null() ? std::nullopt : std::optional(StringSet(value));
    } else if (name == "users") {
      settings.users.clear();
      for (const auto& [token, user] : value.members()) {
        const Json* models = user.Find("models");
        settings.users[token] = {user.Find("admin") != nullptr && user.Find("admin")->boolean(),
                                 models == nullptr ? std::set<std::string, std::less<>>() : StringSet(*models)};
      }
    } else {
      return Refuse(400, "MALFORMED", Concat("unknown setting ", name));
    }
  }
  workspace_.set_settings(std::move(settings));
  return {};
}

Answer Control::GetWebhooks() const {
  std::vector<Json> webhooks;
  for (const Webhook& webhook : workspace_.webhooks())
    webhooks.push_back(ToJson(webhook, {.secrets = Secrets::kHashed}));
  return List("webhooks", std::move(webhooks));
}

Answer Control::PutWebhook(const std::string& id, const Json& body) {
  Json merged = body;
  for (const Webhook& webhook : workspace_.webhooks()) {
    if (webhook.id == id) merged = Merge(ToJson(webhook, {.secrets = Secrets::kPlain}), body);
  }
  if (merged.Find("id") == nullptr) merged = Merge(Json::Object({{"id", Json::String(id)}}), merged);
  auto webhook = WebhookFromJson(merged);
  if (!webhook.has_value()) return Refuse(400, "MALFORMED", webhook.error().message);
  workspace_.Put(*std::move(webhook));
  return {};
}

Answer Control::AddFault(const Json& body) {
  auto rule = FaultRuleFromJson(body);
  if (!rule.has_value()) return Refuse(400, "MALFORMED", rule.error().message);
  faults_.Add(*std::move(rule));
  return {};
}

// Every webhook that the event would trigger is called, one after the other, before the answer.
Answer Control::PostEvent(const Json& body) {
  Event event;
  for (const auto& [name, value] : body.members()) {
    if (name == "event") {
      event.name = value.string();
    } else {
      event.details.emplace_back(name, value);
    }
  }
  if (!IsKnownEvent(event.name)) return Refuse(400, "MALFORMED", Concat("unknown event: ", event.name));
  const std::string model_name = body.FindString("model_name").value_or("");
  std::int64_t delivered = 0;
  for (const Webhook& webhook : workspace_.webhooks()) {
    const bool subscribed = std::find(webhook.events.begin(), webhook.events.end(), event.name) != webhook.events.end();
    const bool in_scope = webhook.model_name.empty() || webhook.model_name == model_name;
    if (webhook.status != "ACTIVE" || !subscribed || !in_scope) continue;
    deliverer_.Deliver(webhook, event);
    ++delivered;
  }
  return {200, Json::Object({{"delivered", Json::Int(delivered)}})};
}

Answer Control::GetReceived() const {
  std::vector<Json> received;
  for (const Received& request : inbox_.received()) {
    Json::Members headers;
    for (const auto& [name, value] : request.headers) headers.emplace_back(name, Json::String(value));
    received.push_back(Json::Object({{"method", Json::String(request.method)},
                                     {"path", Json::String(request.path)},
                                     {"headers", Json::Object(std::move(headers))},
                                     {"body", Json::String(request.body)}}));
  }
  return List("received", std::move(received));
}

Answer Control::PutReceiver(const Json& body) {
  Inbox::Answer answer;
  if (const Json* status = body.Find("status")) answer.status = static_cast<int>(status->AsInt64().value_or(200));
  if (const Json* text = body.Find("body")) answer.body = text->string();
  inbox_.set_answer(std::move(answer));
  return {};
}

Answer Control::ForgetDeliveries() {
  deliverer_.Clear();
  inbox_.Clear();
  return {};
}

Answer Control::Reset() {
  faults_.Clear();
  ForgetDeliveries();
  inbox_.set_answer({});
  workspace_.set_settings(initial_);
  workspace_.set_webhooks({});
  workspace_.ClearLog();
  return {};
}

}  // namespace workspace
