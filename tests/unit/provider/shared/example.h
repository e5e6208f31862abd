// A second kind of webhook for the tests of what all kinds share: its secret, or its address, at the top or in an
// object, and a secret's removal an update or a replacement.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/scrypt.h"
#include "provider/shared/plan_secrets.h"
#include "provider/shared/secret_attributes.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/schema/plan_modifiers.h"
#include "tfcpp/schema/validators.h"
#include "tfcpp/testing/value_matchers.h"

namespace mlflow {

// `rows` has one row, of a secret or an address, at the top or in `target`.
inline tfcpp::Schema ExampleSchema(const SecretRows& rows) {
  using tfcpp::Mode;
  using tfcpp::Type;
  using tfcpp::Value;
  const SecretRow& row = rows.front();
  std::vector<tfcpp::Attribute> secrets = {
      {.name = LastName(row.plain), .sensitive = !row.is_address, .validators = {tfcpp::SecretText(row.PlainName())}},
      WriteOnlyForm(row, tfcpp::SecretText(row.Name())),
      VersionForm(row),
  };
  tfcpp::Schema schema;
  schema.attributes = {
      {.name = "id", .mode = Mode::kComputed, .plan_modifiers = {tfcpp::UseStateForUnknown()}},
      {.name = "name", .mode = Mode::kRequired},
      {.name = "url",
       .mode = Mode::kRequired,
       .equivalence = {"but for a slash at the end",
                       [](const Value& a, const Value& b) { return a.AsString() + "/" == b.AsString(); }}},
      {.name = "events", .type = Type::Set(Type::String()), .mode = Mode::kRequired},
      {.name = "description", .mode = Mode::kOptionalComputed, .default_value = Value::String("")},
      {.name = "updated_at", .mode = Mode::kComputed},
  };
  if (row.Object().empty()) {
    schema.attributes.insert(schema.attributes.end(), secrets.begin(), secrets.end());
  } else {
    secrets.push_back({.name = "host", .mode = Mode::kRequired});
    schema.attributes.push_back({.name = "target", .type = tfcpp::NestedObject{tfcpp::Nesting::kSingle, secrets}});
  }
  return schema;
}

inline tfcpp::ResourceType ExampleType(const SecretRows& rows, tfcpp::crypto::Scrypt& scrypt) {
  return {.name = "example_webhook",
          .schema = ExampleSchema(rows),
          .config_validators = {OneFormOfEachSecret(rows), AnAddressInOneForm(rows)},
          .modify_plan = [&rows, &scrypt](const tfcpp::PlanRequest& request, tfcpp::Plan& plan) {
            PlanSecrets(rows, scrypt, request, plan);
          }};
}

// As the open-source server has it: at the top, and only a new webhook is without.
inline const SecretRows& FlatRows() {
  static const SecretRows kRows = {{.plain = tfcpp::Path("secret"), .removal = Removal::kReplacement}};
  return kRows;
}
inline const tfcpp::Schema& FlatSchema() {
  static const tfcpp::Schema kSchema = ExampleSchema(FlatRows());
  return kSchema;
}
inline tfcpp::Value Flat(std::string_view text) { return tfcpp::V(text, FlatSchema().ImpliedType()); }

}  // namespace mlflow
