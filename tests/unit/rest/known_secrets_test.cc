#include "rest/known_secrets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tfcpp/base/strings.h"

namespace tfcpp::rest {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(KnownSecretsTest, KnowsThoseThatComeLater) {
  KnownSecrets secrets({Secret("first-canary")});
  EXPECT_EQ(secrets.Without("first-canary later-canary"), "**REDACTED** later-canary");
  secrets.Add(Secret("later-canary"));
  secrets.Add({Secret("first-canary"), Secret(""), Secret("third-canary")});
  EXPECT_EQ(secrets.Without("first-canary later-canary third-canary"), "**REDACTED** **REDACTED** **REDACTED**");
}

TEST(KnownSecretsTest, ShowsSomebodyElsesTextOnOneReadableLine) {
  const KnownSecrets secrets({Secret("the-canary")});
  EXPECT_EQ(secrets.Shown(" \v a\r\nb\x1b[31mthe-canary\xe2\x80\xae \n"),
            "a  b\xef\xbf\xbd[31m**REDACTED**\xef\xbf\xbd");
}

// Wherever the cut falls, no part of the secret that would be of use stands before it.
TEST(KnownSecretsTest, CutsAfterTheSecretsAreGone) {
  const std::string secret = "0123456789-canary-0123456789";
  const KnownSecrets secrets({Secret(secret)});
  for (const std::size_t limit : {std::size_t{100}, std::size_t{2048}}) {
    for (std::size_t before = limit - 2 * secret.size(); before < limit + 2; ++before) {
      const std::string shown =
          secrets.Shown(std::string(before, ' ').replace(0, 1, "x") + secret + " and more", limit);
      ASSERT_THAT(shown, Not(HasSubstr("0123"))) << before;
      ASSERT_LE(shown.size(), limit + sizeof(" ... (99 more bytes)"));
    }
  }
}

TEST(KnownSecretsTest, LooksAtTheBeginningOfALongTextOnly) {
  const std::string secret = "0123456789-canary-0123456789";
  const KnownSecrets secrets({Secret(secret)});
  std::string echoes;
  while (echoes.size() < (16u << 20)) echoes += secret + "\n";
  const std::string shown = secrets.Shown(echoes);
  EXPECT_THAT(shown, Not(HasSubstr("canary")));
  EXPECT_LT(shown.size(), KnownSecrets::kMaxShown + 40);
  EXPECT_THAT(shown, EndsWith(" more bytes)"));
  // So long a secret that the text that is looked at ends within it.
  const KnownSecrets long_one({Secret(std::string(100'000, 's') + "t")});
  EXPECT_EQ(long_one.Shown(std::string(100'000, 's') + "t"),
            Concat("**REDACTED** ... (", std::to_string(100'001 - 65'536), " more bytes)"));
}

TEST(KnownSecretsTest, CutsWhatNobodyIsShown) {
  const KnownSecrets secrets({Secret("the-canary")});
  const std::string clean = secrets.Without(std::string(16u << 20, 'x') + "the-canary");
  EXPECT_EQ(clean,
            Concat(std::string(65'536, 'x'), " ... (", std::to_string((16u << 20) + 10 - 65'536), " more bytes)"));
}

struct NameCase {
  std::string name;
  bool may_be_shown;
};

TEST(KnownSecretsTest, SaysWhatMayNameSomething) {
  const KnownSecrets secrets({Secret("the-canary-0123"), Secret("short")});
  const NameCase kCases[] = {
      {"", true},
      {"1234", true},
      {"0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d", true},
      {"ä/b c", true},
      {"x-short-x", true},  // by chance: a word of that length is a part of many names
      {std::string(512, 'x'), true},
      {std::string(513, 'x'), false},
      {"the-canary-0123", false},
      {"17the-canary-012317", false},
      {"the%2Dcanary%2D0123", false},
      {"dGhlLWNhbmFyeS0wMTIz", false},
      {"7468652d63616e6172792d30313233", false},
      {"the-canar", false},
      {"nary-0123", false},
      {"a\x1b[31m", false},
      {"a\xc2\x9b", false},
      {"a\xe2\x80\xae", false},
      {"a\nb", false},
      {" a", false},
      {"\xff", false},
  };
  for (const NameCase& c : kCases) EXPECT_EQ(secrets.MayName(c.name), c.may_be_shown) << c.name;
}

}  // namespace
}  // namespace tfcpp::rest
