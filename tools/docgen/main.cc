// Writes the reference pages below docs/ from what the provider is made of, or compares them with what is there.
//
//   docgen ROOT           write
//   docgen ROOT --check   compare: exit 1, and the first difference of each page, when a page is not up to date
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include "examples.h"
#include "pages.h"
#include "provider/provider.h"
#include "tfcpp/base/clock.h"
#include "tfcpp/base/strings.h"

namespace {

using std::filesystem::path;

// Schemas need no outside world: nothing of this is called.
tfcpp::Provider Describe(tfcpp::Clock& clock) {
  return mlflow::MakeProvider({.clock = clock,
                               .environment = [](std::string_view) { return std::nullopt; },
                               .jitter = [] { return 0.0; },
                               .make_transport = [](const auto&) { return nullptr; }});
}

// The pages that are there but that nothing is generated for, any more.
std::vector<path> Leftovers(const path& docs, const docgen::Pages& pages) {
  std::vector<path> found;
  for (const std::string& folder : docgen::GeneratedFolders()) {
    if (!std::filesystem::is_directory(docs / folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(docs / folder)) {
      const path file = std::filesystem::relative(entry.path(), docs);
      if (pages.count(file.generic_string()) == 0) found.push_back(entry.path());
    }
  }
  return found;
}

void Write(const path& docs, const docgen::Pages& pages) {
  for (const path& leftover : Leftovers(docs, pages)) std::filesystem::remove(leftover);
  for (const auto& [name, text] : pages) {
    std::filesystem::create_directories((docs / name).parent_path());
    std::ofstream file(docs / name, std::ios::binary);
    file << text;
    if (!file.flush()) throw std::runtime_error(tfcpp::Concat("cannot write ", (docs / name).string()));
  }
}

void ShowFirstDifference(const std::string& name, const std::string& there, const std::string& wanted) {
  const auto old_lines = tfcpp::Split(there, '\n');
  const auto new_lines = tfcpp::Split(wanted, '\n');
  std::size_t at = 0;
  while (at < old_lines.size() && at < new_lines.size() && old_lines[at] == new_lines[at]) ++at;
  std::cout << name << ":" << at + 1 << "\n  is     " << (at < old_lines.size() ? old_lines[at] : "(the end)")
            << "\n  should " << (at < new_lines.size() ? new_lines[at] : "(the end)") << "\n";
}

int Check(const path& docs, const docgen::Pages& pages) {
  int stale = 0;
  for (const auto& [name, text] : pages) {
    const std::string there = std::filesystem::exists(docs / name) ? docgen::TextOf(docs / name) : std::string();
    if (there == text) continue;
    ShowFirstDifference(tfcpp::Concat("docs/", name), there, text);
    ++stale;
  }
  for (const path& leftover : Leftovers(docs, pages)) {
    std::cout << leftover.string() << "\n  should not be there\n";
    ++stale;
  }
  if (stale == 0) {
    std::cout << pages.size() << " pages are up to date\n";
    return 0;
  }
  std::cout << "\nTo update them, then look at the difference: cmake --build build/dev --target docs\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) try {
  const bool check = argc == 3 && std::string_view(argv[2]) == "--check";
  if (argc != 2 && !check) {
    std::cerr << "usage: docgen ROOT [--check]\n";
    return 2;
  }
  const path root = argv[1];
  tfcpp::SystemClock clock;
  const docgen::Pages pages = docgen::MakePages(Describe(clock), root);
  if (check) return Check(root / "docs", pages);
  Write(root / "docs", pages);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "docgen: " << error.what() << "\n";
  return 1;
}
