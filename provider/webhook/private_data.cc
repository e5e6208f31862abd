#include "provider/webhook/private_data.h"

#include "json/json.h"

namespace mlflow {

using tfcpp::Json;

PrivateData ParsePrivateData(const std::string& bytes) {
  PrivateData data;
  const auto json = Json::Parse(bytes);
  if (json.has_value()) data.host = json->FindString("host").value_or("");
  return data;
}

std::string WritePrivateData(const PrivateData& data) {
  return Json::Object({{"host", Json::String(data.host)}}).Write();
}

}  // namespace mlflow
