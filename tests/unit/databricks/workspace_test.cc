#include "databricks/workspace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tfcpp::databricks {
namespace {

const std::string kId = "/subscriptions/S/resourceGroups/g/providers/Microsoft.Databricks/workspaces/w";
const std::string kHost = "https://adb-1.2.azuredatabricks.net";

TEST(NameOfWorkspaceTest, IsTheHostElseTheResourceId) {
  EXPECT_EQ(NameOfWorkspace({.host = kHost}), kHost);
  EXPECT_EQ(NameOfWorkspace({.host = kHost, .azure_workspace_resource_id = kId}), kHost);
  EXPECT_EQ(NameOfWorkspace({.azure_workspace_resource_id = kId}), kId);
  EXPECT_EQ(NameOfWorkspace({}), "");
}

TEST(MayBeSameWorkspaceTest, NamesOfOneKindAreCompared) {
  const struct {
    std::string known;
    std::string named;
    bool same;
  } kCases[] = {
      {kId, kId, true},
      {kId, "/SUBSCRIPTIONS/s/resourcegroups/g/providers/microsoft.databricks/WORKSPACES/w", true},
      {kId, kId.substr(1), true},
      {kId.substr(1), kId, true},
      {kId, kId + "/", true},
      {kId, " " + kId + "\n", true},
      {kId, kId + "2", false},
      {kId, "/subscriptions/other", false},
      {kHost, kHost, true},
      {kHost, "ADB-1.2.azuredatabricks.net/?o=1", true},
      {kHost, "https://adb-2.2.azuredatabricks.net", false},
      {kHost, "http://adb-1.2.azuredatabricks.net", false},
      {kHost, "", false},
      {kHost, "no host", false},
      // Of two kinds only a call could tell.
      {kHost, kId, true},
      {kId, kHost, true},
      {kId, "adb-1.2.azuredatabricks.net", true},
      {kId, "no host", false},
      {kId, "https://me:pw@adb-1.2.azuredatabricks.net", false},
      {"", kHost, false},
  };
  for (const auto& c : kCases) EXPECT_EQ(MayBeSameWorkspace(c.known, c.named), c.same) << c.known << " " << c.named;
}

TEST(ServiceOfTest, HasAnAddressOrAtLeastAName) {
  const rest::JsonService by_host = ServiceOf({.host = kHost});
  EXPECT_EQ(by_host.url, kHost);
  EXPECT_EQ(by_host.name, kHost);
  const rest::JsonService by_id = ServiceOf({.azure_workspace_resource_id = kId});
  EXPECT_EQ(by_id.url, "");
  EXPECT_EQ(by_id.name, kId);
  EXPECT_THAT(std::string(by_id.if_unreachable), testing::HasSubstr("DATABRICKS_HOST"));
}

}  // namespace
}  // namespace tfcpp::databricks
