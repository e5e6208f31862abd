#include "framework/validate.h"

#include "base/strings.h"
#include "framework/schema_walk.h"

namespace tfcpp {

Diagnostics ValidateConfig(const Schema& schema, const std::vector<ConfigValidator>& config_validators,
                           const Value& config, const ValidateOptions& options) {
  Diagnostics diagnostics;
  if (!config.is_set()) return diagnostics;
  VisitBySchema(schema, config, [&](const AttributeVisit& visit) {
    // Terraform itself asks for required attributes at the top only, and takes a null in an object for a value.
    if (visit.attribute.required() && visit.value.is_null()) {
      diagnostics.AddError("Missing value", Concat(visit.path.ToString(), " is required and must not be null. Set it."),
                           visit.attribute.sensitive ? Path() : visit.path);
      return;
    }
    if (!visit.value.is_set()) return;
    if (visit.attribute.write_only && !options.write_only_allowed) {
      // No path: it would make Terraform print the line with the secret.
      diagnostics.AddError("Write-only attribute needs Terraform 1.11",
                           Concat(visit.path.ToString(),
                                  " is write-only: it is kept out of plan and state by Terraform 1.11 and later only. "
                                  "This client would store it. Use a newer client, or the plain attribute."));
      return;
    }
    for (const Validator& validator : visit.attribute.validators) {
      validator.check({visit.path, visit.value, config}, diagnostics);
    }
  });
  for (const ConfigValidator& validator : config_validators) validator.check(config, diagnostics);
  return diagnostics;
}

}  // namespace tfcpp
