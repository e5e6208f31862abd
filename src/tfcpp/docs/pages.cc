// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/docs/pages.h"

#include <algorithm>
#include <stdexcept>

#include "tfcpp/base/strings.h"
#include "tfcpp/docs/examples.h"
#include "tfcpp/docs/reference.h"

namespace tfcpp::docs {
namespace {

using std::filesystem::path;

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

// In one line, as front matter and lists want it.
std::string FirstSentence(const std::string& text) {
  std::string line = text.substr(0, text.find("\n\n"));
  std::replace(line.begin(), line.end(), '\n', ' ');
  const auto end = line.find(". ");
  return end == line.npos ? line : line.substr(0, end + 1);
}

std::string Described(const std::string& description, const std::string& deprecation) {
  return deprecation.empty() ? description : Concat(description, "\n\n**Deprecated:** ", Sentence(deprecation));
}

// What the registry reads of a page, and the page's own heading. Pages stand in a subcategory, "" for none; the
// provider's own page stands above them and must not name one.
enum class Place { kIndex, kPage };
std::string Head(Place place, const std::string& title, const std::string& heading, const std::string& description) {
  return Concat("---\npage_title: \"", title, "\"\n", place == Place::kIndex ? "" : "subcategory: \"\"\n",
                "description: |-\n  ", FirstSentence(description), "\n---\n\n# ", heading, "\n\n", description, "\n");
}

// Written by hand; each begins with its title as a heading, below the registry's front matter.
std::string Guides(const path& folder) {
  std::vector<path> files;
  if (!std::filesystem::is_directory(folder)) return {};
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".md") files.push_back(entry.path());
  }
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

class Builder {
 public:
  Builder(const Provider& provider, const Sources& sources) : provider_(provider), sources_(sources) {}

  Pages Build() {
    for (const auto& type : provider_.resources) AddResource(type);
    for (const auto& type : provider_.data_sources) AddSchema(kDataSource, type);
    for (const auto& type : provider_.ephemerals) AddSchema(kEphemeral, type);
    for (const auto& type : provider_.lists) AddSchema(kList, type);
    for (const auto& type : provider_.actions) AddSchema(kAction, type);
    for (const auto& type : provider_.functions) AddFunction(type);
    pages_["index.md"] = Index();
    if (!lacking_.empty()) throw std::runtime_error(Join(lacking_, "\n"));
    return pages_;
  }

 private:
  void AddResource(const ResourceType& type) {
    Add(kResource, type.name, Described(type.schema.description, type.schema.deprecation),
        Concat(SchemaReference(type.schema, type.config_validators),
               type.identity.has_value() ? IdentityReference(*type.identity) : ""));
  }

  template <class AnyType>
  void AddSchema(const Kind& kind, const AnyType& type) {
    Add(kind, type.name, Described(type.schema.description, type.schema.deprecation),
        SchemaReference(type.schema, type.config_validators));
  }

  void AddFunction(const FunctionType& type) {
    Add(kFunction, type.name,
        Concat(Sentence(type.summary), " ", type.description,
               "\n\nNeeds Terraform 1.8. The provider needs no configuration for it."),
        FunctionReference(type));
  }

  std::string Index() {
    const std::string title = Concat(provider_.type_name, " Provider");
    const Schema& schema = provider_.schema;
    return Concat(Head(Place::kIndex, title, title, Described(schema.description, schema.deprecation)),
                  Example("provider"), SchemaReference(schema, provider_.config_validators), Contents());
  }

  void Add(const Kind& kind, const std::string& name, const std::string& description, const std::string& reference) {
    const path examples = path(kind.folder) / name;
    // Names of functions have no prefix, even where they look so.
    const std::string prefix = &kind == &kFunction ? "" : Concat(provider_.type_name, "_");
    const std::string stem = name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
    const std::string file = Concat(kind.folder, "/", stem, ".md");
    pages_[file] = Concat(Head(Place::kPage, Concat(name, " ", kind.name, " - ", provider_.type_name),
                               Concat(name, " (", kind.name, ")"), description),
                          Example(examples), reference,
                          sources_.examples.empty() ? "" : ImportUsage(sources_.examples / examples));
    links_ += Concat("- [", name, " (", kind.name, ")](", file, "): ", FirstSentence(description), "\n");
  }

  std::string Example(const path& folder) {
    if (sources_.examples.empty()) return {};
    std::string text = ExampleUsage(sources_.examples / folder);
    if (text.empty()) lacking_.push_back(Concat("no example (*.tf) in ", (sources_.examples / folder).string()));
    return text;
  }

  std::string Contents() const {
    const std::string guides = Guides(sources_.guides);
    return Concat(links_.empty() ? "" : Concat("\n## Pages\n\n", links_),
                  guides.empty() ? "" : Concat("\n## Guides\n\n", guides));
  }

  const Provider& provider_;
  const Sources& sources_;
  std::string links_;
  Pages pages_;
  std::vector<std::string> lacking_;
};

}  // namespace

Pages MakePages(const Provider& provider, const Sources& sources) { return Builder(provider, sources).Build(); }

const std::vector<std::string>& GeneratedFolders() {
  static const std::vector<std::string> kFolders = {kResource.folder, kDataSource.folder, kEphemeral.folder,
                                                    kList.folder,     kAction.folder,     kFunction.folder};
  return kFolders;
}

}  // namespace tfcpp::docs
