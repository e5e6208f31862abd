#include "pages.h"

#include <algorithm>
#include <stdexcept>

#include "examples.h"
#include "reference.h"
#include "tfcpp/base/strings.h"

namespace docgen {
namespace {

using std::filesystem::path;
using tfcpp::Concat;

// One kind of what a provider offers: the folder of its pages and examples, and its name in headings.
struct Kind {
  std::string folder;
  std::string name;
};
const Kind kResource{"resources", "Resource"};
const Kind kDataSource{"data-sources", "Data Source"};
const Kind kEphemeral{"ephemeral-resources", "Ephemeral Resource"};
const Kind kList{"list-resources", "List Resource"};
const Kind kAction{"actions", "Action"};
const Kind kFunction{"functions", "Function"};

std::string FirstSentence(const std::string& text) {
  const auto end = text.find(". ");
  return end == text.npos ? text : text.substr(0, end + 1);
}

// What the registry reads of a page, and the page's own heading. Pages stand in a subcategory, "" for none; the
// provider's own page stands above them and must not name one.
enum class Place { kIndex, kPage };
std::string Head(Place place, const std::string& title, const std::string& heading, const std::string& description) {
  return Concat("---\npage_title: \"", title, "\"\n", place == Place::kIndex ? "" : "subcategory: \"\"\n",
                "description: |-\n  ", FirstSentence(description), "\n---\n\n# ", heading, "\n\n", description, "\n");
}

class Builder {
 public:
  Builder(const tfcpp::Provider& provider, path root) : provider_(provider), root_(std::move(root)) {}

  Pages Build() {
    for (const auto& type : provider_.resources) AddResource(type);
    for (const auto& type : provider_.data_sources) AddSchema(kDataSource, type);
    for (const auto& type : provider_.ephemerals) AddSchema(kEphemeral, type);
    for (const auto& type : provider_.lists) AddSchema(kList, type);
    for (const auto& type : provider_.actions) AddSchema(kAction, type);
    for (const auto& type : provider_.functions) AddFunction(type);
    pages_["index.md"] = Index();
    return pages_;
  }

 private:
  void AddResource(const tfcpp::ResourceType& type) {
    Add(kResource, type.name, type.schema.description,
        Concat(SchemaReference(type.schema, type.config_validators),
               type.identity.has_value() ? IdentityReference(*type.identity) : ""));
  }

  template <class Type>
  void AddSchema(const Kind& kind, const Type& type) {
    Add(kind, type.name, type.schema.description, SchemaReference(type.schema, type.config_validators));
  }

  void AddFunction(const tfcpp::FunctionType& type) {
    Add(kFunction, type.name,
        Concat(Sentence(type.summary), " ", type.description,
               "\n\nNeeds Terraform 1.8. The provider needs no configuration for it."),
        FunctionReference(type));
  }

  std::string Index() const {
    const std::string title = Concat(provider_.type_name, " Provider");
    return Concat(Head(Place::kIndex, title, title, provider_.schema.description), Example(root_ / "examples/provider"),
                  SchemaReference(provider_.schema, provider_.config_validators), Contents());
  }

  void Add(const Kind& kind, const std::string& name, const std::string& description, const std::string& reference) {
    const path examples = root_ / "examples" / kind.folder / name;
    // Names of functions have no prefix, even where they look so.
    const std::string prefix = &kind == &kFunction ? "" : Concat(provider_.type_name, "_");
    const std::string stem = name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
    const std::string file = Concat(kind.folder, "/", stem, ".md");
    pages_[file] = Concat(Head(Place::kPage, Concat(name, " ", kind.name, " - ", provider_.type_name),
                               Concat(name, " (", kind.name, ")"), description),
                          Example(examples), reference, ImportUsage(examples));
    links_ += Concat("- [", name, " (", kind.name, ")](", file, "): ", FirstSentence(description), "\n");
  }

  static std::string Example(const path& folder) {
    std::string text = ExampleUsage(folder);
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
      const std::string page = TextOf(file);
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
  static const std::vector<std::string> kFolders = {kResource.folder, kDataSource.folder, kList.folder, kAction.folder,
                                                    kFunction.folder};
  return kFolders;
}

}  // namespace docgen
