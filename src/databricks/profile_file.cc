#include "databricks/profile_file.h"

#include "base/strings.h"

namespace tfcpp::databricks {
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

std::string ReadValue(std::string_view text) {
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

Result<ProfileFile> ProfileFile::Parse(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  ProfileFile file;
  Section* section = &file.sections_["DEFAULT"];  // keys before the first section belong to it
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
    (*section)[std::string(Trim(content.substr(0, separator)))] = ReadValue(content.substr(separator + 1));
  }
  return file;
}

const ProfileFile::Section* ProfileFile::Find(std::string_view name) const {
  const auto found = sections_.find(name);
  return found == sections_.end() ? nullptr : &found->second;
}

std::vector<std::string> ProfileFile::Names() const {
  std::vector<std::string> names;
  for (const auto& [name, section] : sections_) {
    if (!IsReserved(name) && !section.empty()) names.push_back(name);
  }
  return names;
}

std::string ProfileFile::DefaultName() const {
  if (const Section* settings = Find(kSettings)) {
    if (const auto name = settings->find("default_profile"); name != settings->end() && !Trim(name->second).empty()) {
      return std::string(Trim(name->second));
    }
  }
  return "DEFAULT";
}

}  // namespace tfcpp::databricks
