#include "provider/registry_webhook/data_schema.h"

#include <string>
#include <utility>

#include "provider/registry_webhook/model.h"

namespace mlflow {
namespace {

using tfcpp::Attribute;
using tfcpp::AttributeType;
using tfcpp::Mode;
using tfcpp::NestedObject;
using tfcpp::Nesting;
using tfcpp::Type;
using tfcpp::Value;

Attribute Told(std::string name, AttributeType type, std::string description) {
  return {
      .name = std::move(name), .type = std::move(type), .mode = Mode::kComputed, .description = std::move(description)};
}

NestedObject HttpUrlSpec() {
  return {Nesting::kSingle,
          {Told("url", Type::String(), "The endpoint that the service calls."),
           Told("enable_ssl_verification", Type::Bool(), "Whether the service verifies the endpoint's certificate.")}};
}

NestedObject JobSpec() {
  return {Nesting::kSingle,
          {Told("job_id", Type::String(), "The job that the service runs."),
           Told("workspace_url", Type::String(), "The workspace of the job; null: the webhook's own workspace.")}};
}

// `value` with the members of `type` only, at any depth.
Value Restrict(const Value& value, const Type& type) {
  if (type.kind() != Type::Kind::kObject) return value;
  if (value.is_null()) return Value::Null(type);
  Value::Members members;
  for (const auto& [name, member] : type.attributes()) members.emplace(name, Restrict(value.Get(name), member));
  return Value::Object(std::move(members));
}

}  // namespace

std::vector<Attribute> WebhookDataAttributes() {
  return {Told("id", Type::String(), "The webhook's identifier, given by the service."),
          Told("events", Type::Set(Type::String()), "The registry events that trigger the webhook."),
          Told("model_name", Type::String(), "The registered model that is watched; null: the whole registry."),
          Told("registry_webhook", Type::Bool(), "Whether the webhook is registry-wide."),
          Told("description", Type::String(), "What the webhook is for; empty: no description."),
          Told("status", Type::String(), "`ACTIVE`, `DISABLED` or `TEST_MODE`."),
          Told("http_url_spec", HttpUrlSpec(),
               "The HTTPS endpoint that is called; null for a webhook that runs a job. Its secrets are never "
               "returned by the service, nor whether there are any."),
          Told("job_spec", JobSpec(), "The Databricks job that is run; null for a webhook that calls an endpoint."),
          Told("created_at", Type::String(),
               "When the webhook was created: RFC 3339, UTC, milliseconds; null if the service does not say."),
          Told("updated_at", Type::String(),
               "When the webhook was last changed: RFC 3339, UTC, milliseconds; null if the service does not say.")};
}

Value ToData(const tfcpp::databricks::RegistryWebhook& webhook) {
  return Restrict(ToState(webhook), tfcpp::ObjectTypeOf(WebhookDataAttributes(), {}));
}

}  // namespace mlflow
