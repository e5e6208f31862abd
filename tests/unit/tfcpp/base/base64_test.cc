#include "tfcpp/base/base64.h"

#include <gtest/gtest.h>

namespace tfcpp {
namespace {

struct Case {
  std::string bytes;
  const char* plain;
  const char* url;
};

// The first seven are the vectors of RFC 4648.
const Case kCases[] = {
    {"", "", ""},
    {"f", "Zg==", "Zg"},
    {"fo", "Zm8=", "Zm8"},
    {"foo", "Zm9v", "Zm9v"},
    {"foob", "Zm9vYg==", "Zm9vYg"},
    {"fooba", "Zm9vYmE=", "Zm9vYmE"},
    {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
    {std::string("\xfb\xff\x00", 3), "+/8A", "-_8A"},
};

TEST(Base64Test, EncodesBothForms) {
  for (const Case& c : kCases) {
    EXPECT_EQ(Base64(c.bytes), c.plain);
    EXPECT_EQ(Base64Url(c.bytes), c.url);
    EXPECT_EQ(DecodeBase64Url(c.url), c.bytes);
  }
}

TEST(Base64Test, ReadsPaddingAndRefusesTheRest) {
  EXPECT_EQ(DecodeBase64Url("Zg=="), "f");
  for (const char* bad : {"Z", "Zm9vY", "Zm 9v", "+/8A", "Zg=a"}) EXPECT_EQ(DecodeBase64Url(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace tfcpp
