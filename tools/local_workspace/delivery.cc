#include "delivery.h"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "crypto/hmac.h"
#include "tfcpp/base/strings.h"

namespace workspace {
namespace {

using tfcpp::Json;

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

void AddText(Json::Members& members, const char* name, std::string_view text) {
  members.emplace_back(name, Json::String(std::string(text)));
}

std::string_view SampleStage(std::string_view event) {
  if (Contains(event, "TO_PRODUCTION")) return "Production";
  if (Contains(event, "TO_ARCHIVED")) return "Archived";
  return "Staging";
}

std::string Payload(const Webhook& webhook, const Event& event) {
  using namespace std::chrono;
  const std::int64_t now = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  Json::Members members{{"event", Json::String(event.name)},
                        {"webhook_id", Json::String(webhook.id)},
                        {"event_timestamp", Json::Int(now)}};
  members.insert(members.end(), event.details.begin(), event.details.end());
  return Json::Object(std::move(members)).Write();
}

HttpsCall ToCall(const HttpUrlSpec& spec, std::string payload) {
  HttpsCall call{.url = spec.url,
                 .verify = spec.enable_ssl_verification,
                 .headers = {{"Content-Type", "application/json"}},
                 .body = std::move(payload)};
  if (!spec.authorization.empty()) call.headers.emplace_back("Authorization", spec.authorization);
  if (!spec.secret.empty()) {
    call.headers.emplace_back("X-Databricks-Signature",
                              tfcpp::crypto::ToHex(tfcpp::crypto::HmacSha256(spec.secret, call.body)));
  }
  return call;
}

}  // namespace

Event SampleEvent(std::string name, const Webhook& webhook) {
  Event event{.name = std::move(name)};
  AddText(event.details, "model_name", webhook.model_name.empty() ? "sample_model" : webhook.model_name);
  if (!Contains(event.name, "REGISTERED_MODEL")) AddText(event.details, "version", "1");
  if (Contains(event.name, "TRANSITION")) {
    AddText(event.details, "from_stage", "None");
    AddText(event.details, "to_stage", SampleStage(event.name));
  }
  if (Contains(event.name, "TAG_SET")) {
    event.details.emplace_back(
        "tags", Json::Array({Json::Object({{"key", Json::String("sample")}, {"value", Json::String("true")}})}));
  }
  if (event.name == "COMMENT_CREATED") AddText(event.details, "comment", "A sample comment.");
  AddText(event.details, "text", tfcpp::Concat("A test delivery of ", event.name, "."));
  return event;
}

TargetAnswer Deliverer::Deliver(const Webhook& webhook, const Event& event) {
  const std::string payload = Payload(webhook, event);
  if (webhook.job_spec.has_value()) return StartJob(webhook, payload);
  TargetAnswer answer = send_(ToCall(*webhook.http_url_spec, payload));
  const std::lock_guard lock(mutex_);
  calls_.push_back(Json::Object({{"webhook_id", Json::String(webhook.id)},
                                 {"event", Json::String(event.name)},
                                 {"url", Json::String(webhook.http_url_spec->url)},
                                 {"status", Json::Int(answer.status)},
                                 {"body", Json::String(answer.body)},
                                 {"failure", Json::String(answer.failure)}}));
  return answer;
}

TargetAnswer Deliverer::StartJob(const Webhook& webhook, const std::string& payload) {
  const JobSpec& spec = *webhook.job_spec;
  const std::lock_guard lock(mutex_);
  runs_.push_back(Json::Object({{"webhook_id", Json::String(webhook.id)},
                                {"job_id", Json::String(spec.job_id)},
                                {"workspace_url", Json::String(spec.workspace_url)},
                                {"access_token", Json::String(Hashed(spec.access_token))},
                                {"event_message", Json::String(payload)}}));
  return {.status = 200,
          .body = Json::Object({{"run_id", Json::Int(static_cast<std::int64_t>(runs_.size()))}}).Write(),
          .failure = ""};
}

std::vector<Json> Deliverer::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}
std::vector<Json> Deliverer::runs() const {
  const std::lock_guard lock(mutex_);
  return runs_;
}
void Deliverer::Clear() {
  const std::lock_guard lock(mutex_);
  calls_.clear();
  runs_.clear();
}

}  // namespace workspace
