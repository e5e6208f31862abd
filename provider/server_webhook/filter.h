// Which webhooks of an MLflow server are meant: the filters that the data source mlflow_server_webhooks and the list
// mlflow_server_webhook have in common. All that are set must fit. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "provider/server_webhook/webhook.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace mlflow {

std::vector<tfcpp::Attribute> ServerFilterAttributes();

struct ServerWebhookFilter {
  std::string name = {};                 // empty: any
  std::vector<std::string> events = {};  // at least one of them; empty: any
  std::string status = {};               // empty: any
  std::string url_prefix = {};           // empty: any
};

// `config`: wholly known, with the attributes above. Its workspace says where to look, and is no part of the filter.
ServerWebhookFilter ReadServerFilter(const tfcpp::Value& config);

bool Fits(const ServerWebhookFilter& filter, const ServerWebhook& webhook);

}  // namespace mlflow
