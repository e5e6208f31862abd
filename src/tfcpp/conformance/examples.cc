// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/conformance/examples.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/state_json.h"
#include "tfcpp/json/json.h"

namespace tfcpp::conformance {
namespace {

using test::Provided;

Error Bad(std::string message) { return {.code = ErrorCode::kInvalidArgument, .message = std::move(message)}; }

// A block that nobody wrote.
Value NoBlocks(const Block& block) {
  const Type object = ObjectTypeOf(block.attributes, block.blocks);
  switch (block.nesting) {
    case Nesting::kList:
      return Value::List(object, {});
    case Nesting::kSet:
      return Value::Set(object, {});
    case Nesting::kMap:
      return Value::Map(object, {});
    case Nesting::kSingle:
      break;
  }
  return Value::Null(object);
}

Result<Value> ReadProviderBlock(const Json& block, const Schema& schema) {
  if (!block.is_object()) return Bad("\"provider\" is to be an object");
  Value config = BareConfig(schema);
  const Type type = schema.ImpliedType();
  for (const auto& [name, member] : block.members()) {
    const auto found = type.attributes().find(name);
    if (found == type.attributes().end()) return Bad(Concat("the provider has no attribute ", name));
    auto value = DecodeStateJson(member.Write(), found->second);
    if (!value.has_value()) return Bad(Concat("\"provider\": ", name, ": ", value.error().message));
    config = config.With(name, *std::move(value));
  }
  return config;
}

// `where`: "resources: notes_note: title".
Result<std::vector<Value>> ReadValues(const Json& json, const Type& type, std::string_view where) {
  if (!json.is_array() || json.elements().empty()) return Bad(Concat(where, ": a list of values is wanted"));
  std::vector<Value> values;
  for (const Json& each : json.elements()) {
    auto value = DecodeStateJson(each.Write(), type);
    if (!value.has_value()) return Bad(Concat(where, ": ", value.error().message));
    values.push_back(*std::move(value));
  }
  return values;
}

// The type of what the file names by a path, or by a parameter's name; nullopt: there is no such thing.
using TypeOf = std::function<std::optional<Type>(const std::string& name)>;

TypeOf AttributesOf(const Schema& schema) {
  return [&schema](const std::string& name) -> std::optional<Type> {
    Path path;
    for (const std::string_view step : Split(name, '.')) path = path.Attribute(step);
    const Attribute* attribute = schema.Find(path);
    return attribute == nullptr ? std::nullopt : std::optional(attribute->ImpliedType());
  };
}

TypeOf ParametersOf(const test::Signature& signature) {
  return [&signature](const std::string& name) -> std::optional<Type> {
    for (const test::Parameter& parameter : signature.parameters) {
      if (parameter.name == name) return parameter.type;
    }
    if (signature.variadic.has_value() && signature.variadic->name == name) return signature.variadic->type;
    return std::nullopt;
  };
}

Result<Candidates> ReadCandidates(const Json& json, const TypeOf& type_of, std::string_view where) {
  if (!json.is_object()) return Bad(Concat(where, " is to be an object"));
  Candidates candidates;
  for (const auto& [name, values] : json.members()) {
    const auto type = type_of(name);
    if (!type.has_value()) return Bad(Concat(where, " has no ", name));
    TFCPP_ASSIGN_OR_RETURN(auto read, ReadValues(values, *type, Concat(where, ": ", name)));
    candidates.emplace(name, std::move(read));
  }
  return candidates;
}

// Of the types of one kind, by name.
template <class T, class ToTypeOf>
Result<std::map<std::string, Candidates>> ReadKind(const Json& json, const std::string& kind,
                                                   const std::map<std::string, T>& types, const ToTypeOf& to_type_of) {
  if (!json.is_object()) return Bad(Concat("\"", kind, "\" is to be an object"));
  std::map<std::string, Candidates> all;
  for (const auto& [name, member] : json.members()) {
    const auto type = types.find(name);
    if (type == types.end()) return Bad(Concat(kind, ": the provider has no ", name));
    TFCPP_ASSIGN_OR_RETURN(all[name], ReadCandidates(member, to_type_of(type->second), Concat(kind, ": ", name)));
  }
  return all;
}

Result<std::map<std::string, Candidates>> ReadKind(const Json& json, const std::string& kind,
                                                   const Provided& provided) {
  const std::pair<std::string_view, const std::map<std::string, Schema>*> kinds[] = {
      {"resources", &provided.resources},  {"data_sources", &provided.data_sources},
      {"actions", &provided.actions},      {"ephemeral_resources", &provided.ephemerals},
      {"list_resources", &provided.lists},
  };
  for (const auto& [name, schemas] : kinds) {
    if (name == kind) return ReadKind(json, kind, *schemas, AttributesOf);
  }
  if (kind == "functions") return ReadKind(json, kind, provided.functions, ParametersOf);
  return Bad(Concat("there is no \"", kind, "\" to give values for"));
}

const Value& AnyOf(const std::vector<Value>& values, test::Random& random) { return values[random() % values.size()]; }

std::string OrdinaryText(const Attribute&, test::Random& random) {
  static const char* const kTexts[] = {"a", "b", "some text", "name-1", "\xc3\xa9t\xc3\xa9"};
  return kTexts[random() % std::size(kTexts)];
}

// Where numbers are whole, those that are not, or are huge, are refused.
Number OrdinaryNumber(test::Random& random) { return Number(static_cast<std::int64_t>(random() % 10)); }

}  // namespace

const Candidates* Examples::Find(std::string_view kind, const std::string& name) const {
  const auto types = by_kind.find(kind);
  if (types == by_kind.end()) return nullptr;
  const auto found = types->second.find(name);
  return found == types->second.end() ? nullptr : &found->second;
}

Result<Examples> ReadExamples(std::string_view json, const Provided& provided) {
  Examples examples{.provider = BareConfig(provided.provider)};
  if (json.empty()) return examples;
  TFCPP_ASSIGN_OR_RETURN(const Json file, Json::Parse(json));
  if (!file.is_object()) return Bad("an object is wanted");
  for (const auto& [kind, member] : file.members()) {
    if (kind == "provider") {
      TFCPP_ASSIGN_OR_RETURN(examples.provider, ReadProviderBlock(member, provided.provider));
    } else {
      TFCPP_ASSIGN_OR_RETURN(examples.by_kind[kind], ReadKind(member, kind, provided));
    }
  }
  return examples;
}

test::Sources SourcesOf(const Candidates* candidates) {
  test::Sources sources;
  sources.texts = OrdinaryText;
  sources.numbers = OrdinaryNumber;
  if (candidates == nullptr) return sources;
  sources.values = [candidates](const Path& path, const Attribute&, test::Random& random) -> std::optional<Value> {
    const auto given = candidates->find(path.ToString());
    if (given == candidates->end()) return std::nullopt;
    return AnyOf(given->second, random);
  };
  return sources;
}

Value BareConfig(const Schema& schema) {
  Value::Members members;
  for (const Attribute& attribute : schema.attributes) {
    members.emplace(attribute.name, Value::Null(attribute.ImpliedType()));
  }
  for (const Block& block : schema.blocks) members.emplace(block.name, NoBlocks(block));
  return Value::Object(std::move(members));
}

}  // namespace tfcpp::conformance
