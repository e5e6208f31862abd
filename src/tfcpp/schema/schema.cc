#include "tfcpp/schema/schema.h"

#include <algorithm>
#include <array>
#include <set>

#include "tfcpp/base/strings.h"

namespace tfcpp {
namespace {

Type Nest(Nesting nesting, Type object) {
  switch (nesting) {
    case Nesting::kSingle:
      return object;
    case Nesting::kList:
      return Type::List(std::move(object));
    case Nesting::kSet:
      return Type::Set(std::move(object));
    case Nesting::kMap:
      return Type::Map(std::move(object));
  }
  return object;
}

// Names that Terraform keeps for itself in every resource block.
bool IsReserved(std::string_view name) {
  constexpr std::array<std::string_view, 7> kReserved = {"count",    "for_each",    "depends_on", "lifecycle",
                                                         "provider", "provisioner", "connection"};
  return std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end();
}

bool IsWellFormed(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

class Checker {
 public:
  std::vector<std::string> Take() { return std::move(faults_); }

  void CheckMembers(const std::vector<Attribute>& attributes, const std::vector<Block>& blocks, const Path& parent,
                    bool inside_set) {
    std::set<std::string, std::less<>> names;
    const auto check_name = [&](const std::string& name) {
      const Path path = parent.Attribute(name);
      if (!IsWellFormed(name)) Add(path, "is no well-formed name");
      if (parent.empty() && IsReserved(name)) Add(path, "is a name that Terraform keeps for itself");
      if (!names.insert(name).second) Add(path, "occurs twice");
    };
    for (const Attribute& attribute : attributes) {
      check_name(attribute.name);
      CheckAttribute(attribute, parent.Attribute(attribute.name), inside_set);
    }
    for (const Block& block : blocks) {
      check_name(block.name);
      CheckMembers(block.attributes, block.blocks, parent.Attribute(block.name),
                   inside_set || block.nesting == Nesting::kSet);
    }
  }

 private:
  void Add(const Path& path, std::string_view fault) { faults_.push_back(Concat(path.ToString(), " ", fault)); }

  void CheckAttribute(const Attribute& attribute, const Path& path, bool inside_set) {
    if (attribute.default_value.has_value()) {
      if (attribute.mode != Mode::kOptionalComputed) Add(path, "has a default, but is not optional and computed");
      if (!attribute.default_value->is_wholly_known()) Add(path, "has a default that is not known");
      if (attribute.default_value->type() != attribute.ImpliedType()) Add(path, "has a default of another type");
    }
    if (attribute.write_only && attribute.computed()) Add(path, "is write-only and computed");
    if (attribute.write_only && inside_set) Add(path, "is write-only inside a set, whose elements have no identity");
    if (attribute.read_only() && !attribute.validators.empty()) {
      Add(path, "has validators, but can never be configured");
    }
    if (const NestedObject* nested = attribute.nested()) {
      CheckMembers(nested->attributes, {}, path, inside_set || nested->nesting == Nesting::kSet);
    }
  }

  std::vector<std::string> faults_;
};

const Attribute* FindIn(const std::vector<Attribute>& attributes, const std::vector<Block>& blocks,
                        const std::vector<PathStep>& steps, std::size_t at) {
  while (at < steps.size() && !std::holds_alternative<AttributeStep>(steps[at])) ++at;  // an element of the parent
  if (at == steps.size()) return nullptr;
  const std::string& name = std::get<AttributeStep>(steps[at]).name;
  for (const Attribute& attribute : attributes) {
    if (attribute.name != name) continue;
    if (at + 1 == steps.size()) return &attribute;
    const NestedObject* nested = attribute.nested();
    return nested == nullptr ? nullptr : FindIn(nested->attributes, {}, steps, at + 1);
  }
  for (const Block& block : blocks) {
    if (block.name == name) return FindIn(block.attributes, block.blocks, steps, at + 1);
  }
  return nullptr;
}

}  // namespace

Type ObjectTypeOf(const std::vector<Attribute>& attributes, const std::vector<Block>& blocks) {
  Type::AttributeMap types;
  for (const Attribute& attribute : attributes) types.emplace(attribute.name, attribute.ImpliedType());
  for (const Block& block : blocks) types.emplace(block.name, block.ImpliedType());
  return Type::Object(std::move(types));
}

Type Attribute::ImpliedType() const {
  if (const NestedObject* object = nested()) return Nest(object->nesting, ObjectTypeOf(object->attributes, {}));
  return std::get<Type>(type);
}

Type Block::ImpliedType() const { return Nest(nesting, ObjectTypeOf(attributes, blocks)); }

Type Schema::ImpliedType() const { return ObjectTypeOf(attributes, blocks); }

const Attribute* Schema::Find(std::string_view name) const { return Find(Path(name)); }

const Attribute* Schema::Find(const Path& path) const { return FindIn(attributes, blocks, path.steps(), 0); }

std::vector<std::string> Schema::Check() const {
  Checker checker;
  checker.CheckMembers(attributes, blocks, Path(), false);
  return checker.Take();
}

}  // namespace tfcpp
