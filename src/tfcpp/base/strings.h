// SPDX-License-Identifier: Apache-2.0
// Small text helpers over std::string_view. (Debian's absl is built with its own string_view type, so absl stays inside
// the gRPC adapters.) Pure; thread-safe.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace tfcpp {

std::string Concat(std::initializer_list<std::string_view> parts);

// Concat("plan ", name, ": ", text): every argument converts to std::string_view.
template <class... Parts>
std::string Concat(const Parts&... parts) {
  return Concat({std::string_view(parts)...});
}

// "a,b,,c" split at ',' gives a, b, "", c; empty text gives no element.
std::vector<std::string_view> Split(std::string_view text, char separator);
// Join({"a", "b", "c"}, ", ") is "a, b, c".
std::string Join(const std::vector<std::string>& parts, std::string_view separator);
// Without ASCII white space at both ends.
std::string_view Trim(std::string_view text);
// Without line ends at its end, as a file that was read whole has them.
std::string_view TrimLineEnds(std::string_view text);
bool IsControl(char c);  // of ASCII: NUL, line ends and tab among them
bool HasControl(std::string_view text);
std::string ToLower(std::string_view text);                     // ASCII only
std::string ToUpper(std::string_view text);                     // ASCII only
bool EqualsIgnoreCase(std::string_view a, std::string_view b);  // ASCII only
bool IsValidUtf8(std::string_view text);
// Every invalid UTF-8 sequence replaced by U+FFFD: protobuf refuses a message whose string fields are not UTF-8.
std::string ToValidUtf8(std::string_view text);
// As a terminal may show it: every control character but line feed and tab, every character that changes the direction
// of writing, and every invalid sequence replaced by U+FFFD, one for each run. A service could otherwise colour, hide
// or overwrite what stands on a user's screen.
std::string Readable(std::string_view text);
// Somebody else's text in a line of ours: readable, trimmed, and with spaces for line ends and tabs.
std::string OneLine(std::string_view text);
// A value that somebody wrote, in quotation marks in a line of ours: readable, on one line, its first `limit` bytes.
// Blanks at its ends stay, for they may be what is wrong with it.
std::string QuotedValue(std::string_view text, std::size_t limit = 100);
// At most `limit` bytes, cut at a character boundary, with " ... (N more bytes)" where something was cut. `more` bytes
// have been cut off before.
std::string Truncate(std::string_view text, std::size_t limit, std::size_t more = 0);
// Levenshtein distance in bytes, for "did you mean".
std::size_t EditDistance(std::string_view a, std::string_view b);

}  // namespace tfcpp
