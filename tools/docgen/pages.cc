#include "pages.h"

#include <algorithm>
#include <stdexcept>

#include "base/strings.h"
#include "examples.h"
#include "reference.h"

namespace docgen {
namespace {

using std::filesystem::path;
using tfcpp::Concat;

constexpr char kResources[] = "resources";

std::string FirstSentence(const std::string& text) {
  const auto end = text.find(". ");
  return end == text.npos ? text : text.substr(0, end + 1);
}

// What the registry reads of a page, and the page's own heading.
std::string Head(const std::string& title, const std::string& heading, const std::string& description) {
  return Concat("---\npage_title: \"", title, "\"\nsubcategory: \"\"\ndescription: |-\n  ", FirstSentence(description),
                "\n---\n\n# ", heading, "\n\n", description, "\n");
}

class Builder {
 public:
  Builder(const tfcpp::Provider& provider, path root) : provider_(provider), root_(std::move(root)) {}

  Pages Build() {
    for (const auto& type : provider_.resources) AddResource(type);
    pages_["index.md"] = Index();
    return pages_;
  }

 private:
  void AddResource(const tfcpp::ResourceType& type) {
    const path folder = root_ / "examples" / kResources / type.name;
    Add(kResources, type.name, "Resource", type.schema.description,
        Concat(Example(folder), SchemaReference(type.schema, type.config_validators), ImportUsage(folder)));
  }

  std::string Index() const {
    return Concat(Head(Concat(provider_.type_name, " Provider"), Concat(provider_.type_name, " Provider"),
                       provider_.schema.description),
                  Example(root_ / "examples/provider"), SchemaReference(provider_.schema, provider_.config_validators),
                  Contents());
  }

  void Add(const std::string& kind, const std::string& name, const std::string& kind_name,
           const std::string& description, const std::string& body) {
    const std::string prefix = Concat(provider_.type_name, "_");
    const std::string stem = name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
    const std::string file = Concat(kind, "/", stem, ".md");
    pages_[file] = Concat(
        Head(Concat(name, " ", kind_name, " - ", provider_.type_name), Concat(name, " (", kind_name, ")"), description),
        body);
    links_ += Concat("- [", name, " (", kind_name, ")](", file, "): ", FirstSentence(description), "\n");
  }

  static std::string Example(const path& folder) {
    const std::string text = ExampleUsage(folder);
    if (text.empty()) throw std::runtime_error(Concat("no example in ", folder.string()));
    return text;
  }

  std::string Contents() const {
    const std::string guides = Guides();
    return Concat("\n## Pages\n\n", links_, guides.empty() ? "" : Concat("\n## Guides\n\n", guides));
  }

  // Written by hand; each begins with its title as a heading, below the registry's front matter.
  std::string Guides() const {
    std::vector<path> files;
    const path folder = root_ / "docs/guides";
    if (!std::filesystem::is_directory(folder)) return {};
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::string text;
    for (const path& file : files) {
      const std::string page = ReadFile(file);
      const auto begin = page.find("\n# ");
      if (begin == page.npos) throw std::runtime_error(Concat(file.string(), " has no heading \"# ...\""));
      const auto end = page.find('\n', begin + 1);
      text += Concat("- [", page.substr(begin + 3, end - begin - 3), "](guides/", file.filename().string(), ")\n");
    }
    return text;
  }

  const tfcpp::Provider& provider_;
  const path root_;
  std::string links_;
  Pages pages_;
};

}  // namespace

Pages MakePages(const tfcpp::Provider& provider, const path& root) { return Builder(provider, root).Build(); }

const std::vector<std::string>& GeneratedFolders() {
  static const std::vector<std::string> kFolders = {kResources};
  return kFolders;
}

}  // namespace docgen
