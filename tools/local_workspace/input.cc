#include "input.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tfcpp/base/strings.h"

namespace workspace {
namespace {

using tfcpp::Concat;
using tfcpp::Json;

// The documented ones, and REGISTERED_MODEL_TAG_SET, which the service's documentation lacks and its users name.
constexpr std::array<std::string_view, 13> kEvents = {"MODEL_VERSION_CREATED",
                                                      "MODEL_VERSION_TRANSITIONED_STAGE",
                                                      "TRANSITION_REQUEST_CREATED",
                                                      "COMMENT_CREATED",
                                                      "REGISTERED_MODEL_CREATED",
                                                      "MODEL_VERSION_TAG_SET",
                                                      "REGISTERED_MODEL_TAG_SET",
                                                      "MODEL_VERSION_TRANSITIONED_TO_STAGING",
                                                      "MODEL_VERSION_TRANSITIONED_TO_PRODUCTION",
                                                      "MODEL_VERSION_TRANSITIONED_TO_ARCHIVED",
                                                      "TRANSITION_REQUEST_TO_STAGING_CREATED",
                                                      "TRANSITION_REQUEST_TO_PRODUCTION_CREATED",
                                                      "TRANSITION_REQUEST_TO_ARCHIVED_CREATED"};

Answer Invalid(std::string message) { return Refuse(400, "INVALID_PARAMETER_VALUE", std::move(message)); }

std::optional<std::string> Text(const Json& json, std::string_view name) { return json.FindString(name); }

std::optional<Answer> CheckHttp(const HttpUrlSpec& spec) {
  constexpr std::string_view kScheme = "https://";
  const std::string_view url = spec.url;
  if (url.substr(0, kScheme.size()) != kScheme || url.size() == kScheme.size() || url[kScheme.size()] == '/') {
    return Invalid("http_url_spec.url must be an https URL with a host");
  }
  return std::nullopt;
}

std::optional<Answer> CheckJob(const JobSpec& spec) {
  if (spec.job_id.empty() ||
      !std::all_of(spec.job_id.begin(), spec.job_id.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return Invalid("job_spec.job_id must be the id of a job");
  }
  if (spec.access_token.empty()) return Invalid("Missing value for required parameter 'job_spec.access_token'.");
  return std::nullopt;
}

}  // namespace

bool IsKnownEvent(std::string_view name) { return std::find(kEvents.begin(), kEvents.end(), name) != kEvents.end(); }

ReadInput Read(const Json& body) {
  ReadInput read;
  if (const Json* events = body.Find("events")) {
    if (!events->is_array()) return {{}, Invalid("events must be an array")};
    std::vector<std::string> names;
    for (const Json& event : events->elements()) {
      if (!event.is_string() || !IsKnownEvent(event.string()))
        return {{}, Invalid(Concat("Unknown event: ", event.Write()))};
      if (std::find(names.begin(), names.end(), event.string()) == names.end()) names.push_back(event.string());
    }
    // The messages are proto2: an empty list is the same as none.
    if (!names.empty()) read.input.events = std::move(names);
  }
  for (const TextMember& member : TextMembers()) {
    if (auto text = Text(body, member.name)) read.input.texts.emplace_back(member, *std::move(text));
  }
  for (const char* name : {"http_url_spec", "job_spec"}) {
    const Json* spec = body.Find(name);
    if (spec == nullptr || spec->is_null()) continue;
    if (!spec->is_object()) return {{}, Invalid(Concat(name, " must be an object"))};
    (std::string_view(name) == "job_spec" ? read.input.job_spec : read.input.http_url_spec) = *spec;
  }
  return read;
}

void Apply(const Input& given, Webhook& webhook) {
  if (given.events.has_value()) webhook.events = *given.events;
  for (const auto& [member, text] : given.texts) webhook.*member.member = text;
}

HttpUrlSpec Apply(const Json& given, const std::optional<HttpUrlSpec>& old_spec, bool merge) {
  HttpUrlSpec spec = merge && old_spec.has_value() ? *old_spec : HttpUrlSpec{};
  if (auto url = Text(given, "url")) spec.url = *url;
  if (const Json* verify = given.Find("enable_ssl_verification"); verify != nullptr && verify->is_bool()) {
    spec.enable_ssl_verification = verify->boolean();
  }
  if (auto authorization = Text(given, "authorization")) spec.authorization = *authorization;
  if (auto secret = Text(given, "secret")) spec.secret = *secret;
  return spec;
}

JobSpec Apply(const Json& given, const std::optional<JobSpec>& old_spec, bool merge) {
  JobSpec spec = merge && old_spec.has_value() ? *old_spec : JobSpec{};
  if (auto job_id = Text(given, "job_id")) spec.job_id = *job_id;
  if (auto token = Text(given, "access_token")) spec.access_token = *token;
  if (auto url = Text(given, "workspace_url")) spec.workspace_url = *url;
  return spec;
}

std::optional<Answer> Check(const Webhook& webhook) {
  if (webhook.events.empty()) return Invalid("Missing value for required parameter 'events'.");
  if (webhook.status != "ACTIVE" && webhook.status != "DISABLED" && webhook.status != "TEST_MODE") {
    return Invalid(Concat("Unknown status: ", webhook.status));
  }
  if (webhook.http_url_spec.has_value() == webhook.job_spec.has_value()) {
    return Invalid("Exactly one of http_url_spec and job_spec must be specified.");
  }
  const bool registry_event =
      std::find(webhook.events.begin(), webhook.events.end(), "REGISTERED_MODEL_CREATED") != webhook.events.end();
  if (registry_event && !webhook.model_name.empty()) {
    return Invalid("REGISTERED_MODEL_CREATED is supported for registry-wide webhooks only.");
  }
  return webhook.http_url_spec.has_value() ? CheckHttp(*webhook.http_url_spec) : CheckJob(*webhook.job_spec);
}

}  // namespace workspace
