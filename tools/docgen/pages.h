// The pages of the documentation, in the layout of the Terraform registry: index.md, resources/<name>.md and so on, by
// names without the provider's prefix.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tfcpp/framework/provider.h"

namespace docgen {

using Pages = std::map<std::string, std::string>;  // path below docs/ -> text

// `root`: the repository, for examples/ and for the titles of docs/guides/. Throws std::runtime_error when a file
// cannot be read, or when something that the provider offers has no example.
Pages MakePages(const tfcpp::Provider& provider, const std::filesystem::path& root);

// The folders below docs/ of which MakePages gives every file.
const std::vector<std::string>& GeneratedFolders();

}  // namespace docgen
