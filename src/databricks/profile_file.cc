#include "databricks/profile_file.h"

#include <utility>

#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {
Result<ProfileFile> ProfileFile::Parse(std::string_view text) {
  // Keys before the first section belong to DEFAULT.
  TFCPP_ASSIGN_OR_RETURN(IniFile file, IniFile::Parse(text, IniValues::kUnquoted, "DEFAULT"));
  return ProfileFile(std::move(file));
}

std::vector<std::string> ProfileFile::Names() const {
  std::vector<std::string> names;
  for (const auto& [name, section] : file_.sections()) {
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
