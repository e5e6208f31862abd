// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/base/strings.h"

#include <algorithm>
#include <numeric>

namespace tfcpp {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// The length of the well-formed UTF-8 sequence at the start of `text` (RFC 3629: no surrogates, no overlong forms), or
// 0.
std::size_t Utf8SequenceLength(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto is_tail = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return is_tail(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const unsigned low = lead == 0xe0 ? 0xa0 : 0x80;
    const unsigned high = lead == 0xed ? 0x9f : 0xbf;
    return is_tail(1, low, high) && is_tail(2) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const unsigned low = lead == 0xf0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xf4 ? 0x8f : 0xbf;
    return is_tail(1, low, high) && is_tail(2) && is_tail(3) ? 4 : 0;
  }
  return 0;
}

constexpr std::string_view kSpace = " \t\r\n\v\f";
constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

// Of one well-formed character: whether a terminal shows it, and as a part of the text that surrounds it.
bool IsReadable(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  switch (character.size()) {
    case 1:
      return !IsControl(character[0]) || character[0] == '\n' || character[0] == '\t';
    case 2:
      // C1, of which U+009B begins a command as ESC [ does; U+061C, a mark of direction.
      return !(byte(0) == 0xc2 && byte(1) <= 0x9f) && character != "\xd8\x9c";
    case 3:
      // U+200E and U+200F, marks of direction; U+2028 to U+202E, line ends and overrides of direction.
      if (byte(0) == 0xe2 && byte(1) == 0x80)
        return !(byte(2) >= 0x8e && byte(2) <= 0x8f) && !(byte(2) >= 0xa8 && byte(2) <= 0xae);
      // U+2066 to U+2069, isolates of direction.
      return !(byte(0) == 0xe2 && byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9);
    default:
      return true;
  }
}

// One mark for each run of what is no UTF-8 or is not wanted.
template <class IsWanted>
std::string ReplaceUnless(const IsWanted& is_wanted, std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  bool replaced = false;
  while (!text.empty()) {
    const std::size_t length = Utf8SequenceLength(text);
    const bool keep = length > 0 && is_wanted(text.substr(0, length));
    if (keep) {
      clean += text.substr(0, length);
    } else if (!replaced) {
      clean += kReplacement;
    }
    replaced = !keep;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return clean;
}

std::string WithSpacesAlone(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return kSpace.find(c) != kSpace.npos; }, ' ');
  return Readable(line);
}

}  // namespace

std::string Concat(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (std::string_view part : parts) size += part.size();
  std::string text;
  text.reserve(size);
  for (std::string_view part : parts) text += part;
  return text;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  if (text.empty()) return parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) text += separator;
    text += part;
  }
  return text;
}

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::string_view TrimLineEnds(std::string_view text) { return text.substr(0, text.find_last_not_of("\r\n") + 1); }

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

bool HasControl(std::string_view text) { return std::any_of(text.begin(), text.end(), IsControl); }

std::string ToLower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

std::string ToUpper(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), Upper);
  return upper;
}

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return Lower(x) == Lower(y); });
}

bool IsValidUtf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = Utf8SequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string ToValidUtf8(std::string_view text) {
  if (IsValidUtf8(text)) return std::string(text);
  return ReplaceUnless([](std::string_view) { return true; }, text);
}

std::string Readable(std::string_view text) { return ReplaceUnless(IsReadable, text); }

std::string OneLine(std::string_view text) { return WithSpacesAlone(Trim(text)); }

std::string QuotedValue(std::string_view text, std::size_t limit) {
  return Concat("\"", Truncate(WithSpacesAlone(text), limit), "\"");
}

std::string Truncate(std::string_view text, std::size_t limit, std::size_t more) {
  if (text.size() <= limit && more == 0) return std::string(text);
  std::size_t end = std::min(text.size(), limit);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return Concat(text.substr(0, end), " ... (", std::to_string(text.size() - end + more), " more bytes)");
}

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace tfcpp
