#include "rest/word_matcher.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tfcpp::rest {
namespace {

// What the matcher says, worked out the slow way.
struct Expected {
  std::uint32_t begun = 0;
  std::uint32_t whole = 0;
};

Expected EndOf(const std::string& text, const std::vector<std::string>& words) {
  Expected expected;
  for (const std::string& word : words) {
    for (std::size_t length = 1; length <= std::min(word.size(), text.size()); ++length) {
      if (text.compare(text.size() - length, length, word, 0, length) != 0) continue;
      expected.begun = std::max(expected.begun, static_cast<std::uint32_t>(length));
      if (length == word.size()) expected.whole = std::max(expected.whole, static_cast<std::uint32_t>(length));
    }
  }
  return expected;
}

// Every text of `length` letters a, b and c.
std::string TextOf(unsigned number, std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i, number /= 3) text += static_cast<char>('a' + number % 3);
  return text;
}

TEST(WordMatcherTest, FindsWhatComparingFinds) {
  const std::vector<std::vector<std::string>> kWords = {
      {},
      {"a"},
      {"ab", "b"},
      {"aaaa", "aa"},
      {"abcab", "bca", "cabc", "c"},
      {"aab", "aabaa", "baab", "abab"},
      {"abc", "abc", "abcc"},
  };
  constexpr std::size_t kLength = 8;
  constexpr unsigned kTexts = 3 * 3 * 3 * 3 * 3 * 3 * 3 * 3;
  for (const auto& words : kWords) {
    const WordMatcher matcher(words);
    for (unsigned number = 0; number < kTexts; ++number) {
      const std::string text = TextOf(number, kLength);
      WordMatcher::State state = 0;
      for (std::size_t end = 1; end <= text.size(); ++end) {
        state = matcher.Next(state, text[end - 1]);
        const Expected expected = EndOf(text.substr(0, end), words);
        ASSERT_EQ(matcher.begun(state), expected.begun) << text.substr(0, end);
        ASSERT_EQ(matcher.whole(state), expected.whole) << text.substr(0, end);
      }
    }
  }
}

TEST(WordMatcherTest, TakesAnyByte) {
  std::string word;
  for (int c = 0; c < 256; ++c) word += static_cast<char>(c);
  const WordMatcher matcher({word});
  WordMatcher::State state = 0;
  for (char c : word) state = matcher.Next(state, c);
  EXPECT_EQ(matcher.whole(state), 256u);
}

}  // namespace
}  // namespace tfcpp::rest
