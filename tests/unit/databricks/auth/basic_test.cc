#include "sign_in_fixture.h"

namespace tfcpp::databricks {
namespace {

TEST_F(SignInTest, Basic) {
  const SignInCase kCases[] = {
      {"user", {{"username", "me"}, {"password", "canary"}}, {}, {"Authorization: Basic bWU6Y2FuYXJ5"}, {}},
      {"no password", {{"username", "me"}}, {}, {}, {"password (DATABRICKS_PASSWORD) is not set"}},
  };
  for (const SignInCase& c : kCases) Check("basic", c);
}

}  // namespace
}  // namespace tfcpp::databricks
