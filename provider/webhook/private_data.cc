#include "provider/webhook/private_data.h"

#include <utility>

#include "json/json.h"

namespace mlflow {

using tfcpp::Json;

PrivateData ParsePrivateData(const std::string& bytes) {
  PrivateData data;
  const auto json = Json::Parse(bytes);
  if (!json.has_value()) return data;
  data.host = json->FindString("host").value_or("");
  const Json* adopted = json->Find("adopted");
  data.adopted = adopted != nullptr && adopted->is_bool() && adopted->boolean();
  return data;
}

std::string WritePrivateData(const PrivateData& data) {
  Json::Members members;
  if (!data.host.empty()) members.emplace_back("host", Json::String(data.host));
  if (data.adopted) members.emplace_back("adopted", Json::Bool(true));
  return Json::Object(std::move(members)).Write();
}

}  // namespace mlflow
