// SPDX-License-Identifier: Apache-2.0
// The pages of a provider's documentation, in the layout of the Terraform registry: index.md, resources/<name>.md and
// so on, by names without the provider's prefix.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tfcpp/framework/provider.h"

namespace tfcpp::docs {

using Pages = std::map<std::string, std::string>;  // path below the folder of the documentation -> text

// What is written by hand and goes into the pages.
struct Sources {
  // provider/ and <folder of the kind>/<name>/, with what examples.h reads there. Empty: pages have no examples.
  std::filesystem::path examples;
  // Guides, of which the index has the titles. Need not be there.
  std::filesystem::path guides;
};

// Throws std::runtime_error when a file cannot be read, or when there are examples and something that the provider
// offers has none: with a line for each.
Pages MakePages(const Provider& provider, const Sources& sources);

// The folders of which MakePages gives every file.
const std::vector<std::string>& GeneratedFolders();

}  // namespace tfcpp::docs
