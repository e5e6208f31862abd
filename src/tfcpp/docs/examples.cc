// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/docs/examples.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "tfcpp/base/file.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::docs {
namespace {

using std::filesystem::path;

constexpr std::size_t kMaxFile = 16u << 20;

bool IsImport(const std::string& name) { return name.starts_with("import"); }

// The code blocks of the files that `wanted` names.
template <class Wanted>
std::string CodeBlocks(const path& folder, const Wanted& wanted) {
  if (!std::filesystem::is_directory(folder)) return {};
  std::vector<path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file() && wanted(entry.path().filename().string())) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::string text;
  for (const path& file : files) {
    text += Concat("\n```", file.string().ends_with(".sh") ? "shell" : "terraform", "\n", TextOf(file), "```\n");
  }
  return text;
}

bool IsTerraform(const std::string& name) { return name.ends_with(".tf") || name.ends_with(".tfquery.hcl"); }

std::string Section(const std::string& title, const std::string& blocks) {
  return blocks.empty() ? std::string() : Concat("\n## ", title, "\n", blocks);
}

}  // namespace

std::string TextOf(const path& path) {
  auto text = ReadFile(path, kMaxFile);
  if (!text.has_value()) throw std::runtime_error(Concat(path.string(), " ", text.error().message));
  return *std::move(text);
}

std::string ExampleUsage(const path& folder) {
  return Section("Example Usage",
                 CodeBlocks(folder, [](const std::string& name) { return IsTerraform(name) && !IsImport(name); }));
}

std::string ImportUsage(const path& folder) {
  return Section("Import", CodeBlocks(folder, [](const std::string& name) {
                   return IsImport(name) && (IsTerraform(name) || name.ends_with(".sh"));
                 }));
}

}  // namespace tfcpp::docs
