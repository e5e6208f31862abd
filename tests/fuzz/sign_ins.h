// Ways to sign in, as environments. Each has kSignIn for a secret; none reads a file or starts a program.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz.h"
#include "tfcpp/base/settings.h"
#include "tfcpp/base/strings.h"

namespace fuzz {

using Variables = std::map<std::string, std::string, std::less<>>;

inline const std::vector<Variables>& SignIns() {
  static const std::string secret(kSignIn);
  static const std::string aws = "https://example.cloud.databricks.com";
  static const std::string azure = "https://adb-1.2.azuredatabricks.net";
  static const std::string google = "https://1.2.gcp.databricks.com";
  static const std::string github = "https://ids.example.com/token?x=1";
  static const std::vector<Variables> all = {
      {{"DATABRICKS_HOST", aws}, {"DATABRICKS_TOKEN", secret}},
      {{"DATABRICKS_HOST", aws}, {"DATABRICKS_USERNAME", "me"}, {"DATABRICKS_PASSWORD", secret}},
      {{"DATABRICKS_HOST", aws}, {"DATABRICKS_CLIENT_ID", "id"}, {"DATABRICKS_CLIENT_SECRET", secret}},
      {{"DATABRICKS_HOST", aws}, {"DATABRICKS_METADATA_SERVICE_URL", "http://localhost:1/" + secret}},
      {{"DATABRICKS_HOST", aws},
       {"ACTIONS_ID_TOKEN_REQUEST_URL", github},
       {"ACTIONS_ID_TOKEN_REQUEST_TOKEN", secret},
       {"DATABRICKS_CLIENT_ID", "id"}},
      {{"DATABRICKS_HOST", aws}, {"DATABRICKS_OIDC_TOKEN", secret}},
      {{"DATABRICKS_HOST", aws},
       {"SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "https://dev.example.com/me"},
       {"SYSTEM_TEAMPROJECTID", "p"},
       {"SYSTEM_HOSTTYPE", "build"},
       {"SYSTEM_PLANID", "1"},
       {"SYSTEM_JOBID", "2"},
       {"SYSTEM_ACCESSTOKEN", secret}},
      {{"DATABRICKS_HOST", azure},
       {"ARM_CLIENT_ID", "id"},
       {"ARM_CLIENT_SECRET", secret},
       {"DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s/x"}},
      {{"DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s/x"}, {"ARM_USE_MSI", "true"}},
      {{"DATABRICKS_HOST", google}, {"DATABRICKS_GOOGLE_SERVICE_ACCOUNT", "me@example.com"}},
      {{"DATABRICKS_HOST", google},
       {"GOOGLE_CREDENTIALS", R"({"type":"service_account","client_email":"me","private_key":")" + secret + R"("})"}},
      {{"DATABRICKS_HOST", aws}},
  };
  return all;
}

// `variables` must outlive the result.
inline tfcpp::Environment EnvironmentOf(const Variables& variables) {
  return [&variables](std::string_view name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

}  // namespace fuzz
