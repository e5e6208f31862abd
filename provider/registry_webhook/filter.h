// Which webhooks are meant, of all that there are: the filters that the data source mlflow_webhooks and the list
// mlflow_webhook have in common. All that are set must fit. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "provider/registry_webhook/webhook.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace mlflow {

std::vector<tfcpp::Attribute> FilterAttributes();
std::vector<tfcpp::ConfigValidator> FilterValidators();

struct WebhookFilter {
  std::string model_name;           // empty: any, and registry-wide ones
  std::vector<std::string> events;  // at least one of them; empty: any
  std::string status;               // empty: any
  std::string target;               // "http", "job"; empty: either
  std::string url_prefix;           // of HTTP webhooks; empty: any, and jobs
};

// `config`: wholly known, with the attributes above.
WebhookFilter ReadFilter(const tfcpp::Value& config);

bool Fits(const WebhookFilter& filter, const RegistryWebhook& webhook);

}  // namespace mlflow
