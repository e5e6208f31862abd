#include "provider/server_webhook/model.h"

#include "provider/server_webhook/webhook.h"

namespace mlflow {

using tfcpp::Json;
using tfcpp::Value;
using tfcpp::fields::FromValue;

Json::Members ToServerCreate(const Value& planned) {
  return tfcpp::fields::ToCreate(FromValue<ServerWebhook>(planned));
}

Json::Members ToServerUpdate(const Value& prior, const Value& planned) {
  return tfcpp::fields::ToUpdate(FromValue<ServerWebhook>(prior), FromValue<ServerWebhook>(planned), {prior, planned});
}

}  // namespace mlflow
