// SPDX-License-Identifier: Apache-2.0
// The example parts of a page, from the files of one folder.
#pragma once

#include <filesystem>
#include <string>

namespace tfcpp::docs {

// A section "Example Usage" with every *.tf and *.tfquery.hcl of the folder, in the order of their names, except those
// whose names begin with "import". Empty when there are none, or no such folder.
std::string ExampleUsage(const std::filesystem::path& folder);

// A section "Import" with import*.sh and import*.tf of the folder. Empty when there are none.
std::string ImportUsage(const std::filesystem::path& folder);

// The whole file. Throws std::runtime_error when it cannot be read.
std::string TextOf(const std::filesystem::path& path);

}  // namespace tfcpp::docs
