// SPDX-License-Identifier: Apache-2.0
// SecretFinder: takes secrets out of a text by their value, in whatever form they are written there.
//
// Forms, for secrets of at least 8 bytes: as they are; with JSON's escapes, percent-encoded, HTML-escaped, and two of
// these on top of each other; in Base64, at any offset and in both alphabets, and in hex, on top of any of those; and
// cut: the first or the last 8 bytes or more, where a word ends or begins. Secrets of 4 to 7 bytes are found as they
// are and whole; shorter ones are not, because they would blank out ordinary text.
//
// Of addresses, whose path and query often are the secret, no more than scheme and host may be shown: what is written
// like one (scheme://...), in any of those forms, loses what follows the host, and the user before it. The end of a
// known address is found without its beginning, too, but never cut.
//
// Time grows with the text alone. Thread safety: immutable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rest/text_view.h"
#include "rest/word_matcher.h"

namespace tfcpp::rest {

class SecretFinder {
 public:
  // `ends`: of addresses (address_end.h).
  explicit SecretFinder(const std::vector<std::string>& secrets, const std::vector<std::string>& ends = {});

  // `text` with every secret replaced by **REDACTED**.
  std::string Without(std::string_view text) const;
  // The same, and addresses end with their host.
  std::string WithHostsAlone(std::string_view text) const;
  // Whether `text` has one of at least 8 bytes.
  bool IsIn(std::string_view text) const;

 private:
  struct Wanted {
    std::uint32_t shortest;
    bool ends_of_addresses = false;
  };
  std::vector<Span> Find(std::string_view text, Wanted wanted) const;
  // Appends where in the original they are.
  void FindInForms(const TextView& view, bool ends_of_addresses, int layers, std::vector<Span>& found) const;
  void FindIn(const TextView& view, Wanted wanted, std::vector<Span>& found) const;
  void FindEndsOfAddresses(const TextView& view, std::vector<Span>& found) const;

  WordMatcher forwards_;
  WordMatcher backwards_;  // the same words from their ends: for those whose beginning is cut off
  WordMatcher ends_;
};

}  // namespace tfcpp::rest
