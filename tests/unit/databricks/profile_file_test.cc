#include "databricks/profile_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tfcpp::databricks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ProfileFileTest, ReadsValues) {
  struct Case {
    const char* line;
    const char* value;
  };
  const Case kCases[] = {
      {"k = v", "v"},
      {"k=v", "v"},
      {"  k   =   v  w  \r", "v  w"},
      {"k = %Y#X$Z", "%Y#X$Z"},
      {"k = v # note", "v"},
      {"k = v ; note", "v"},
      {"k = # note", ""},
      {"k = 'v # w' # note", "v # w"},
      {"k = \"v\"", "v"},
      {"k = \"v", "\"v"},
      {"k = a=b==", "a=b=="},
      {"k: v", "v"},
      {"k:v", "v"},
      {"k : v # note", "v"},
      {"k = https://x.com:8443", "https://x.com:8443"},
      {"k: https://x.com?a=b", "https://x.com?a=b"},
      {"k:=v", "=v"},
      {"k=:v", ":v"},
      {"k =", ""},
  };
  for (const Case& c : kCases) {
    const auto file = ProfileFile::Parse(std::string("[a.b-c]\n") + c.line);
    ASSERT_TRUE(file.has_value()) << c.line;
    EXPECT_EQ(file->Find("a.b-c")->at("k"), c.value) << c.line;
  }
}

TEST(ProfileFileTest, KnowsItsProfiles) {
  const auto file = ProfileFile::Parse(
      "\xef\xbb\xbf# note\n; note\n\n[DEFAULT]\nhost = d\n[empty]\n[two]\nhost = t\n"
      "[__settings__]\ndefault_profile =  two \n[one]\nhost = o\n");
  EXPECT_THAT(file->Names(), ElementsAre("DEFAULT", "one", "two"));
  EXPECT_EQ(file->DefaultName(), "two");
  EXPECT_EQ(file->Find("three"), nullptr);
  EXPECT_TRUE(file->Find("empty")->empty());
  EXPECT_EQ(ProfileFile::Parse("[__settings__]\ndefault_profile = \n")->DefaultName(), "DEFAULT");
  EXPECT_EQ(ProfileFile::Parse("")->DefaultName(), "DEFAULT");
}

TEST(ProfileFileTest, NamesTheLineThatIsWrong) {
  for (const char* text : {"[a]\ncanary", "[a]\n= canary", "[a]\n: canary", "[a]\n[canary"}) {
    const auto file = ProfileFile::Parse(text);
    ASSERT_FALSE(file.has_value()) << text;
    EXPECT_THAT(file.error().message, HasSubstr("line 2 "));
    EXPECT_THAT(file.error().message, Not(HasSubstr("canary")));
  }
}

}  // namespace
}  // namespace tfcpp::databricks
