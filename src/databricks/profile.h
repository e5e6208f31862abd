// The profile that applies: which file, which of its sections, and what that nearly says. Reads the file; no state, so
// thread-safe.
#pragma once

#include <optional>
#include <string>

#include "databricks/config.h"
#include "databricks/profile_file.h"
#include "tfcpp/base/result.h"
#include "tfcpp/base/settings.h"

namespace tfcpp::databricks {

struct Profile {
  std::string name;
  std::string source;  // "profile work of /home/me/.databrickscfg"
  ProfileFile::Section values;
};

// `config` holds what block and environment say; warnings and near misses are added to it. Nullopt: none applies. Fails
// for a profile or a file that is named and cannot be had, and for a malformed file. A default file that is there but
// cannot be read counts as absent, with a warning.
Result<std::optional<Profile>> FindProfile(Config& config, const Environment& environment);

}  // namespace tfcpp::databricks
