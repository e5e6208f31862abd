// Addresses that clouds have fixed. Tests put their own servers here. Value types; thread-safe.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace tfcpp::databricks {

struct AzureEnvironment {
  std::string_view name;       // of azure_environment
  std::string_view host_part;  // in a workspace's name
  std::string management;      // the service management endpoint; also a token's audience
  std::string resource_manager;
  std::string login;  // Entra ID
};

struct Endpoints {
  std::array<AzureEnvironment, 3> azure = {{
      {"PUBLIC", ".azuredatabricks.net", "https://management.core.windows.net/", "https://management.azure.com/",
       "https://login.microsoftonline.com/"},
      {"USGOVERNMENT", ".databricks.azure.us", "https://management.core.usgovcloudapi.net/",
       "https://management.usgovcloudapi.net/", "https://login.microsoftonline.us/"},
      {"CHINA", ".databricks.azure.cn", "https://management.core.chinacloudapi.cn/",
       "https://management.chinacloudapi.cn/", "https://login.chinacloudapi.cn/"},
  }};
  std::string azure_identity = "http://169.254.169.254";  // of the machine's managed identity
  std::string google_identity = "http://metadata.google.internal";
  std::string google_token = "https://oauth2.googleapis.com/token";
  std::string google_impersonation = "https://iamcredentials.googleapis.com";
};

}  // namespace tfcpp::databricks
