// The attributes of an MLflow server's configuration, as one table: the provider's schema, the resolution of values,
// redaction and error texts all derive from it. Names and variables are those of MLflow's own clients, so that settings
// made for them work here. Constant data; thread-safe.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mlflow_server/config.h"

namespace tfcpp::mlflow_server {

// Where the value goes, and by that its type. A Secret is sensitive.
using Target = std::variant<std::string Config::*, Secret Config::*, bool Config::*, std::chrono::seconds Config::*,
                            std::optional<double> Config::*>;

struct AttributeInfo {
  std::string_view name;
  std::string_view variable;  // of the environment; empty: none, for it holds for every service of the provider
  Target target;
  std::string_view description = {};
  TextKind text = TextKind::kPlain;

  // False: another service describes it.
  bool is_own() const { return !variable.empty(); }
  bool sensitive() const { return std::holds_alternative<Secret Config::*>(target); }
};

// In the order of the documentation.
const std::vector<AttributeInfo>& Attributes();

}  // namespace tfcpp::mlflow_server
