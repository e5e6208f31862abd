// SPDX-License-Identifier: Apache-2.0
// The folder in which the pages of a provider's documentation are kept.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tfcpp/docs/pages.h"

namespace tfcpp::docs {

// Writes the pages. What else stands in the folders of pages (GeneratedFolders) is removed: nothing is written by hand
// there. Throws std::runtime_error when a page cannot be written.
void WritePages(const std::filesystem::path& folder, const Pages& pages);

// Where the folder is not as WritePages would leave it: of each page the first line that differs, and each file that
// would be removed. Empty: it is up to date. Throws std::runtime_error when a page cannot be read.
std::vector<std::string> Differences(const std::filesystem::path& folder, const Pages& pages);

}  // namespace tfcpp::docs
