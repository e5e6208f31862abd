#include "tfcpp/framework/planned_private.h"

#include <gtest/gtest.h>

namespace tfcpp {
namespace {

TEST(PlannedPrivateTest, GoesThereAndBack) {
  const std::string binary("\0\xff:1", 4);
  for (const std::string& data :
       {std::string(), std::string("{}"), std::string("decision:"), std::string("decision:2:xyz"), binary}) {
    for (const std::string& decision : {std::string(), std::string("{}"), std::string("3:abc"), binary}) {
      const std::string packed = Pack({.private_data = data, .decision = decision});
      const PlannedPrivate parts = Unpack(packed);
      EXPECT_EQ(parts.private_data, data);
      EXPECT_EQ(parts.decision, decision);
      // Nothing is added where there is nothing to tell apart.
      EXPECT_EQ(packed == data, decision.empty() && data.find("decision:") != 0);
    }
  }
}

TEST(PlannedPrivateTest, WhatHasAnotherFormIsPrivateData) {
  for (const char* bytes : {"", "{}", "decision", "decision:", "decision:x:", "decision:5", "decision:5:abc",
                            "decision:99999999999999999999:abc", "decision:-1:abc"}) {
    EXPECT_EQ(Unpack(bytes).private_data, bytes);
    EXPECT_EQ(Unpack(bytes).decision, "") << bytes;
  }
}

}  // namespace
}  // namespace tfcpp
