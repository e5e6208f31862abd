// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/server/require.h"

namespace tfcpp {
namespace {

// A service's diagnostics, in full with the first call of a run that uses it. Later calls that fail for the same reason
// say so in one sentence: the text may be long, and there may be hundreds of them. But where the first was one whose
// errors the client may drop, the errors are told in full once more, by the first of the others.
void Tell(Call& call, const Service& service, std::string_view consequence, Errors errors) {
  if (service.diagnostics.empty()) return;
  const bool is_first = call.run.Claim(service, Run::Topic::kDiagnostics);
  const bool is_first_to_last = errors == Errors::kLast && call.run.Claim(service, Run::Topic::kLastingErrors);
  const std::string* untold = nullptr;
  for (const Diagnostic& diagnostic : service.diagnostics.items()) {
    const bool is_error = diagnostic.severity == Severity::kError;
    if (is_first || (is_error && is_first_to_last)) {
      call.diagnostics.Add(diagnostic);
    } else if (is_error && untold == nullptr) {
      untold = &diagnostic.summary;
    }
  }
  if (untold == nullptr) return;
  call.diagnostics.AddError(*untold, Concat(consequence, ", because ", service.name,
                                            " cannot be called. Another message of this run, under the same heading, "
                                            "says what is missing or wrong."));
}

std::string NotKnownYet(const Call& call, const Service& service) {
  return Concat("because the configuration of provider \"", call.provider.type_name, "\" for ", service.name,
                " is not known yet: it depends on values that will be known only after apply");
}

}  // namespace

bool RequireConfigured(Call& call, std::string_view consequence) {
  if (call.run.is_configured()) return true;
  call.diagnostics.AddError("The provider is not configured",
                            Concat(consequence, ", because ConfigureProvider has not succeeded."));
  return false;
}

bool RequireReady(Call& call, const Service& service, std::string_view consequence, Errors errors) {
  Tell(call, service, consequence, errors);
  if (service.diagnostics.has_error()) return false;
  if (!service.known) {
    call.diagnostics.AddError(
        "The provider is not configured",
        Concat(consequence, ", ", NotKnownYet(call, service),
               ". Apply first what they come from, with `-target`, or give the provider values that are known."));
    return false;
  }
  if (call.context.stop.stop_requested()) {
    call.diagnostics.AddError("Cancelled", Concat(consequence, ", because the run was interrupted."));
    return false;
  }
  return true;
}

void ReportToPlan(Call& call, const Service& service, std::string_view consequence) {
  if (service.diagnostics.has_error() && !call.run.Claim(service, Run::Topic::kPlanOrRead)) return;
  Tell(call, service, consequence, Errors::kLast);
}

void ReportToRead(Call& call, const Service& service, std::string_view consequence) {
  ReportToPlan(call, service, consequence);
  if (service.known || service.diagnostics.has_error() || !call.run.Claim(service, Run::Topic::kPlanOrRead)) return;
  call.diagnostics.AddWarning("Drift was not looked for",
                              Concat("The resources of ", service.name, " were not read, ", NotKnownYet(call, service),
                                     ". The plan assumes that these resources are as Terraform last saw them."));
}

}  // namespace tfcpp
