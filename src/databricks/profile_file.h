// The profile file (`~/.databrickscfg`): an INI file that the Databricks CLI and SDKs share.
//
// Facts: `[section]` and `key = value` or `key: value` lines, of which the first mark separates, as go-ini and
// configparser have it; `#` and `;` begin a comment, within a line only after white space; one pair of quotes around a
// value is no part of it; DEFAULT is an ordinary section that others do not inherit from; [__settings__] holds settings
// of the tools themselves. Thread safety: a value type.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tfcpp/base/ini_file.h"
#include "tfcpp/base/result.h"

namespace tfcpp::databricks {

class ProfileFile {
 public:
  using Section = IniFile::Section;

  // Fails (kMalformed) with the number of a line that is neither of the forms above; never shows the line.
  static Result<ProfileFile> Parse(std::string_view text);

  // Null when there is no such section.
  const Section* Find(std::string_view name) const { return file_.Find(name); }
  // The profiles that a user may name, sorted: not [__settings__], and none without keys.
  std::vector<std::string> Names() const;
  // The profile to use when none is named: default_profile of [__settings__], else DEFAULT.
  std::string DefaultName() const;

  static bool IsReserved(std::string_view name) { return name == kSettings; }

 private:
  explicit ProfileFile(IniFile file) : file_(std::move(file)) {}

  static constexpr std::string_view kSettings = "__settings__";
  IniFile file_;
};

}  // namespace tfcpp::databricks
