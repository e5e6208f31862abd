// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/validate.h"

#include <string>
#include <string_view>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/framework/schema_walk.h"
#include "tfcpp/framework/shown_lines.h"

namespace tfcpp {

Diagnostics RefuseWriteOnlyValues(const Schema& schema, const Value& config) {
  constexpr std::string_view kSuffix = "_wo";
  Diagnostics diagnostics;
  VisitBySchema(schema, config, [&](const AttributeVisit& visit) {
    if (!visit.attribute.write_only || !visit.value.is_set()) return;
    const std::string name = visit.path.ToString();
    const bool has_plain = name.size() > kSuffix.size() && name.ends_with(kSuffix);
    diagnostics.AddError(
        "Write-only attribute needs Terraform 1.11",
        Concat(name,
               " is write-only: Terraform 1.11 and later, and OpenTofu 1.11 and later, keep it out of plan and state, "
               "but this client would store it. Use a newer client, or ",
               has_plain ? std::string_view(name).substr(0, name.size() - kSuffix.size()) : "another attribute",
               ", which is kept in the state."));
  });
  return diagnostics;
}

Diagnostics ValidateConfig(const Schema& schema, const std::vector<ConfigValidator>& config_validators,
                           const Value& config, const ValidateOptions& options) {
  Diagnostics diagnostics;
  if (!config.is_set()) return diagnostics;
  if (!options.write_only_allowed) diagnostics = RefuseWriteOnlyValues(schema, config);
  VisitBySchema(schema, config, [&](const AttributeVisit& visit) {
    // Terraform itself asks for required attributes at the top only, and takes a null in an object for a value.
    if (visit.attribute.required() && visit.value.is_null()) {
      diagnostics.AddError("Missing value", Concat(visit.path.ToString(), " is required and must not be null. Set it."),
                           visit.attribute.secret() ? Path() : visit.path);
      return;
    }
    if (visit.attribute.read_only() && !visit.value.is_null()) {
      diagnostics.AddError("Read-only attribute",
                           Concat(visit.path.ToString(),
                                  " says what the service has decided, so it cannot be set. "
                                  "Remove it from the configuration."),
                           visit.path);
      return;
    }
    if (!visit.value.is_set()) return;
    for (const Validator& validator : visit.attribute.validators) {
      validator.check({visit.path, visit.value, config}, diagnostics);
    }
  });
  for (const ConfigValidator& validator : config_validators) {
    try {
      validator.check(config, diagnostics);
    } catch (...) {
      RethrowWith(Concat("in the rule \"", validator.description, "\""));
    }
  }
  return WithoutSecretLines(schema, config, diagnostics);
}

}  // namespace tfcpp
