#include "mlflow_server/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tfcpp::mlflow_server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(AddressTest, HasANormalFormThatStays) {
  const struct {
    const char* given;
    const char* normal;
  } kCases[] = {
      {"https://mlflow.example.com", "https://mlflow.example.com"},
      {" HTTPS://MLflow.Example.com:443/ \n", "https://mlflow.example.com"},
      {"http://h:80//", "http://h"},
      {"http://h:443/", "http://h:443"},
      {"https://h:80", "https://h:80"},
      {"http://127.0.0.1:5000", "http://127.0.0.1:5000"},
      {"http://[::1]:5000/", "http://[::1]:5000"},
      {"https://h/ML/Flow/", "https://h/ML/Flow"},
      {"https://h/a%20b", "https://h/a%20b"},
  };
  for (const auto& each : kCases) {
    const auto address = NormaliseAddress(each.given);
    ASSERT_TRUE(address.has_value()) << each.given;
    EXPECT_EQ(*address, each.normal);
    EXPECT_EQ(NormaliseAddress(*address).value(), each.normal);
  }
}

TEST(AddressTest, WhatIsNoServersSaysWhatItIsInstead) {
  const struct {
    const char* given;
    const char* told;
  } kCases[] = {
      {"databricks", "its webhooks are `mlflow_webhook`"},
      {"Databricks", "its webhooks are `mlflow_webhook`"},
      {"databricks-uc", "its webhooks are `mlflow_webhook`"},
      {"databricks://profile", "its webhooks are `mlflow_webhook`"},
      {"databricks-uc://profile", "its webhooks are `mlflow_webhook`"},
      {"sqlite:///m.db", "begins with http:// or https://"},
      {"file:///tmp/mlruns", "begins with http:// or https://"},
      {"./mlruns", "begins with http:// or https://"},
      {"/var/mlruns", "begins with http:// or https://"},
      {"postgresql://h/db", "begins with http:// or https://"},
      {"mlflow.example.com", "begins with http:// or https://"},
      {"databricks.example.com", "begins with http:// or https://"},
      {"ftp://h", "begins with http:// or https://"},
      {"http:///x", "."},
      {"http://h:99999", "."},
      {"http://a b", "."},
      {"http://h/a b", "a character in its path"},
      {"http://h/\\x", "a character in its path"},
      {"https://https://h", "."},
      {"https://h?canary=1", "must not have a query or a fragment"},
      {"https://h/x#canary", "must not have a query or a fragment"},
      {"https://me:canary@h", "must not have user information"},
      {"postgresql://me:canary@h/db", "begins with http:// or https://"},
  };
  for (const auto& each : kCases) {
    const auto address = NormaliseAddress(each.given);
    ASSERT_FALSE(address.has_value()) << each.given;
    EXPECT_EQ(address.error().code, ErrorCode::kInvalidArgument);
    EXPECT_THAT(address.error().message, HasSubstr(each.told));
    EXPECT_THAT(address.error().message, Not(HasSubstr("canary")));
  }
}

TEST(AddressTest, NamesOfWorkspacesAreTheServers) {
  for (const std::string& name : std::vector<std::string>{"a", "7", "team-a", "a--b", std::string(63, 'x')}) {
    EXPECT_EQ(FindWorkspaceNameFault(name), "") << name;
  }
  for (const std::string& name :
       std::vector<std::string>{"", "-a", "a-", "A", "a_b", "a.b", "ä", "a b", std::string(64, 'x')}) {
    EXPECT_NE(FindWorkspaceNameFault(name), "") << name;
  }
}

}  // namespace
}  // namespace tfcpp::mlflow_server
