// SPDX-License-Identifier: Apache-2.0
// IniFile: a text of [sections] with lines `key = value` or `key: value`, of which the first mark separates. `#` and
// `;` begin a comment line. What a value is differs between the programs that share such files.
//
// Thread safety: a value type.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "tfcpp/base/result.h"

namespace tfcpp {

enum class IniValues {
  kAsTheyStand,  // as Python's configparser has them: all of the line, quotes and marks too, without blanks at its ends
  kUnquoted,     // as go-ini has them: without a comment that follows white space, and without one pair of quotes
};

class IniFile {
 public:
  using Section = std::map<std::string, std::string, std::less<>>;

  // Keys before the first section belong to `first_section`. Fails (kMalformed) with the number of a line that is
  // neither of the forms above; never shows the line.
  static Result<IniFile> Parse(std::string_view text, IniValues values, std::string_view first_section);

  // Null when there is no such section.
  const Section* Find(std::string_view name) const;
  const std::map<std::string, Section, std::less<>>& sections() const { return sections_; }

 private:
  std::map<std::string, Section, std::less<>> sections_;
};

}  // namespace tfcpp
