// The profile file: an error shows nothing of it, and what it names is there.
#include "databricks/profile_file.h"

#include "fuzz.h"

namespace fuzz {

void Run(std::string_view input) {
  const auto file = tfcpp::databricks::ProfileFile::Parse(Plant(input));
  if (!file.has_value()) {
    Require(file.error().code == tfcpp::ErrorCode::kMalformed, "an error is kMalformed");
    return RequireReadable(file.error().message, "the error");
  }
  std::string before;
  for (const std::string& name : file->Names()) {
    const auto* section = file->Find(name);
    Require(section != nullptr && !section->empty(), "a profile that is named has keys");
    Require(!tfcpp::databricks::ProfileFile::IsReserved(name), "a profile that is named is a user's");
    Require(before <= name, "names are sorted");
    before = name;
    for (const auto& [key, value] : *section) {
      Require((key + value).find('\n') == std::string::npos, "no line of a profile runs on");
    }
  }
  Require(!file->DefaultName().empty(), "there is always a default name");
}

}  // namespace fuzz
