// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/docs/folder.h"

#include <fstream>
#include <stdexcept>

#include "tfcpp/base/strings.h"
#include "tfcpp/docs/examples.h"

namespace tfcpp::docs {
namespace {

using std::filesystem::path;

// The pages that are there but that nothing is generated for, any more.
std::vector<path> Leftovers(const path& folder, const Pages& pages) {
  std::vector<path> found;
  for (const std::string& name : GeneratedFolders()) {
    if (!std::filesystem::is_directory(folder / name)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder / name)) {
      const path file = path(name) / entry.path().filename();
      if (pages.count(file.generic_string()) == 0) found.push_back(entry.path());
    }
  }
  return found;
}

std::string FirstDifference(const path& file, const std::string& there, const std::string& wanted) {
  const auto old_lines = Split(there, '\n');
  const auto new_lines = Split(wanted, '\n');
  std::size_t at = 0;
  while (at < old_lines.size() && at < new_lines.size() && old_lines[at] == new_lines[at]) ++at;
  return Concat(file.string(), ":", std::to_string(at + 1), "\n  is     ",
                at < old_lines.size() ? old_lines[at] : "(the end)", "\n  should ",
                at < new_lines.size() ? new_lines[at] : "(the end)");
}

}  // namespace

void WritePages(const path& folder, const Pages& pages) {
  for (const path& leftover : Leftovers(folder, pages)) std::filesystem::remove_all(leftover);
  for (const auto& [name, text] : pages) {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream file(folder / name, std::ios::binary);
    file << text;
    if (!file.flush()) throw std::runtime_error(Concat("cannot write ", (folder / name).string()));
  }
}

std::vector<std::string> Differences(const path& folder, const Pages& pages) {
  std::vector<std::string> found;
  for (const auto& [name, text] : pages) {
    const path file = folder / name;
    const std::string there = std::filesystem::exists(file) ? TextOf(file) : std::string();
    if (there != text) found.push_back(FirstDifference(file, there, text));
  }
  for (const path& leftover : Leftovers(folder, pages)) {
    found.push_back(Concat(leftover.string(), "\n  should not be there"));
  }
  return found;
}

}  // namespace tfcpp::docs
