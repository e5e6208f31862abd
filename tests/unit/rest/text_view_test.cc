#include "rest/text_view.h"

#include <gtest/gtest.h>

namespace tfcpp::rest {
namespace {

using namespace std::string_literals;

// The view's text with, for each byte, what it stands for: "A<\u0041>".
std::string Shown(const std::string& original, const TextView& view) {
  std::string shown;
  EXPECT_EQ(view.text.size(), view.from.size()) << original;
  for (std::size_t i = 0; i < view.text.size(); ++i) {
    const std::string source = original.substr(view.from[i].begin, view.from[i].end - view.from[i].begin);
    if (view.text[i] == '\0') {
      shown += '|';
    } else if (source.size() == 1 && source[0] == view.text[i]) {
      shown += source;
    } else {
      shown += view.text[i] + "<"s + source + ">";
    }
  }
  return shown;
}

struct Row {
  const char* text;
  const char* shown;
};

TEST(TextViewTest, JsonEscapes) {
  const Row rows[] = {
      {"", ""},
      {"plain", "plain"},
      {R"(a\"b\\c\/)", R"(a"<\">b\<\\>c/<\/>)"},
      {R"(\n\t)", "\n<\\n>\t<\\t>"},
      {R"(\u0041\u00e4)", "A<\\u0041>\xc3<\\u00e4>\xa4<\\u00e4>"},
      {R"(\u00E4)", "\xc3<\\u00E4>\xa4<\\u00E4>"},
      {R"(\ud83d\ude00)", "\xf0<\\ud83d\\ude00>\x9f<\\ud83d\\ude00>\x98<\\ud83d\\ude00>\x80<\\ud83d\\ude00>"},
      // No escapes.
      {R"(\x \u12 \u12g4 \)", R"(\x \u12 \u12g4 \)"},
      {"\\ud83dx", "\xed<\\ud83d>\xa0<\\ud83d>\xbd<\\ud83d>x"},
  };
  for (const Row& row : rows) EXPECT_EQ(Shown(row.text, WithoutJsonEscapes(Unchanged(row.text))), row.shown);
}

TEST(TextViewTest, Percents) {
  const Row rows[] = {{"a%2Fb%2f%41", "a/<%2F>b/<%2f>A<%41>"}, {"%, %4, %zz, %-1, 100%", "%, %4, %zz, %-1, 100%"}};
  for (const Row& row : rows) EXPECT_EQ(Shown(row.text, WithoutPercents(Unchanged(row.text))), row.shown);
}

TEST(TextViewTest, Entities) {
  const Row rows[] = {
      {"&lt;&gt;&amp;&quot;&apos;", "<<&lt;>><&gt;>&<&amp;>\"<&quot;>'<&apos;>"},
      {"&#39;&#x27;&#X2f;&#000038;", "'<&#39;>'<&#x27;>/<&#X2f;>&<&#000038;>"},
      {"a & b; &; &#; &#x; &nbsp; &#99999999; &amp", "a & b; &; &#; &#x; &nbsp; &#99999999; &amp"},
  };
  for (const Row& row : rows) EXPECT_EQ(Shown(row.text, WithoutEntities(Unchanged(row.text))), row.shown);
}

TEST(TextViewTest, Hex) {
  const Row rows[] = {{"41426c", "A<41>B<42>l<6c>"}, {"x41 4C!", "A<41>|L<4C>|"}, {"no", ""}};
  for (const Row& row : rows) EXPECT_EQ(Shown(row.text, OfHex(Unchanged(row.text), 0)), row.shown);
  EXPECT_EQ(Shown("941", OfHex(Unchanged("941"), 1)), "A<41>");
}

TEST(TextViewTest, Base64) {
  const Row rows[] = {
      {"YWJj", "a<YW>b<WJ>c<Jj>"},
      {"YWI=", "a<YW>b<WI>|"},
      {"YW\r\nJj", "a<YW>b<W\r\nJ>c<Jj>"},
      {"YWJj YWJj", "a<YW>b<WJ>c<Jj>|a<YW>b<WJ>c<Jj>"},
  };
  for (const Row& row : rows) EXPECT_EQ(Shown(row.text, OfBase64(Unchanged(row.text), 0)), row.shown);
  EXPECT_EQ(OfBase64(Unchanged("-_-_"), 0).text, OfBase64(Unchanged("+/+/"), 0).text);
  EXPECT_EQ(Shown("xyzYWJj", OfBase64(Unchanged("xyzYWJj"), 3)), "a<YW>b<WJ>c<Jj>");
}

TEST(TextViewTest, AViewOfAViewKnowsThePlaceInTheOriginal) {
  const std::string text = R"(\u0026amp;\u0025\u0034\u0031)";
  const TextView json = WithoutJsonEscapes(Unchanged(text));
  EXPECT_EQ(json.text, "&amp;%41");
  EXPECT_EQ(Shown(text, WithoutEntities(json)).substr(0, 13), R"(&<\u0026amp;>)");
  EXPECT_EQ(Shown(text, WithoutPercents(json)).substr(13), R"(A<\u0025\u0034\u0031>)");
}

}  // namespace
}  // namespace tfcpp::rest
