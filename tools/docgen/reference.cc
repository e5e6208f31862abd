#include "reference.h"

#include <functional>
#include <stdexcept>
#include <utility>

#include "tfcpp/base/strings.h"

namespace docgen {
namespace {

using tfcpp::Attribute;
using tfcpp::Concat;
using tfcpp::NestedObject;
using tfcpp::Nesting;
using tfcpp::Type;
using tfcpp::Value;

// A nested object that gets a part of its own below the attributes.
struct Nested {
  std::string path;  // http_url_spec.headers
  const NestedObject* object;
};

// The form of the registry's own pages, so that links into them stay as people know them.
std::string Anchor(const std::string& path) {
  std::string anchor = "nestedatt--";
  for (const char c : path) anchor += c == '.' ? std::string("--") : std::string(1, c);
  return anchor;
}

std::string NestedTypeName(Nesting nesting) {
  switch (nesting) {
    case Nesting::kSingle:
      return "object";
    case Nesting::kList:
      return "list of objects";
    case Nesting::kSet:
      return "set of objects";
    case Nesting::kMap:
      return "map of objects";
  }
  throw std::logic_error("docgen: unknown nesting");
}

std::string TypeName(const Attribute& attribute, const std::string& path) {
  if (const NestedObject* nested = attribute.nested()) {
    return Concat(NestedTypeName(nested->nesting), ", [see below](#", Anchor(path), ")");
  }
  return std::get<Type>(attribute.type).FriendlyName();
}

std::string DefaultText(const Value& value) { return Concat("Default: `", value.ToString(), "`."); }

std::string AttributeLine(const Attribute& attribute, const std::string& path) {
  std::vector<std::string> marks = {TypeName(attribute, path)};
  if (attribute.sensitive) marks.emplace_back("sensitive");
  if (attribute.write_only) marks.emplace_back("write-only");
  std::vector<std::string> sentences;
  if (!attribute.deprecation.empty()) sentences.push_back(Concat("**Deprecated:** ", Sentence(attribute.deprecation)));
  sentences.push_back(Sentence(attribute.description));
  if (attribute.default_value.has_value()) sentences.push_back(DefaultText(*attribute.default_value));
  for (const auto& validator : attribute.validators) sentences.push_back(Sentence(validator.description));
  for (const auto& modifier : attribute.plan_modifiers) {
    if (modifier.replaces) sentences.push_back(Concat("**A change ", modifier.description, ".**"));
  }
  return Concat("- `", attribute.name, "` (", tfcpp::Join(marks, ", "), ") ", tfcpp::Join(sentences, " "), "\n");
}

using Wanted = std::function<bool(const Attribute&)>;

void AppendMode(const std::string& title, const std::vector<Attribute>& attributes, const std::string& parent,
                const Wanted& wanted, std::string& text, std::vector<Nested>& nested) {
  std::string lines;
  for (const Attribute& attribute : attributes) {
    if (!wanted(attribute)) continue;
    const std::string path = parent.empty() ? attribute.name : Concat(parent, ".", attribute.name);
    lines += AttributeLine(attribute, path);
    if (const NestedObject* object = attribute.nested()) nested.push_back({path, object});
  }
  if (!lines.empty()) text += Concat("\n", title, "\n\n", lines);
}

// The attributes of one object, then those of the objects inside it.
void AppendAttributes(const std::vector<Attribute>& attributes, const std::string& parent, std::string& text) {
  const auto title = [&](const std::string& name) { return parent.empty() ? Concat("### ", name) : Concat(name, ":"); };
  std::vector<Nested> nested;
  const auto append = [&](const std::string& name, const Wanted& wanted) {
    AppendMode(title(name), attributes, parent, wanted, text, nested);
  };
  append("Required", [](const Attribute& a) { return a.required(); });
  append("Optional", [](const Attribute& a) { return a.optional(); });
  append("Read-Only", [](const Attribute& a) { return a.mode == tfcpp::Mode::kComputed; });
  for (const Nested& inner : nested) {
    text += Concat("\n<a id=\"", Anchor(inner.path), "\"></a>\n\n### Nested Schema for `", inner.path, "`\n");
    AppendAttributes(inner.object->attributes, inner.path, text);
  }
}

}  // namespace

std::string Sentence(std::string text) {
  if (text.empty()) return text;
  if (text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
  if (text.back() != '.') text += '.';
  return text;
}

std::string SchemaReference(const tfcpp::Schema& schema, const std::vector<tfcpp::ConfigValidator>& config_validators) {
  if (!schema.blocks.empty()) throw std::logic_error("docgen: this schema has blocks, which have no form here yet");
  std::string text = "\n## Schema\n";
  if (schema.attributes.empty()) text += "\nNo attributes.\n";
  AppendAttributes(schema.attributes, "", text);
  if (config_validators.empty()) return text;
  text += "\n### Rules\n\n";
  for (const auto& validator : config_validators) text += Concat("- ", Sentence(validator.description), "\n");
  return text;
}

std::string IdentityReference(const tfcpp::Schema& identity) {
  std::string text =
      "\n## Identity\n\nWhat an `import` block may have as its `identity` instead of an `id`. Needs Terraform 1.12.\n";
  AppendAttributes(identity.attributes, "", text);
  return text;
}

std::string FunctionReference(const tfcpp::FunctionType& function) {
  std::vector<std::string> parameters;
  std::string lines;
  for (const auto& parameter : function.parameters) {
    const std::string type = parameter.type.FriendlyName();
    parameters.push_back(Concat(parameter.name, " ", type));
    lines += Concat("1. `", parameter.name, "` (", type, ") ", Sentence(parameter.description), "\n");
  }
  return Concat("\n## Signature\n\n```text\n", function.name, "(", tfcpp::Join(parameters, ", "), ") ",
                function.result.FriendlyName(), "\n```\n\n## Arguments\n\n", lines, "\n## Return Type\n\n",
                Sentence(function.result.FriendlyName()), "\n");
}

}  // namespace docgen
