#include "provider/block.h"

#include "tfcpp/base/strings.h"

namespace mlflow {

using tfcpp::Type;
using tfcpp::Value;

std::string TextOf(const Value& value) {
  if (value.is_null()) return "";
  if (value.type() == Type::Bool()) return value.AsBool() ? "true" : "false";
  if (value.type() == Type::Number()) return value.AsNumber().ToString();
  if (value.type() == Type::String()) return value.AsString();
  std::vector<std::string> elements;
  for (const Value& element : value.Elements()) elements.push_back(TextOf(element));
  return tfcpp::Join(elements, ",");
}

}  // namespace mlflow
