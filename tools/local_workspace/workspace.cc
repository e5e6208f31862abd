#include "workspace.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <random>
#include <utility>

#include "input.h"
#include "tfcpp/base/strings.h"

namespace workspace {
namespace {

using tfcpp::Concat;
using tfcpp::Json;

constexpr std::string_view kPrefixes[] = {"/api/2.0/mlflow/registry-webhooks/",
                                          "/api/2.0/preview/mlflow/registry-webhooks/"};
constexpr std::size_t kMaxPage = 1000;

// "create" of a path below either prefix; empty for any other path.
std::string_view Operation(std::string_view path) {
  for (std::string_view prefix : kPrefixes) {
    if (path.substr(0, prefix.size()) == prefix) return path.substr(prefix.size());
  }
  return {};
}

std::string NewId() {
  std::random_device random;
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string id;
  for (int i = 0; i < 32; ++i) id += kHex[random() % 16];
  return id;
}

Answer NotFound(const std::string& id) {
  return Refuse(404, "RESOURCE_DOES_NOT_EXIST", Concat("Webhook with id ", id, " does not exist."));
}

// As the service: 403, with a number for its code. An OAuth token, which is a JSON Web Token, is known to have expired.
Answer RefuseToken(const std::string& token) {
  if (std::count(token.begin(), token.end(), '.') == 2) return Refuse(401, "UNAUTHENTICATED", "Token is expired.");
  return {403, Json::Object({{"error_code", Json::Int(403)}, {"message", Json::String("Invalid access token.")}})};
}

bool HasAnyEvent(const Webhook& webhook, const std::vector<std::string>& events) {
  return events.empty() || std::any_of(events.begin(), events.end(), [&](const std::string& event) {
           return std::find(webhook.events.begin(), webhook.events.end(), event) != webhook.events.end();
         });
}

std::optional<std::size_t> Count(const std::string& text) {
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return count;
}

}  // namespace

Workspace::Workspace(Settings settings, std::function<void(const std::vector<Webhook>&)> on_change,
                     TestDelivery deliver)
    : settings_(std::move(settings)), on_change_(std::move(on_change)), deliver_(std::move(deliver)) {}

Answer Workspace::Handle(const Request& request) {
  std::unique_lock lock(mutex_);
  if (Operation(request.path).empty()) {
    return Refuse(404, "ENDPOINT_NOT_FOUND", Concat("No API found for '", request.method, " ", request.path, "'"));
  }
  if (request.token.empty())
    return Refuse(401, "UNAUTHENTICATED", "Credential was not sent or was of an unsupported type.");
  const auto user = settings_.users.find(request.token);
  if (user == settings_.users.end() && !settings_.users.empty()) return RefuseToken(request.token);
  return Dispatch(request, user == settings_.users.end() ? User{} : user->second, lock);
}

Answer Workspace::Dispatch(const Request& request, const User& user, std::unique_lock<std::mutex>& lock) {
  const std::string_view operation = Operation(request.path);
  const std::string call = Concat(request.method, " ", operation);
  if (call == "GET list") return List(request, user);

  Json body = Json::Object({});
  if (!request.body.empty()) {
    auto parsed = Json::Parse(request.body);
    if (!parsed.has_value() || !parsed->is_object())
      return Refuse(400, "MALFORMED_REQUEST", "The body is no JSON object.");
    body = *std::move(parsed);
  }
  if (call == "POST create") return Create(body, user);
  if (call == "PATCH update") return Update(body, user);
  if (call == "DELETE delete") return Delete(body.FindString("id").value_or(request.Query("id")), user);
  if (call == "POST test") return Test(body, user, lock);
  return Refuse(404, "ENDPOINT_NOT_FOUND", Concat("No API found for '", request.method, " ", request.path, "'"));
}

std::optional<Answer> Workspace::RefuseScope(const std::string& model_name, const User& user) const {
  if (!model_name.empty() && settings_.models.has_value() && settings_.models->count(model_name) == 0) {
    return Refuse(404, "RESOURCE_DOES_NOT_EXIST", Concat("RegisteredModel '", model_name, "' does not exist."));
  }
  if (user.admin || (!model_name.empty() && user.models.count(model_name) > 0)) return std::nullopt;
  return Refuse(403, "PERMISSION_DENIED",
                model_name.empty() ? "Only workspace admins may manage registry-wide webhooks."
                                   : Concat("User does not have permission 'CAN_MANAGE' on model '", model_name, "'."));
}

Answer Workspace::Wrap(const Webhook& webhook) const { return {200, Json::Object({{"webhook", Show(webhook)}})}; }

Json Workspace::Show(const Webhook& webhook) const {
  Json::Members members = ToJson(webhook, {.timestamps_as_text = settings_.timestamps_as_text}).members();
  for (const std::string& id : {std::string("*"), webhook.id}) {
    const auto odd = settings_.odd_members.find(id);
    if (odd == settings_.odd_members.end()) continue;
    for (const auto& [name, value] : odd->second) {
      std::erase_if(members, [&, &key = name](const auto& member) { return member.first == key; });
      members.emplace_back(name, value);
    }
  }
  return Json::Object(std::move(members));
}

Answer Workspace::Create(const Json& body, const User& user) {
  ReadInput read = Read(body);
  if (read.refused.has_value()) return *read.refused;
  Input& input = read.input;
  Webhook webhook;
  webhook.id = NewId();
  Apply(input, webhook);
  if (auto refused = RefuseScope(webhook.model_name, user)) return *refused;
  if (input.http_url_spec.has_value())
    webhook.http_url_spec = Apply(*input.http_url_spec, webhook.http_url_spec, false);
  if (input.job_spec.has_value()) webhook.job_spec = Apply(*input.job_spec, webhook.job_spec, false);
  if (auto refused = Check(webhook)) return *refused;
  if (settings_.sort_events) std::sort(webhook.events.begin(), webhook.events.end());
  webhook.creation_timestamp = webhook.last_updated_timestamp = NextTimestamp();
  webhooks_.push_back(webhook);
  Changed();
  return Wrap(webhook);
}

Answer Workspace::Update(const Json& body, const User& user) {
  const std::string id = body.FindString("id").value_or("");
  if (id.empty()) return Refuse(400, "INVALID_PARAMETER_VALUE", "Missing value for required parameter 'id'.");
  Webhook* found = Find(id);
  if (found == nullptr) return NotFound(id);
  if (auto refused = RefuseScope(found->model_name, user)) return *refused;
  ReadInput read = Read(body);
  if (read.refused.has_value()) return *read.refused;
  Input& input = read.input;
  for (const auto& [member, text] : input.texts) {
    if (member.fixed) return Refuse(400, "INVALID_PARAMETER_VALUE", Concat(member.name, " cannot be changed."));
  }
  Webhook webhook = *found;
  if ((input.http_url_spec.has_value() && webhook.job_spec.has_value()) ||
      (input.job_spec.has_value() && webhook.http_url_spec.has_value())) {
    return Refuse(400, "INVALID_PARAMETER_VALUE", "The kind of a webhook cannot be changed.");
  }
  Apply(input, webhook);
  if (input.http_url_spec.has_value()) {
    webhook.http_url_spec = Apply(*input.http_url_spec, webhook.http_url_spec, settings_.merge_specs);
  }
  if (input.job_spec.has_value()) webhook.job_spec = Apply(*input.job_spec, webhook.job_spec, settings_.merge_specs);
  if (auto refused = Check(webhook)) return *refused;
  if (settings_.sort_events) std::sort(webhook.events.begin(), webhook.events.end());
  webhook.last_updated_timestamp = NextTimestamp();
  *found = webhook;
  Changed();
  return Wrap(webhook);
}

Answer Workspace::List(const Request& request, const User& user) {
  const std::string model_name = request.Query("model_name");
  if (auto refused = RefuseScope(model_name, user)) return *refused;
  std::size_t size = kMaxPage;
  if (const std::string text = request.Query("max_results"); !text.empty()) {
    const auto count = Count(text);
    if (!count.has_value() || *count == 0 || *count > kMaxPage) {
      return Refuse(400, "INVALID_PARAMETER_VALUE", "max_results must be between 1 and 1000.");
    }
    size = *count;
  }
  size = std::min(size, settings_.page_size);
  std::vector<std::string> events;
  for (const auto& [key, value] : request.query) {
    if (key == "events") events.push_back(value);
  }
  std::vector<const Webhook*> matching;
  for (const Webhook& webhook : webhooks_) {
    if ((model_name.empty() || webhook.model_name == model_name) && HasAnyEvent(webhook, events))
      matching.push_back(&webhook);
  }
  std::size_t begin = 0;
  if (const std::string token = request.Query("page_token"); !token.empty()) {
    const auto offset = token.front() == 'p' ? Count(token.substr(1)) : std::nullopt;
    if (!offset.has_value()) return Refuse(400, "INVALID_PARAMETER_VALUE", "page_token is invalid.");
    begin = std::min(*offset, matching.size());
  }
  const std::size_t end = std::min(begin + size, matching.size());
  std::vector<Json> page;
  for (std::size_t i = begin; i < end; ++i) {
    page.push_back(Show(*matching[i]));
  }
  Json::Members members;
  if (!page.empty()) members.emplace_back("webhooks", Json::Array(std::move(page)));
  if (end < matching.size()) members.emplace_back("next_page_token", Json::String(Concat("p", std::to_string(end))));
  return {200, Json::Object(std::move(members))};
}

Answer Workspace::Delete(const std::string& id, const User& user) {
  if (id.empty()) return Refuse(400, "INVALID_PARAMETER_VALUE", "Missing value for required parameter 'id'.");
  const Webhook* found = Find(id);
  if (found == nullptr) return NotFound(id);
  if (auto refused = RefuseScope(found->model_name, user)) return *refused;
  webhooks_.erase(webhooks_.begin() + (found - webhooks_.data()));
  Changed();
  return {};
}

Answer Workspace::Test(const Json& body, const User& user, std::unique_lock<std::mutex>& lock) {
  const std::string id = body.FindString("id").value_or("");
  const Webhook* found = Find(id);
  if (found == nullptr) return NotFound(id);
  if (auto refused = RefuseScope(found->model_name, user)) return *refused;
  const std::string event = body.FindString("event").value_or(found->events.empty() ? "" : found->events[0]);
  if (!IsKnownEvent(event)) return Refuse(400, "INVALID_PARAMETER_VALUE", Concat("Unknown event: ", event));
  if (found->status == "DISABLED") return Refuse(400, "INVALID_STATE", Concat("Webhook ", id, " is disabled."));
  const Webhook webhook = *found;
  lock.unlock();
  const TargetAnswer answer = deliver_ ? deliver_(webhook, SampleEvent(event, webhook)) : TargetAnswer{.status = 200};
  // The reference is silent on a target that cannot be reached.
  if (!answer.failure.empty()) return Refuse(400, "BAD_REQUEST", Concat("Webhook test failed: ", answer.failure));
  return {200, Json::Object({{"status_code", Json::Int(answer.status)}, {"body", Json::String(answer.body)}})};
}

Webhook* Workspace::Find(const std::string& id) {
  const auto found =
      std::find_if(webhooks_.begin(), webhooks_.end(), [&](const Webhook& webhook) { return webhook.id == id; });
  return found == webhooks_.end() ? nullptr : &*found;
}

std::int64_t Workspace::NextTimestamp() {
  using namespace std::chrono;
  const std::int64_t now = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  last_timestamp_ = std::max(now, last_timestamp_ + 1);  // no two changes look simultaneous
  return last_timestamp_ + settings_.clock_ms;
}

void Workspace::Changed() {
  if (on_change_) on_change_(webhooks_);
}

Settings Workspace::settings() const {
  const std::lock_guard lock(mutex_);
  return settings_;
}
void Workspace::set_settings(Settings settings) {
  const std::lock_guard lock(mutex_);
  settings_ = std::move(settings);
}
std::vector<Webhook> Workspace::webhooks() const {
  const std::lock_guard lock(mutex_);
  return webhooks_;
}
void Workspace::set_webhooks(std::vector<Webhook> webhooks) {
  const std::lock_guard lock(mutex_);
  webhooks_ = std::move(webhooks);
  Changed();
}
void Workspace::Put(Webhook webhook) {
  const std::lock_guard lock(mutex_);
  if (Webhook* found = Find(webhook.id)) {
    *found = std::move(webhook);
  } else {
    webhooks_.push_back(std::move(webhook));
  }
  Changed();
}
bool Workspace::Remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const bool removed = std::erase_if(webhooks_, [&](const Webhook& webhook) { return webhook.id == id; }) > 0;
  if (removed) Changed();
  return removed;
}
void Workspace::Log(LoggedRequest request) {
  const std::lock_guard lock(mutex_);
  request.number = log_.empty() ? 1 : log_.back().number + 1;
  log_.push_back(std::move(request));
}
std::vector<LoggedRequest> Workspace::log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}
void Workspace::ClearLog() {
  const std::lock_guard lock(mutex_);
  log_.clear();
}

}  // namespace workspace
