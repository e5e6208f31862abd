#include "provider/registry_webhook/model.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

namespace mlflow {
namespace {

using tfcpp::Secret;
using tfcpp::Type;
using tfcpp::Value;
using tfcpp::databricks::RegistryWebhook;
using tfcpp::databricks::RegistryWebhookInput;

Value OptionalString(const std::string& text) {
  return text.empty() ? Value::Null(Type::String()) : Value::String(text);
}

Value Time(const std::optional<std::int64_t>& ms) {
  return ms.has_value() ? Value::String(FormatTimestamp(*ms)) : Value::Null(Type::String());
}

Type HttpSpecType() {
  return Type::Object({{"url", Type::String()},
                       {"enable_ssl_verification", Type::Bool()},
                       {"authorization_header", Type::String()},
                       {"authorization_header_wo", Type::String()},
                       {"authorization_header_wo_version", Type::Number()},
                       {"secret", Type::String()},
                       {"secret_wo", Type::String()},
                       {"secret_wo_version", Type::Number()},
                       {"authorization", Type::String()}});
}
Type JobSpecType() {
  return Type::Object({{"job_id", Type::String()},
                       {"access_token", Type::String()},
                       {"access_token_wo", Type::String()},
                       {"access_token_wo_version", Type::Number()},
                       {"workspace_url", Type::String()}});
}

// An object of the type: null where the service tells nothing.
Value Completed(Value::Members told, const Type& type) {
  for (const auto& [name, member] : type.attributes()) told.try_emplace(name, Value::Null(member));
  return Value::Object(std::move(told));
}

Value HttpSpecState(const std::optional<RegistryWebhook::HttpUrlSpec>& spec) {
  if (!spec.has_value()) return Value::Null(HttpSpecType());
  return Completed(
      {{"url", Value::String(spec->url)}, {"enable_ssl_verification", Value::Bool(spec->enable_ssl_verification)}},
      HttpSpecType());
}

Value JobSpecState(const std::optional<RegistryWebhook::JobSpec>& spec) {
  if (!spec.has_value()) return Value::Null(JobSpecType());
  return Completed({{"job_id", Value::String(spec->job_id)}, {"workspace_url", OptionalString(spec->workspace_url)}},
                   JobSpecType());
}

std::vector<std::string> Strings(const Value& collection) {
  std::vector<std::string> strings;
  for (const Value& element : collection.Elements()) strings.push_back(element.AsString());
  return strings;
}

bool WasSet(const Value& prior_spec, std::string_view member) {
  return !prior_spec.is_null() && !prior_spec.Get(member).is_null();
}

// The value to send for a member that the service keeps until told otherwise: its text, "" to clear it, or nothing.
std::optional<std::string> TextToSend(const Value& prior_spec, const Value& spec, std::string_view member) {
  const Value& value = spec.Get(member);
  if (!value.is_null()) return value.AsString();
  if (WasSet(prior_spec, member)) return std::string();
  return std::nullopt;
}

std::optional<Secret> SecretToSend(const Value& prior_spec, const Value& spec, std::string_view member) {
  auto text = TextToSend(prior_spec, spec, member);
  if (!text.has_value()) return std::nullopt;
  return Secret(*std::move(text));
}

RegistryWebhookInput::HttpUrlSpec HttpInput(const Value& prior_spec, const Value& spec) {
  return {.url = spec.Get("url").AsString(),
          .enable_ssl_verification = spec.Get("enable_ssl_verification").AsBool(),
          .authorization = SecretToSend(prior_spec, spec, "authorization_header"),
          .secret = SecretToSend(prior_spec, spec, "secret")};
}

RegistryWebhookInput::JobSpec JobInput(const Value& prior_spec, const Value& spec, const Secret& lent_token) {
  std::optional<Secret> token = SecretToSend(prior_spec, spec, "access_token");
  if (spec.Get("access_token").is_null() && !lent_token.empty()) token = lent_token;
  return {.job_id = spec.Get("job_id").AsString(),
          .access_token = std::move(token),
          .workspace_url = TextToSend(prior_spec, spec, "workspace_url")};
}

void SetSpec(const Value& prior_http, const Value& prior_job, const Value& planned, const Secret& lent_token,
             RegistryWebhookInput& input) {
  const Value& http = planned.Get("http_url_spec");
  const Value& job = planned.Get("job_spec");
  if (!http.is_null() && http != prior_http) input.http_url_spec = HttpInput(prior_http, http);
  if (!job.is_null() && job != prior_job) input.job_spec = JobInput(prior_job, job, lent_token);
}

}  // namespace

Value ToState(const RegistryWebhook& webhook) {
  std::vector<Value> events;
  for (const std::string& event : webhook.events) events.push_back(Value::String(event));
  return Value::Object({{"id", Value::String(webhook.id)},
                        {"events", Value::Set(Type::String(), std::move(events))},
                        {"model_name", OptionalString(webhook.model_name)},
                        {"registry_webhook", Value::Bool(webhook.model_name.empty())},
                        {"description", Value::String(webhook.description)},
                        {"status", Value::String(webhook.status)},
                        {"http_url_spec", HttpSpecState(webhook.http_url_spec)},
                        {"job_spec", JobSpecState(webhook.job_spec)},
                        {"created_at", Time(webhook.creation_timestamp)},
                        {"updated_at", Time(webhook.last_updated_timestamp)}});
}

RegistryWebhookInput ToCreateInput(const Value& planned, const Secret& lent_token) {
  RegistryWebhookInput input;
  input.events = Strings(planned.Get("events"));
  if (!planned.Get("model_name").is_null()) input.model_name = planned.Get("model_name").AsString();
  if (!planned.Get("description").AsString().empty()) input.description = planned.Get("description").AsString();
  input.status = planned.Get("status").AsString();
  SetSpec(Value::Null(HttpSpecType()), Value::Null(JobSpecType()), planned, lent_token, input);
  return input;
}

RegistryWebhookInput ToUpdateInput(const Value& prior, const Value& planned, const Secret& lent_token) {
  RegistryWebhookInput input;
  const auto changed = [&](std::string_view name) { return prior.Get(name) != planned.Get(name); };
  if (changed("events")) input.events = Strings(planned.Get("events"));
  if (changed("description")) input.description = planned.Get("description").AsString();
  if (changed("status")) input.status = planned.Get("status").AsString();
  SetSpec(prior.Get("http_url_spec"), prior.Get("job_spec"), planned, lent_token, input);
  return input;
}

bool IsEmpty(const RegistryWebhookInput& input) {
  return !input.events && !input.model_name && !input.description && !input.status && !input.http_url_spec &&
         !input.job_spec;
}

std::string FormatTimestamp(std::int64_t milliseconds_since_epoch) {
  using namespace std::chrono;
  // RFC 3339 has years of four digits.
  constexpr sys_time<milliseconds> kFirst = sys_days(year(0) / January / 1);
  constexpr sys_time<milliseconds> kLast = sys_days(year(10'000) / January / 1) - milliseconds(1);
  const auto time = std::clamp(sys_time<milliseconds>(milliseconds(milliseconds_since_epoch)), kFirst, kLast);
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss<milliseconds> clock(time - day);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text.data();
}

}  // namespace mlflow
