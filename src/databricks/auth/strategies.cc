#include "databricks/auth/strategies.h"

namespace tfcpp::databricks {

const std::vector<Strategy>& Strategies() {
  static const std::vector<Strategy> kStrategies = {
      Pat(),
      Basic(),
      OauthM2m(),
      DatabricksCli(),
      MetadataService(),
      GithubOidc(),
      AzureDevopsOidc(),
      EnvOidc(),
      FileOidc(),
      GithubOidcAzure(),
      AzureMsi(),
      AzureClientSecret(),
      AzureCli(),
      GoogleCredentials(),
      GoogleId(),
  };
  return kStrategies;
}

}  // namespace tfcpp::databricks
