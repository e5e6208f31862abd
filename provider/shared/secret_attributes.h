// The attributes of a write-only secret, made from its row, and what they must not say together. Pure; thread-safe.
#pragma once

#include "provider/shared/secret_rows.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/schema/schema.h"

namespace mlflow {

// `secret_wo`. `validator` is that of the plain form, for this attribute's name.
tfcpp::Attribute WriteOnlyForm(const SecretRow& row, tfcpp::Validator validator);
// `secret_wo_version`.
tfcpp::Attribute VersionForm(const SecretRow& row);

// One form of each secret, and no version beside the plain one. `rows` must outlive it.
tfcpp::ConfigValidator OneFormOfEachSecret(const SecretRows& rows);
// No object without its address. Not for what Terraform shows a plan, where ignore_changes may hide it.
tfcpp::ConfigValidator AnAddressInOneForm(const SecretRows& rows);

}  // namespace mlflow
