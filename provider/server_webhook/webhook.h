// A webhook of an MLflow server, and the table of its attributes (tfcpp/fields/field.h): schema, states, data sources,
// requests and answers follow from it.
//
// On the wire an event is an object of two enumerations, {"entity": "MODEL_VERSION", "action": "CREATED"}; here it is
// `model_version.created`. The MLflow workspace of a webhook is no member of it: a header says which one is meant, and
// no answer names it. Answers are read strictly (ADR 10): an absent description is "", times are ms since the epoch,
// events names at least one. Unknown members and unknown words of enumerations are left alone: servers grow.
//
// Pure; thread-safe.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "provider/shared/entries.h"
#include "rest/known_secrets.h"
#include "tfcpp/base/secret.h"
#include "tfcpp/fields/field.h"
#include "tfcpp/json/json.h"

namespace mlflow {

// Of the form entity.action: a type of its own, because its form on the wire is.
struct ServerEvents : std::set<std::string> {
  using set::set;
  explicit ServerEvents(std::set<std::string> names) : set(std::move(names)) {}
};

struct ServerWebhook {
  std::string id = {};
  std::string name = {};  // names may repeat
  // Its path and query may hold a token. Null: it is configured as url_wo.
  std::optional<std::string> url = {};
  std::optional<tfcpp::Number> url_wo_version = {};
  ServerEvents events = {};
  std::string description = {};
  std::string status = {};
  std::optional<tfcpp::Secret> secret = {};
  std::optional<tfcpp::Number> secret_wo_version = {};
  // As configured; null: the provider's. Never read from an answer.
  std::optional<std::string> workspace = {};
  tfcpp::fields::Timestamp created_at = {};
  tfcpp::fields::Timestamp updated_at = {};

  friend bool operator==(const ServerWebhook&, const ServerWebhook&) = default;
};
using ServerWebhookMisfit = Misread<ServerWebhook>;

Entry<ServerWebhook> ReadServerWebhook(const tfcpp::Json& json, const tfcpp::rest::KnownSecrets& secrets);

// Of the JSON members that are read, at every level.
std::vector<std::string_view> ServerWebhookMembers();

}  // namespace mlflow

template <>
struct tfcpp::fields::Rule<mlflow::ServerEvents> {
  static constexpr bool kNullable = false;
  static Type TerraformType() { return Type::Set(Type::String()); }
  static Value ToValue(const mlflow::ServerEvents& member);
  static mlflow::ServerEvents FromValue(const Value& value);
  static std::string Read(const Json& json, const Row& row, mlflow::ServerEvents& member);
  static Json Write(const mlflow::ServerEvents& member);
};

template <>
const tfcpp::fields::Fields& tfcpp::fields::FieldsOf<mlflow::ServerWebhook>();
