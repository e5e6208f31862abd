// A webhook of the registry, and the table of its attributes (tfcpp/fields/field.h): schema, states, data sources,
// requests and answers follow from it.
//
// Answers are read strictly (ADR 10), with no more leniency than this: of an optional member null counts as absent, and
// stands for the default; an empty model_name or workspace_url is none; times as tfcpp/fields/rules.h has them; exactly
// one of http_url_spec and job_spec is there, and events names at least one. Unknown members and unknown values of
// enumerations are left alone: the service may grow.
//
// Pure; thread-safe.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "provider/shared/entries.h"
#include "rest/known_secrets.h"
#include "tfcpp/base/secret.h"
#include "tfcpp/fields/field.h"
#include "tfcpp/json/json.h"

namespace mlflow {

struct HttpUrlSpec {
  std::optional<std::string> url = {};  // null: in its write-only form; never in an answer
  std::optional<tfcpp::Number> url_wo_version = {};
  bool enable_ssl_verification = true;
  std::optional<tfcpp::Secret> authorization_header = {};
  std::optional<tfcpp::Number> authorization_header_wo_version = {};
  std::optional<tfcpp::Secret> secret = {};
  std::optional<tfcpp::Number> secret_wo_version = {};
  friend bool operator==(const HttpUrlSpec&, const HttpUrlSpec&) = default;
};

struct JobSpec {
  std::string job_id = {};
  std::optional<tfcpp::Secret> access_token = {};
  std::optional<tfcpp::Number> access_token_wo_version = {};
  std::optional<std::string> workspace_url = {};  // null: the webhook's own workspace
  friend bool operator==(const JobSpec&, const JobSpec&) = default;
};

struct RegistryWebhook {
  std::string id = {};
  std::set<std::string> events = {};
  std::optional<std::string> model_name = {};  // null: registry-wide
  std::string description = {};
  std::string status = {};
  std::optional<HttpUrlSpec> http_url_spec = {};
  std::optional<JobSpec> job_spec = {};
  tfcpp::fields::Timestamp created_at = {};
  tfcpp::fields::Timestamp updated_at = {};

  friend bool operator==(const RegistryWebhook&, const RegistryWebhook&) = default;
};

using RegistryWebhookMisfit = Misread<RegistryWebhook>;

Entry<RegistryWebhook> ReadWebhook(const tfcpp::Json& json, const tfcpp::rest::KnownSecrets& secrets);

}  // namespace mlflow

template <>
const tfcpp::fields::Fields& tfcpp::fields::FieldsOf<mlflow::RegistryWebhook>();
template <>
const tfcpp::fields::Fields& tfcpp::fields::FieldsOf<mlflow::HttpUrlSpec>();
template <>
const tfcpp::fields::Fields& tfcpp::fields::FieldsOf<mlflow::JobSpec>();
