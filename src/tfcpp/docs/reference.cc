// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/docs/reference.h"

#include <functional>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/docs/type_text.h"

namespace tfcpp::docs {
namespace {

// A nested object or a block, which gets a part of its own below the attributes.
struct Nested {
  std::string path;  // http_url_spec.headers
  std::string anchor;
  const std::vector<Attribute>& attributes;
  const std::vector<Block>& blocks;
};

// The forms of the registry's own pages, so that links into them stay as people know them.
std::string Anchor(std::string_view kind, const std::string& path) {
  std::string anchor = Concat(kind, "--");
  for (const char c : path) anchor += c == '.' ? std::string("--") : std::string(1, c);
  return anchor;
}

// "object", "list of objects".
std::string NestingText(Nesting nesting, const std::string& what) {
  if (nesting == Nesting::kSingle) return what;
  const std::string_view collection = nesting == Nesting::kList ? "list" : nesting == Nesting::kSet ? "set" : "map";
  return Concat(collection, " of ", what, "s");
}

std::string SeeBelow(const std::string& anchor) { return Concat("[see below](#", anchor, ")"); }

// A text of several lines stays within its item of a list.
std::string Indented(const std::string& text, std::string_view indentation) {
  std::string indented;
  for (std::size_t i = 0; i < text.size(); ++i) {
    indented += text[i];
    if (text[i] == '\n' && i + 1 < text.size() && text[i + 1] != '\n') indented += indentation;
  }
  return indented;
}

std::string Item(const std::string& name, const std::vector<std::string>& marks, std::vector<std::string> sentences) {
  std::vector<std::string> said;
  for (std::string& sentence : sentences) {
    if (!sentence.empty()) said.push_back(std::move(sentence));
  }
  const std::string text = Indented(Join(said, " "), "  ");
  return Concat("- `", name, "` (", Join(marks, ", "), ")", text.empty() ? "" : " ", text, "\n");
}

std::string DefaultText(const Value& value) { return Concat("Default: `", value.ToString(), "`."); }

std::string AttributeLine(const Attribute& attribute, const std::string& anchor) {
  std::vector<std::string> marks;
  if (const NestedObject* nested = attribute.nested()) {
    marks = {NestingText(nested->nesting, "object"), SeeBelow(anchor)};
  } else {
    marks = {MarkedTypeText(std::get<Type>(attribute.type))};
  }
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
  return Item(attribute.name, marks, std::move(sentences));
}

std::string BlockLine(const Block& block, const std::string& anchor) {
  std::vector<std::string> marks = {NestingText(block.nesting, "block"), SeeBelow(anchor)};
  if (block.nesting != Nesting::kSingle) {
    if (block.min_items > 0) marks.push_back(Concat("at least ", std::to_string(block.min_items)));
    if (block.max_items > 0) marks.push_back(Concat("at most ", std::to_string(block.max_items)));
  }
  return Item(block.name, marks, {Sentence(block.description)});
}

// What is asked of an attribute, and of the number of blocks.
struct Group {
  std::string title;
  std::function<bool(const Attribute&)> has;
  std::function<bool(const Block&)> has_block;
};

const std::vector<Group>& Groups() {
  static const std::vector<Group> kGroups = {
      {"Required", [](const Attribute& a) { return a.required(); }, [](const Block& b) { return b.min_items > 0; }},
      {"Optional", [](const Attribute& a) { return a.optional(); }, [](const Block& b) { return b.min_items == 0; }},
      {"Read-Only", [](const Attribute& a) { return a.read_only(); }, [](const Block&) { return false; }}};
  return kGroups;
}

const std::vector<Block> kNoBlocks;

// The lines of one group; what is nested in them is left in `inner`.
std::string LinesOf(const Group& group, const Nested& object, std::vector<Nested>& inner) {
  const auto path_of = [&](const std::string& name) {
    return object.path.empty() ? name : Concat(object.path, ".", name);
  };
  std::string lines;
  for (const Attribute& attribute : object.attributes) {
    if (!group.has(attribute)) continue;
    const std::string path = path_of(attribute.name);
    const std::string anchor = Anchor("nestedatt", path);
    lines += AttributeLine(attribute, anchor);
    if (const NestedObject* nested = attribute.nested()) inner.push_back({path, anchor, nested->attributes, kNoBlocks});
  }
  for (const Block& block : object.blocks) {
    if (!group.has_block(block)) continue;
    const std::string path = path_of(block.name);
    const std::string anchor = Anchor("nestedblock", path);
    lines += BlockLine(block, anchor);
    inner.push_back({path, anchor, block.attributes, block.blocks});
  }
  return lines;
}

// The members of one object, then those of what is inside it.
void AppendMembers(const Nested& object, std::string& text) {
  std::vector<Nested> inner;
  for (const Group& group : Groups()) {
    const std::string lines = LinesOf(group, object, inner);
    if (lines.empty()) continue;
    text += Concat("\n", object.path.empty() ? Concat("### ", group.title) : Concat(group.title, ":"), "\n\n", lines);
  }
  for (const Nested& nested : inner) {
    text += Concat("\n<a id=\"", nested.anchor, "\"></a>\n\n### Nested Schema for `", nested.path, "`\n");
    AppendMembers(nested, text);
  }
}

}  // namespace

std::string Sentence(std::string text) {
  if (text.empty()) return text;
  if (text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
  if (text.back() != '.') text += '.';
  return text;
}

std::string SchemaReference(const Schema& schema, const std::vector<ConfigValidator>& config_validators) {
  std::string text = "\n## Schema\n";
  if (schema.attributes.empty() && schema.blocks.empty()) text += "\nNo attributes.\n";
  AppendMembers({"", "", schema.attributes, schema.blocks}, text);
  if (config_validators.empty()) return text;
  text += "\n### Rules\n\n";
  for (const auto& validator : config_validators) text += Concat("- ", Sentence(validator.description), "\n");
  return text;
}

std::string IdentityReference(const Schema& identity) {
  std::string text =
      "\n## Identity\n\nWhat an `import` block may have as its `identity` instead of an `id`. Needs Terraform 1.12.\n";
  AppendMembers({"", "", identity.attributes, kNoBlocks}, text);
  return text;
}

std::string FunctionReference(const FunctionType& function) {
  std::vector<std::string> parameters;
  std::string lines;
  for (const auto& parameter : function.parameters) {
    parameters.push_back(Concat(parameter.name, " ", TypeText(parameter.type)));
    const std::string text = Indented(Sentence(parameter.description), "   ");
    lines +=
        Concat("1. `", parameter.name, "` (", MarkedTypeText(parameter.type), ")", text.empty() ? "" : " ", text, "\n");
  }
  return Concat("\n## Signature\n\n```text\n", function.name, "(", Join(parameters, ", "), ") ",
                TypeText(function.result), "\n```\n", lines.empty() ? "" : Concat("\n## Arguments\n\n", lines),
                "\n## Return Type\n\n", Sentence(MarkedTypeText(function.result)), "\n");
}

}  // namespace tfcpp::docs
