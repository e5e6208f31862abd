#include "provider/shared/secret_attributes.h"

#include <string>
#include <string_view>
#include <utility>

#include "tfcpp/base/strings.h"

namespace mlflow {
namespace {

using tfcpp::Attribute;
using tfcpp::Concat;
using tfcpp::Diagnostics;
using tfcpp::Type;
using tfcpp::Value;

std::string_view WhatAVersionAloneDoes(const SecretRow& row) {
  if (row.lent) return "lends the provider's present token anew.";
  return row.removal == Removal::kUpdate ? "removes it." : "replaces the webhook by one without it.";
}

// Without paths: they would make Terraform print lines that may hold the secrets.
void CheckForms(const SecretRow& row, const Value& config, Diagnostics& diagnostics) {
  if (!ObjectOf(row, config).is_set()) return;
  const Value write_only = WriteOnlyOf(row, config);
  const bool is_plain = !PlainOf(row, config).may_be_null();
  if (!write_only.may_be_null() && is_plain) {
    diagnostics.AddError("One secret in two forms",
                         Concat(row.PlainName(), " and ", row.Name(),
                                " are both set. Keep one: the second is write-only, so it stands in no state."));
  }
  const bool version_alone = write_only.is_null() && !VersionOf(row, config).may_be_null();
  if (version_alone && is_plain) {
    diagnostics.AddError("Version of a secret that has none",
                         Concat(row.VersionName(), " belongs to ", row.Name(), ", but ", row.PlainName(),
                                " is set. Remove one of them: a change of the plain form is seen without a version."));
  }
}

void CheckAddress(const SecretRow& row, const Value& config, Diagnostics& diagnostics) {
  if (!row.is_address || !ObjectOf(row, config).is_set()) return;
  if (!PlainOf(row, config).is_null() || !WriteOnlyOf(row, config).is_null()) return;
  diagnostics.AddError(
      "No address for the webhook",
      Concat("Set exactly one of ", row.PlainName(), " and ", row.Name(),
             ", which is write-only, so it stands in no state. Neither is set: both must not be null."));
}

std::string WriteOnlyDescription(const SecretRow& row) {
  const std::string plain = LastName(row.plain);
  const std::string begin = Concat("Write-only form of `", plain,
                                   "` (Terraform 1.11): in no plan, no state and no log. May come from an ephemeral "
                                   "value. ",
                                   row.Object().empty() ? "" : "Sent with the target whenever that is sent. ");
  constexpr std::string_view kEnd =
      "Terraform itself writes literals and ordinary sensitive variables into plan files: use an `ephemeral` variable "
      "or resource.";
  if (row.is_address) {
    return Concat(begin, "The provider remembers a salted HMAC-SHA256 of it: a new value, without `", plain,
                  "_wo_version`, or another address on the service, in any case, plans an update. Exactly one of `",
                  plain, "` and `", plain, "_wo` must be set. ", kEnd);
  }
  return Concat(begin, "Without `", plain,
                "_wo_version` the provider remembers a salted scrypt digest of it, and a new value plans an update; a ",
                "value that is new on each run needs the version. Null removes nothing, because a plan cannot tell it ",
                "from a value under `ignore_changes`: to remove the secret, set the version alone. ", kEnd);
}

}  // namespace

// Not sensitive: it stands in no plan and no state, and each sensitive path slows every write of a large state down.
// That an older client stores none is the refusal's business (tfcpp/framework/validate.h).
Attribute WriteOnlyForm(const SecretRow& row, tfcpp::Validator validator) {
  return {.name = LastName(row.WriteOnly()),
          .type = Type::String(),
          .write_only = true,
          .validators = {std::move(validator)},
          .description = WriteOnlyDescription(row)};
}

Attribute VersionForm(const SecretRow& row) {
  const std::string what =
      Concat("Any number. With it, a change of it, and only that, sends `", LastName(row.WriteOnly()), "` anew");
  return {.name = LastName(row.Version()),
          .type = Type::Number(),
          .unreturned = true,
          .description =
              row.is_address
                  ? Concat(what, ", but for an address that somebody has changed on the service.")
                  : Concat(what, ", and nothing about the secret is remembered. May stand alone: a change without the ",
                           "secret ", WhatAVersionAloneDoes(row))};
}

tfcpp::ConfigValidator OneFormOfEachSecret(const SecretRows& rows) {
  return {
      "a secret is set in its plain or its write-only form, not in both; a version goes with the write-only form, or "
      "stands alone",
      [&rows](const Value& config, Diagnostics& diagnostics) {
        for (const SecretRow& row : rows) CheckForms(row, config, diagnostics);
      }};
}

tfcpp::ConfigValidator AnAddressInOneForm(const SecretRows& rows) {
  return {"a target has its address, in its plain or its write-only form",
          [&rows](const Value& config, Diagnostics& diagnostics) {
            for (const SecretRow& row : rows) CheckAddress(row, config, diagnostics);
          }};
}

}  // namespace mlflow
