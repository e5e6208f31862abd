#include "databricks/pat.h"

#include <gtest/gtest.h>

namespace tfcpp::databricks {
namespace {

TEST(PatTokenSourceTest, IsABearerThatDoesNotChange) {
  NullLogger log;
  PatTokenSource tokens(Secret("dapi1"));
  const std::vector<http::Header> expected{{"Authorization", "Bearer dapi1"}};
  EXPECT_EQ(*tokens.Headers({{}, log}), expected);
  EXPECT_FALSE(tokens.Invalidate(expected));
  EXPECT_EQ(*tokens.Headers({{}, log}), expected);
}

}  // namespace
}  // namespace tfcpp::databricks
