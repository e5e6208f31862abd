// Creates whose answer is lost, over the local workspace.
#pragma once

#include <gmock/gmock.h>

#include "unit/provider/registry_webhook/service_fixture.h"

namespace mlflow {

class LostCreateTest : public ServiceTest {
 protected:
  LostCreateTest() {
    // JsonClient adds no credentials, and the workspace wants some.
    transport_.token = "dapi";
  }
  void LoseBeforeActing(int times) {
    transport_.intercept = [left = times](const tfcpp::rest::HttpRequest& request) mutable -> Intercepted {
      if (!IsCreate(request) || left-- <= 0) return std::nullopt;
      return Lost();
    };
  }
};

// What is not known is told by the first sentence; then what to look for, and what to do with it.
MATCHER_P(SaysThatItCannotTell, named, "") {
  return ExplainMatchResult(
      ::testing::AllOf(::testing::StartsWith("Do not apply again yet"), ::testing::HasSubstr("cannot tell"),
                       ::testing::HasSubstr(named), ::testing::HasSubstr("terraform import"),
                       ::testing::HasSubstr("After a kill or a lost answer")),
      arg, result_listener);
}

}  // namespace mlflow
