// The attributes of a Databricks configuration, as one table: the provider's schema, the resolution of values, the
// check for two sign-in methods at once, redaction and error texts all derive from it. Names, variables and groups are
// the Databricks SDKs', so that settings made for them work here. Constant data; thread-safe.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "databricks/config.h"

namespace tfcpp::databricks {

// An attribute that is accepted for the sake of configurations made for other tools, and has no effect here.
struct Unused {
  enum class Kind { kText, kNumber, kBool } kind = Kind::kText;
  std::string_view reason;  // why it has none; whole sentence
};

// Where the value goes, and by that its type. A Secret is sensitive.
using Target = std::variant<std::string Config::*, Secret Config::*, bool Config::*, std::chrono::seconds Config::*,
                            std::optional<double> Config::*, std::vector<std::string> Config::*, Unused>;

struct AttributeInfo {
  std::string_view name;
  std::string_view variable;  // of the environment; empty: none
  std::string_view group;     // attributes of two groups contradict each other; empty: of no sign-in method
  Target target;
  std::string_view description;
  TextKind text = TextKind::kPlain;

  bool sensitive() const { return std::holds_alternative<Secret Config::*>(target); }
};

// In the order of the documentation.
const std::vector<AttributeInfo>& Attributes();
// Null when there is no such attribute.
const AttributeInfo* FindAttribute(std::string_view name);

// Whether the attribute is set and means a sign-in method. `azure_use_msi = false` means none.
bool MeansMethod(const Config& config, const AttributeInfo& info);

// "client_id (DATABRICKS_CLIENT_ID)": how texts name an attribute.
std::string Spell(std::string_view name);

}  // namespace tfcpp::databricks
