// What data sources and lists make of a listing, for every kind of webhook. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "provider/shared/entries.h"
#include "provider/shared/misfits.h"
#include "tfcpp/fields/field.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// The webhooks that `fits` takes, by id. Misfits are none, and a warning names them. Valid as long as the listing.
template <class Webhook, class Fits>
std::vector<const Webhook*> Select(const Entries<Webhook>& listing, const Fits& fits, tfcpp::Diagnostics& diagnostics) {
  NameMisfits(listing, diagnostics);
  std::vector<const Webhook*> selected;
  for (const auto& [id, webhook] : listing.webhooks) {
    if (fits(webhook)) selected.push_back(&webhook);
  }
  return selected;
}

// `webhooks`, of a data source.
template <class Webhook>
tfcpp::Attribute WebhooksAttribute() {
  return {.name = "webhooks",
          .type = tfcpp::NestedObject{tfcpp::Nesting::kList,
                                      tfcpp::fields::DataAttributesOf(tfcpp::fields::FieldsOf<Webhook>())},
          .mode = tfcpp::Mode::kComputed,
          .description = "The webhooks that fit all filters, sorted by id."};
}
template <class Webhook>
tfcpp::Value WebhooksValue(const std::vector<const Webhook*>& webhooks) {
  std::vector<tfcpp::Value> values;
  for (const Webhook* webhook : webhooks) values.push_back(tfcpp::fields::ToData(*webhook));
  const auto attributes = tfcpp::fields::DataAttributesOf(tfcpp::fields::FieldsOf<Webhook>());
  return tfcpp::Value::List(tfcpp::ObjectTypeOf(attributes, {}), std::move(values));
}

// By which people recognise a webhook, in one line: "New models (churn, hooks.example.com)". `about` shows no secret:
// of a URL its host at most.
std::string DisplayName(std::string_view name, const std::vector<std::string>& about);

}  // namespace mlflow
