#include "crypto/scrypt.h"

#include <gtest/gtest.h>

#include "crypto/hmac.h"

namespace tfcpp::crypto {
namespace {

// RFC 7914, section 12, the first three vectors.
TEST(ScryptTest, MatchesPublishedVectors) {
  Scrypt scrypt;
  EXPECT_EQ(ToHex(*scrypt.Digest("", "", {.n = 16, .r = 1, .p = 1}, 64)),
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
            "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
  EXPECT_EQ(ToHex(*scrypt.Digest("password", "NaCl", {.n = 1024, .r = 8, .p = 16}, 64)),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
            "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
  EXPECT_EQ(ToHex(*scrypt.Digest("pleaseletmein", "SodiumChloride", {.n = 16384, .r = 8, .p = 1}, 64)),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
            "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
}

TEST(ScryptTest, RefusesParametersThatAreNoneOrTakeTooMuch) {
  Scrypt scrypt;
  for (const ScryptParameters& parameters : {ScryptParameters{.n = 3}, ScryptParameters{.n = 0},
                                             ScryptParameters{.n = 1U << 20}, ScryptParameters{.r = 0}}) {
    EXPECT_EQ(scrypt.Digest("secret", "salt", parameters).error().code, ErrorCode::kInvalidArgument);
  }
  EXPECT_TRUE(scrypt.Digest("secret", "salt", {}).has_value()) << "a refusal must free its place";
}

TEST(ScryptTest, SaltsDiffer) {
  EXPECT_EQ(RandomSalt().size(), 16U);
  EXPECT_NE(RandomSalt(), RandomSalt());
}

}  // namespace
}  // namespace tfcpp::crypto
