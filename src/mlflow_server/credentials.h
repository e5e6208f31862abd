// Which credentials count: those of the first of the levels block, variables and file that has any, as a whole; silence
// about two ways to sign in would sign in as somebody else. One exception, for parity with MLflow's own clients: a user
// name is completed by the password of the next level that has one.
//
// Thread safety: functions without state.
#pragma once

#include <string>
#include <vector>

#include "mlflow_server/config.h"
#include "tfcpp/base/result.h"
#include "tfcpp/base/secret.h"
#include "tfcpp/base/settings.h"

namespace tfcpp::mlflow_server {

// A value and where it comes from, in words; empty: not set.
struct Sourced {
  Secret text = {};
  std::string source = {};
};

// What one level has.
struct Credentials {
  Sourced username = {};
  Sourced password = {};
  Sourced token = {};
};

// What ~/.mlflow/credentials has: the section [mlflow] of an INI file as Python's configparser reads it. One that is
// not there is no error, nor is another without that section.
Result<Credentials> ReadCredentialsFile(const Environment& environment);

// Whether no further level is asked: a file that is not needed does no harm.
bool Suffice(const std::vector<Credentials>& levels);

// Puts those that count, of `levels` from the first on, into `config`. Fails for a user name and a token at one level,
// a user name without a password after all levels, and a password without a user name.
Result<void> Choose(const std::vector<Credentials>& levels, Config& config);

}  // namespace tfcpp::mlflow_server
