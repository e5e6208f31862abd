#include "tfcpp/base/ip_address.h"

#include <gtest/gtest.h>

#include <string>

namespace tfcpp {
namespace {

TEST(IpAddressTest, SpellingsOfOneAddressAreEqual) {
  const struct {
    std::string a;
    std::string b;
  } kCases[] = {
      {"::1", "0:0:0:0:0:0:0:1"},
      {"2001:DB8::1", "2001:db8:0::1"},
      {"10.0.0.1", "::ffff:10.0.0.1"},
  };
  for (const auto& c : kCases) {
    ASSERT_TRUE(ParseIpAddress(c.a).has_value()) << c.a;
    EXPECT_EQ(ParseIpAddress(c.a), ParseIpAddress(c.b)) << c.a;
  }
  EXPECT_NE(ParseIpAddress("10.0.0.1"), ParseIpAddress("10.0.0.2"));
}

TEST(IpAddressTest, NothingElseIsOne) {
  for (const std::string& text : {std::string(), std::string("127.1"), std::string("1.2.3.256"), std::string("[::1]"),
                                  std::string("::1%lo"), std::string("1::2::3"), std::string("localhost"),
                                  std::string("::1 "), std::string("::1\0x", 5), std::string("10.0.0.1\0", 9)}) {
    EXPECT_FALSE(ParseIpAddress(text).has_value()) << text;
  }
}

TEST(IpAddressTest, KnowsItsKind) {
  const struct {
    const char* text;
    bool is_v4;
    bool is_loopback;
  } kCases[] = {
      {"127.0.0.1", true, true},  {"127.255.3.4", true, true}, {"::ffff:127.0.0.1", true, true}, {"::1", false, true},
      {"126.0.0.1", true, false}, {"128.0.0.1", true, false},  {"::127.0.0.1", false, false},    {"::2", false, false},
      {"::", false, false},       {"0.0.0.0", true, false},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(IsIpv4(*ParseIpAddress(c.text)), c.is_v4) << c.text;
    EXPECT_EQ(IsLoopback(*ParseIpAddress(c.text)), c.is_loopback) << c.text;
  }
}

}  // namespace
}  // namespace tfcpp
