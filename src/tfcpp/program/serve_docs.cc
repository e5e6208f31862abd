// SPDX-License-Identifier: Apache-2.0
// The other Serve: of the program that tfcpp_docs (tfcpp/cmake/AddProvider.cmake) links of a provider's own objects. It
// writes the provider's documentation, which needs all that the protocol does not tell: validators, defaults, what
// replaces.
#include <exception>
#include <iostream>
#include <string>
#include <string_view>

#include "tfcpp/base/strings.h"
#include "tfcpp/docs/folder.h"
#include "tfcpp/docs/pages.h"
#include "tfcpp/docs/undescribed.h"
#include "tfcpp/program/mistakes.h"
#include "tfcpp/program/serve.h"

namespace tfcpp {
namespace {

constexpr char kHelp[] = R"(Writes the documentation of the provider, in the layout of the Terraform registry.
usage: PROGRAM OUTPUT [--examples FOLDER] [--check]
  OUTPUT              the folder of the pages: index.md, resources/ and so on; guides/ in it are yours
  --examples FOLDER   with provider/, resources/NAME/ and so on; then everything must have an example
  --check             write nothing; exit 1 when the pages are not up to date, and show where
)";

struct Wish {
  std::string output;
  docs::Sources sources;
  bool check = false;
};

// Nullopt: the arguments are wrong.
std::optional<Wish> ReadArguments(int argc, char** argv) {
  Wish wish;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--check") {
      wish.check = true;
    } else if (argument == "--examples" && i + 1 < argc) {
      wish.sources.examples = argv[++i];
    } else if (wish.output.empty() && !argument.starts_with("-")) {
      wish.output = argument;
    } else {
      return std::nullopt;
    }
  }
  if (wish.output.empty()) return std::nullopt;
  wish.sources.guides = std::filesystem::path(wish.output) / "guides";
  return wish;
}

int Check(const Wish& wish, const docs::Pages& pages) {
  const auto differences = docs::Differences(wish.output, pages);
  for (const std::string& difference : differences) std::cout << difference << "\n";
  if (differences.empty()) {
    std::cout << pages.size() << " pages are up to date\n";
    return 0;
  }
  std::cout << "\nTo update them, build the target of tfcpp_docs, or run this without --check\n";
  return 1;
}

}  // namespace

int Serve(const Provider& provider, int argc, char** argv) try {
  const auto wish = ReadArguments(argc, argv);
  if (!wish.has_value()) {
    std::cerr << kHelp;
    return 2;
  }
  if (TellMistakes(provider, Concat("terraform-provider-", provider.type_name))) return 1;
  for (const std::string& name : docs::WithoutDescription(provider)) {
    std::cerr << "warning: " << name << " has no description\n";
  }
  const docs::Pages pages = docs::MakePages(provider, wish->sources);
  if (wish->check) return Check(*wish, pages);
  docs::WritePages(wish->output, pages);
  std::cout << pages.size() << " pages in " << wish->output << "\n";
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << "\n";
  return 1;
}

}  // namespace tfcpp
