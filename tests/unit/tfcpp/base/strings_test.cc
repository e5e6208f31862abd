#include "tfcpp/base/strings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tfcpp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Strings, ConcatTakesAnythingThatIsText) { EXPECT_EQ(Concat("a", std::string("b"), std::string_view("c")), "abc"); }

TEST(Strings, SplitKeepsEmptyParts) {
  EXPECT_THAT(Split("a,b,,c", ','), ElementsAre("a", "b", "", "c"));
  EXPECT_THAT(Split(",", ','), ElementsAre("", ""));
  EXPECT_THAT(Split("a", ','), ElementsAre("a"));
  EXPECT_THAT(Split("", ','), IsEmpty());
}

TEST(Strings, JoinPutsSeparatorsBetween) {
  EXPECT_EQ(Join({"a", "b", "c"}, ", "), "a, b, c");
  EXPECT_EQ(Join({"a", "a"}, "-"), "a-a");
  EXPECT_EQ(Join({}, ", "), "");
}

TEST(Strings, Trim) {
  EXPECT_EQ(Trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(Trim(" \v\f "), "");
}

TEST(Strings, TrimLineEnds) {
  EXPECT_EQ(TrimLineEnds("\n a b \r\n\n"), "\n a b ");
  EXPECT_EQ(TrimLineEnds("\r\n"), "");
  EXPECT_EQ(TrimLineEnds(""), "");
}

TEST(Strings, Controls) {
  for (const char c : std::string("\0\t\r\n\x1b\x1f\x7f", 7)) {
    EXPECT_TRUE(IsControl(c)) << static_cast<int>(c);
    EXPECT_TRUE(HasControl(std::string("a") + c + "b")) << static_cast<int>(c);
  }
  EXPECT_FALSE(HasControl(" ~\xc3\xa4\xff"));
  EXPECT_EQ(OneLine(" two\r\nlines\x1b[31m \xff"), "two  lines\xef\xbf\xbd[31m \xef\xbf\xbd");
  EXPECT_EQ(Truncate(OneLine("abcdef"), 4), "abcd ... (2 more bytes)");
}

TEST(Strings, QuotedValueShowsTheBlanksAtItsEnds) {
  EXPECT_EQ(QuotedValue(" a\n"), "\" a \"");
  EXPECT_EQ(QuotedValue("  "), "\"  \"");
  EXPECT_EQ(QuotedValue(""), "\"\"");
  EXPECT_EQ(QuotedValue("a\x1b[31m"), "\"a\xef\xbf\xbd[31m\"");
  EXPECT_EQ(QuotedValue("abcdef", 4), "\"abcd ... (2 more bytes)\"");
}

TEST(Strings, CaseIsAsciiOnly) {
  EXPECT_EQ(ToLower("AZ[\xc3\x84"), "az[\xc3\x84");
  EXPECT_EQ(ToUpper("az{\xc3\xa4"), "AZ{\xc3\xa4");
  EXPECT_TRUE(EqualsIgnoreCase("Retry-After", "retry-AFTER"));
  EXPECT_FALSE(EqualsIgnoreCase("ab", "abc"));
  EXPECT_FALSE(EqualsIgnoreCase("@", "`"));  // they differ by the bit that letters differ by
}

struct Utf8Row {
  const char* name;
  std::string_view text;
  std::string_view repaired;  // the same as the text when that is valid
};
constexpr std::string_view kMark = "\xef\xbf\xbd";
const Utf8Row kUtf8[] = {
    {"ascii", "plain", "plain"},
    {"two to four bytes", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"},
    {"first and last of each length", "\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf",
     "\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"},
    {"around the surrogates", "\xed\x9f\xbf\xee\x80\x80", "\xed\x9f\xbf\xee\x80\x80"},
    {"lone tail", "\x80", kMark},
    {"overlong slash", "\xc0\xaf", kMark},
    {"overlong of three", "\xe0\x9f\xbf", kMark},
    {"overlong of four", "\xf0\x8f\xbf\xbf", kMark},
    {"surrogate", "\xed\xa0\x80", kMark},
    {"beyond the last character", "\xf4\x90\x80\x80", kMark},
    {"no lead at all", "\xff", kMark},
    {"cut at the end", "\xe2\x82", kMark},
};

TEST(Strings, Utf8) {
  for (const Utf8Row& row : kUtf8) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(IsValidUtf8(row.text), row.text == row.repaired);
    EXPECT_EQ(ToValidUtf8(row.text), row.repaired);
    EXPECT_EQ(ToValidUtf8(Concat("a", row.text, "b")), Concat("a", row.repaired, "b"));
  }
}

struct ReadableRow {
  const char* name;
  std::string text;
  const char* readable;
  const char* line;
};

TEST(Strings, ReadableTextCommandsNoTerminal) {
  const ReadableRow rows[] = {
      {"plain", "a b\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", "a b\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
       "a b\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"},
      {"lines", "\ta\nb\n", "\ta\nb\n", "a b"},
      {"other space", "a\r\nb\v\fc", "a?\nb?c", "a  b  c"},
      {"ESC", "a\x1b[31mb", "a?[31mb", "a?[31mb"},
      {"C0",
       std::string("a\x00\x01\x07\x08\x1f"
                   "b",
                   7),
       "a?b", "a?b"},
      {"DEL",
       "a\x7f"
       "b",
       "a?b", "a?b"},
      {"C1",
       "a\xc2\x80"
       "b\xc2\x9b"
       "c\xc2\x9f"
       "d\xc2\xa0"
       "e",
       "a?b?c?d\xc2\xa0"
       "e",
       "a?b?c?d\xc2\xa0"
       "e"},
      {"marks of direction",
       "a\xe2\x80\x8e"
       "b\xe2\x80\x8f"
       "c\xd8\x9c"
       "d",
       "a?b?c?d", "a?b?c?d"},
      {"line separators",
       "a\xe2\x80\xa8"
       "b\xe2\x80\xa9"
       "c",
       "a?b?c", "a?b?c"},
      {"embeddings and overrides",
       "a\xe2\x80\xaa"
       "b\xe2\x80\xab"
       "c\xe2\x80\xac"
       "d\xe2\x80\xad"
       "e\xe2\x80\xae"
       "f",
       "a?b?c?d?e?f", "a?b?c?d?e?f"},
      {"isolates",
       "a\xe2\x81\xa6"
       "b\xe2\x81\xa7"
       "c\xe2\x81\xa8"
       "d\xe2\x81\xa9"
       "e",
       "a?b?c?d?e", "a?b?c?d?e"},
      {"their neighbours", "\xe2\x80\x8d\xe2\x80\x90\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa",
       "\xe2\x80\x8d\xe2\x80\x90\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa",
       "\xe2\x80\x8d\xe2\x80\x90\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa"},
      {"no UTF-8",
       "a\xff\xfe\x1b"
       "b\xed\xa0\x80"
       "c\xc3",
       "a?b?c?", "a?b?c?"},
      {"empty", "", "", ""},
  };
  // A question mark stands for U+FFFD.
  const auto with_marks = [](std::string text) {
    for (std::size_t at = 0; (at = text.find('?', at)) != std::string::npos; at += 3)
      text.replace(at, 1, "\xef\xbf\xbd");
    return text;
  };
  for (const ReadableRow& row : rows) {
    EXPECT_EQ(Readable(row.text), with_marks(row.readable)) << row.name;
    EXPECT_EQ(OneLine(row.text), with_marks(row.line)) << row.name;
  }
}

TEST(Strings, TruncateCutsAtACharacter) {
  EXPECT_EQ(Truncate("abc", 3), "abc");
  EXPECT_EQ(Truncate("abcd", 3), "abc ... (1 more bytes)");
  EXPECT_EQ(Truncate("a\xe2\x82\xac", 3), "a ... (3 more bytes)");
  EXPECT_EQ(Truncate("abc", 0), " ... (3 more bytes)");
  EXPECT_EQ(Truncate("abc", 3, 5), "abc ... (5 more bytes)");
  EXPECT_EQ(Truncate("abc", 9, 5), "abc ... (5 more bytes)");
  EXPECT_EQ(Truncate("abcd", 3, 5), "abc ... (6 more bytes)");
}

TEST(Strings, EditDistance) {
  EXPECT_EQ(EditDistance("", ""), 0u);
  EXPECT_EQ(EditDistance("", "abc"), 3u);
  EXPECT_EQ(EditDistance("abc", ""), 3u);
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3u);
  EXPECT_EQ(EditDistance("ACTIVE", "ACTVIE"), 2u);
}

}  // namespace
}  // namespace tfcpp
