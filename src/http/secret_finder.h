// SecretFinder: takes secrets out of a text by their value, in whatever form they are written there.
//
// Forms, for secrets of at least 8 bytes: as they are; with JSON's escapes, percent-encoded, HTML-escaped, and two of
// these on top of each other; in Base64, at any offset and in both alphabets, and in hex, on top of any of those; and
// cut: the first or the last 8 bytes or more, where a word ends or begins. Secrets of 4 to 7 bytes are found as they
// are and whole; shorter ones are not, because they would blank out ordinary text.
//
// Time grows with the text alone. Thread safety: immutable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "http/text_view.h"
#include "http/word_matcher.h"

namespace tfcpp::http {

class SecretFinder {
 public:
  explicit SecretFinder(const std::vector<std::string>& secrets);

  // `text` with every secret replaced by **REDACTED**.
  std::string Without(std::string_view text) const;
  // Whether `text` has one of at least 8 bytes.
  bool IsIn(std::string_view text) const;

 private:
  std::vector<Span> Find(std::string_view text, std::uint32_t shortest) const;
  // Appends where in the original they are.
  void FindInForms(const TextView& view, int layers, std::vector<Span>& found) const;
  void FindIn(const TextView& view, std::uint32_t shortest, std::vector<Span>& found) const;

  WordMatcher forwards_;
  WordMatcher backwards_;  // the same words from their ends: for those whose beginning is cut off
};

}  // namespace tfcpp::http
