#include "provider/shared/adoption.h"

#include <utility>

#include "provider/shared/private_data.h"

namespace mlflow {

tfcpp::Outcome Adopted(const tfcpp::Type& type, tfcpp::Value::Members meant) {
  for (const auto& [name, member] : type.attributes()) meant.try_emplace(name, tfcpp::Value::Null(member));
  return {.state = tfcpp::Value::Object(std::move(meant)),
          .private_data = WritePrivateData({.adopted = true}),
          .diagnostics = {}};
}

}  // namespace mlflow
