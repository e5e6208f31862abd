#include "sign_in_fixture.h"

namespace tfcpp::databricks {
namespace {

TEST_F(SignInTest, Pat) {
  const SignInCase kCases[] = {
      {"token", {{"token", "dapi-canary"}}, {}, {"Authorization: Bearer dapi-canary"}, {}},
      {"workspace header",
       {{"token", "t"}, {"workspace_id", "7"}},
       {},
       {"Authorization: Bearer t", "X-Databricks-Workspace-Id: 7"},
       {}},
      {"none", {}, {}, {}, {"auth_type is pat (from the provider block)", "token (DATABRICKS_TOKEN) is not set"}},
  };
  for (const SignInCase& c : kCases) Check("pat", c);
  EXPECT_EQ(server.log(), "");
}

TEST_F(SignInTest, PatDoesNotGetBetterByARefusal) {
  const auto sign_in = Make({{"token", "t"}});
  const auto headers = sign_in->Headers({{}, log});
  EXPECT_FALSE(sign_in->Invalidate(*headers));
}

}  // namespace
}  // namespace tfcpp::databricks
