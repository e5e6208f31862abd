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

// What a text becomes, which decides what is taken off its ends and which characters it must not have.
enum class TextKind {
  kPlain,       // a token, id, name, address or path: no blanks and line ends at both ends, and no control characters,
                // because it may stand in a header
  kForm,        // the same ends; it only ever goes percent-encoded, so that NUL, CR and LF alone are refused
  kPassword,    // blanks belong to it: only line ends at its end are taken off; no control characters (RFC 7617)
  kFormSecret,  // the same end, and percent-encoded
  kTenant,      // a GUID or a domain name: letters, digits, dots and hyphens alone, because it stands in a path
  kJson,        // as it is
};

// What counts of a text; empty: nothing, so that it is unset.
std::string_view Trimmed(TextKind kind, std::string_view text);
// What is wrong with a trimmed text, as the end of a sentence that never shows it; empty: nothing.
std::string_view FaultOf(TextKind kind, std::string_view trimmed);

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
