// SPDX-License-Identifier: Apache-2.0
#include "rest/text_view.h"

#include <array>
#include <charconv>
#include <utility>

namespace tfcpp::rest {
namespace {

// Appends what the escape at the beginning of `rest` stands for, and gives its length; 0: there is none.
using ReadEscape = std::size_t (*)(std::string_view rest, std::string& out);

TextView Decode(const TextView& view, ReadEscape read) {
  TextView decoded;
  for (std::size_t at = 0; at < view.text.size();) {
    std::size_t used = read(std::string_view(view.text).substr(at), decoded.text);
    if (used == 0) {
      decoded.text += view.text[at];
      used = 1;
    }
    decoded.from.resize(decoded.text.size(), Span{view.from[at].begin, view.from[at + used - 1].end});
    at += used;
  }
  return decoded;
}

// All of `digits` as a number, at most `most`; -1: it is none.
int NumberIn(std::string_view digits, int base, int most) {
  int number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  const bool is_whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  return is_whole && number >= 0 && number <= most ? number : -1;
}

void AppendUtf8(int code, std::string& out) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xe0 | (code >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xf0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

// Of \uXXXX; -1: there is none.
int CodeUnit(std::string_view rest) {
  return rest.size() >= 6 && rest[0] == '\\' && rest[1] == 'u' ? NumberIn(rest.substr(2, 4), 16, 0xffff) : -1;
}

std::size_t ReadJsonEscape(std::string_view rest, std::string& out) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
  if (rest.size() < 2 || rest[0] != '\\') return 0;
  if (const std::size_t letter = kLetters.find(rest[1]); letter != kLetters.npos) {
    out += kMeant[letter];
    return 2;
  }
  const int unit = CodeUnit(rest);
  if (unit < 0) return 0;
  const int low = unit >= 0xd800 && unit < 0xdc00 ? CodeUnit(rest.substr(6)) : -1;
  if (low < 0xdc00 || low >= 0xe000) return AppendUtf8(unit, out), 6;
  AppendUtf8(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), out);
  return 12;
}

std::size_t ReadPercent(std::string_view rest, std::string& out) {
  if (rest.size() < 3 || rest[0] != '%') return 0;
  const int byte = NumberIn(rest.substr(1, 2), 16, 0xff);
  if (byte < 0) return 0;
  out += static_cast<char>(byte);
  return 3;
}

std::size_t ReadEntity(std::string_view rest, std::string& out) {
  constexpr std::size_t kLongest = 12;
  constexpr std::array<std::pair<std::string_view, char>, 5> kNames = {
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  if (rest.empty() || rest[0] != '&') return 0;
  const std::size_t end = rest.substr(0, kLongest).find(';');
  if (end == rest.npos) return 0;
  const std::string_view name = rest.substr(1, end - 1);
  for (const auto& [known, character] : kNames) {
    if (name == known) return out += character, end + 1;
  }
  if (name.size() < 2 || name[0] != '#') return 0;
  const bool is_hex = name[1] == 'x' || name[1] == 'X';
  const int code = NumberIn(name.substr(is_hex ? 2 : 1), is_hex ? 16 : 10, 0x10ffff);
  if (code < 0) return 0;
  AppendUtf8(code, out);
  return end + 1;
}

int HexDigit(char c) { return NumberIn({&c, 1}, 16, 15); }

int Base64Digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

// `bits`: of one digit; a byte always stands in two of them.
template <class DigitOf>
TextView OfRuns(const TextView& view, int skipped, int bits, std::string_view ignored, DigitOf digit_of) {
  TextView bytes;
  int left = skipped;  // digits of this run that are yet to be skipped
  int count = 0;       // bits in `value` that belong to no byte yet
  unsigned value = 0;
  std::uint32_t before = 0;  // where the last digit begins
  for (std::size_t at = 0; at < view.text.size(); ++at) {
    const Span here = view.from[at];
    const int digit = digit_of(view.text[at]);
    if (digit >= 0 && left > 0) {
      --left;
    } else if (digit >= 0) {
      value = (value << bits | static_cast<unsigned>(digit)) & 0xffff;
      count += bits;
      if (count >= 8) {
        count -= 8;
        bytes.text += static_cast<char>((value >> count) & 0xff);
        bytes.from.push_back({before, here.end});
      }
      before = here.begin;
    } else if (ignored.find(view.text[at]) == ignored.npos) {
      left = skipped;
      count = 0;
      if (bytes.text.empty() || bytes.text.back() == '\0') continue;
      bytes.text += '\0';
      bytes.from.push_back({here.begin, here.begin});
    }
  }
  return bytes;
}

}  // namespace

TextView Unchanged(std::string_view text) {
  TextView view{std::string(text), {}};
  for (std::uint32_t at = 0; at < text.size(); ++at) view.from.push_back({at, at + 1});
  return view;
}

TextView WithoutJsonEscapes(const TextView& view) { return Decode(view, ReadJsonEscape); }
TextView WithoutPercents(const TextView& view) { return Decode(view, ReadPercent); }
TextView WithoutEntities(const TextView& view) { return Decode(view, ReadEntity); }

TextView OfHex(const TextView& view, int skipped) { return OfRuns(view, skipped, 4, "", HexDigit); }
TextView OfBase64(const TextView& view, int skipped) { return OfRuns(view, skipped, 6, "\r\n", Base64Digit); }

}  // namespace tfcpp::rest
