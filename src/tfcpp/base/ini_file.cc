// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/base/ini_file.h"

#include "tfcpp/base/strings.h"

namespace tfcpp {
namespace {

bool IsComment(std::string_view text) { return !text.empty() && (text.front() == '#' || text.front() == ';'); }

// "abc # note" is abc; "%Y#X$Z" stays whole.
std::string_view WithoutComment(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsComment(text.substr(i)) && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t')) {
      return Trim(text.substr(0, i));
    }
  }
  return text;
}

std::string Unquoted(std::string_view text) {
  text = Trim(text);
  if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"')) {
    // A mark within the quotes begins no comment.
    const auto end = text.find(text.front(), 1);
    const std::string_view rest = end == text.npos ? text : Trim(text.substr(end + 1));
    if (end != text.npos && (rest.empty() || IsComment(rest))) return std::string(text.substr(1, end - 1));
  }
  return std::string(WithoutComment(text));
}

Error Malformed(std::size_t line, std::string_view what) {
  return {.code = ErrorCode::kMalformed, .message = Concat("line ", std::to_string(line), " ", what)};
}

}  // namespace

Result<IniFile> IniFile::Parse(std::string_view text, IniValues values, std::string_view first_section) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  IniFile file;
  Section* section = &file.sections_[std::string(first_section)];
  std::size_t number = 0;
  for (const std::string_view line : Split(text, '\n')) {
    ++number;
    const std::string_view content = Trim(line);
    if (content.empty() || IsComment(content)) continue;
    if (content.front() == '[') {
      const auto end = content.find(']');
      if (end == content.npos) return Malformed(number, "begins a section without closing its bracket");
      section = &file.sections_[std::string(Trim(content.substr(1, end - 1)))];
      continue;
    }
    const auto separator = content.find_first_of("=:");
    if (separator == content.npos || separator == 0) {
      return Malformed(number, "is neither a [section] nor a key = value");
    }
    (*section)[std::string(Trim(content.substr(0, separator)))] =
        values == IniValues::kUnquoted ? Unquoted(content.substr(separator + 1))
                                       : std::string(Trim(content.substr(separator + 1)));
  }
  return file;
}

const IniFile::Section* IniFile::Find(std::string_view name) const {
  const auto found = sections_.find(name);
  return found == sections_.end() ? nullptr : &found->second;
}

}  // namespace tfcpp
