#include "rest/transport.h"

#include <gtest/gtest.h>

namespace tfcpp::rest {
namespace {

TEST(MethodTest, HasItsNameOnTheWire) {
  EXPECT_EQ(ToString(Method::kGet), "GET");
  EXPECT_EQ(ToString(Method::kPost), "POST");
  EXPECT_EQ(ToString(Method::kPut), "PUT");
  EXPECT_EQ(ToString(Method::kPatch), "PATCH");
  EXPECT_EQ(ToString(Method::kDelete), "DELETE");
}

TEST(HttpResponseTest, FindsTheFirstHeaderInAnyCase) {
  const HttpResponse response{.status = 200, .headers = {{"X-A", "1"}, {"x-a", "2"}, {"X-B", ""}}, .body = ""};
  EXPECT_EQ(response.FindHeader("x-A"), "1");
  EXPECT_EQ(response.FindHeader("X-B"), "");
  EXPECT_EQ(response.FindHeader("X"), std::nullopt);
}

}  // namespace
}  // namespace tfcpp::rest
