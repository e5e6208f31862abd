// SPDX-License-Identifier: Apache-2.0
// Schema::Check(): what Terraform refuses, and what would be silently without effect.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/fit.h"

namespace tfcpp {
namespace {

using Names = std::vector<std::string_view>;

// Names that Terraform keeps for itself at the top of a block. Attributes of lists and actions stand in a block of
// their own, `config`, and those of identities in none.
const Names& ReservedIn(SchemaOf of) {
  static const Names kResource = {"count",      "for_each",    "depends_on", "lifecycle", "provider",
                                  "connection", "provisioner", "locals",     "_"};
  static const Names kProvider = {"alias",      "version",   "source", "count", "for_each",
                                  "depends_on", "lifecycle", "locals", "_"};
  static const Names kNone;
  if (of == SchemaOf::kProvider) return kProvider;
  return of == SchemaOf::kList || of == SchemaOf::kAction || of == SchemaOf::kIdentity ? kNone : kResource;
}

bool IsReserved(std::string_view name, SchemaOf of) {
  const Names& reserved = ReservedIn(of);
  return std::find(reserved.begin(), reserved.end(), name) != reserved.end();
}

class Checker {
 public:
  explicit Checker(SchemaOf of) : of_(of) {}

  std::vector<std::string> Take() { return std::move(faults_); }

  void CheckWhole(const Schema& schema) {
    if (schema.version < 0) faults_.emplace_back("its version is negative");
    if (of_ == SchemaOf::kIdentity && schema.attributes.empty()) faults_.emplace_back("it has no attributes");
    CheckMembers(schema.attributes, schema.blocks, Path(), false);
  }

 private:
  void Add(const Path& path, std::string_view fault) { faults_.push_back(Concat(path.ToString(), " ", fault)); }

  void CheckMembers(const std::vector<Attribute>& attributes, const std::vector<Block>& blocks, const Path& parent,
                    bool inside_set) {
    std::set<std::string, std::less<>> names;
    const auto check_name = [&](const std::string& name) {
      const Path path = parent.Attribute(name);
      if (!IsWellFormedName(name)) {
        Add(path, "is no well-formed name: a small letter or _, then small letters, digits and _");
      }
      if (parent.empty() && IsReserved(name, of_)) Add(path, "is a name that Terraform keeps for itself");
      if (!names.insert(name).second) Add(path, "occurs twice");
    };
    for (const Attribute& attribute : attributes) {
      check_name(attribute.name);
      CheckAttribute(attribute, parent.Attribute(attribute.name), inside_set);
    }
    for (const Block& block : blocks) {
      check_name(block.name);
      CheckBlock(block, parent.Attribute(block.name), inside_set);
    }
  }

  void CheckBlock(const Block& block, const Path& path, bool inside_set) {
    if (of_ == SchemaOf::kIdentity) Add(path, "is a block, but an identity is flat");
    const bool is_counted = block.nesting == Nesting::kList || block.nesting == Nesting::kSet;
    if (block.min_items < 0 || block.max_items < 0) {
      Add(path, "has a negative number of items");
    } else if (block.nesting == Nesting::kSingle && (block.min_items != block.max_items || block.min_items > 1)) {
      Add(path, "is a single block: min_items and max_items are both 0, or both 1 where it is required");
    } else if (block.nesting == Nesting::kMap && (block.min_items != 0 || block.max_items != 0)) {
      Add(path, "is a map of blocks, whose number has no limits");
    } else if (is_counted && block.max_items != 0 && block.min_items > block.max_items) {
      Add(path, "has more min_items than max_items");
    }
    const bool is_set = block.nesting == Nesting::kSet;
    if (is_set && block.ImpliedType().has_dynamic()) Add(path, "is a set, but not all of its types are known");
    CheckMembers(block.attributes, block.blocks, path, inside_set || is_set);
  }

  void CheckAttribute(const Attribute& attribute, const Path& path, bool inside_set) {
    CheckDefault(attribute, path);
    CheckSecrecy(attribute, path, inside_set);
    CheckFunctions(attribute, path);
    CheckKind(attribute, path);
    if (const NestedObject* nested = attribute.nested()) CheckNested(attribute, *nested, path, inside_set);
  }

  void CheckDefault(const Attribute& attribute, const Path& path) {
    if (!attribute.default_value.has_value()) return;
    if (attribute.mode != Mode::kOptionalComputed) Add(path, "has a default, but is not optional and computed");
    if (!attribute.default_value->is_wholly_known()) Add(path, "has a default that is not known");
    const Type type = attribute.ImpliedType();
    const std::vector<std::string> faults = Fit(*attribute.default_value, type).faults;
    if (!faults.empty()) {
      Add(path, Concat("has a default of another type: ", Join(faults, "; ")));
    } else if (!type.has_dynamic() && attribute.default_value->type() != type) {
      Add(path, Concat("has a default of another type: make it of ", type.FriendlyName()));
    }
  }

  void CheckSecrecy(const Attribute& attribute, const Path& path, bool inside_set) {
    if (!attribute.write_only) return;
    if (attribute.computed()) Add(path, "is write-only and computed");
    if (inside_set) Add(path, "is write-only inside a set, whose elements have no identity");
    if (of_ != SchemaOf::kResource && of_ != SchemaOf::kAction) Add(path, "is write-only, which is for resources only");
  }

  void CheckFunctions(const Attribute& attribute, const Path& path) {
    if (attribute.read_only() && !attribute.validators.empty()) {
      Add(path, "has validators, but can never be configured");
    }
    for (const Validator& validator : attribute.validators) {
      if (!validator.check) Add(path, Concat("has a validator without a check: \"", validator.description, "\""));
    }
    for (const PlanModifier& modifier : attribute.plan_modifiers) {
      if (!modifier.modify) {
        Add(path, Concat("has a plan modifier without a function: \"", modifier.description, "\""));
      }
      if (modifier.for_computed && !attribute.computed()) {
        Add(path,
            Concat("has a plan modifier for computed values, but is not computed: \"", modifier.description, "\""));
      }
    }
  }

  // What only some kinds of schema have.
  void CheckKind(const Attribute& attribute, const Path& path) {
    const bool answers = of_ == SchemaOf::kResource || of_ == SchemaOf::kDataSource || of_ == SchemaOf::kEphemeral;
    if (attribute.computed() && !answers) Add(path, "is computed, but nothing answers a value here");
    if (of_ != SchemaOf::kResource) {
      if (attribute.default_value.has_value()) Add(path, "has a default, but only a resource is planned");
      if (!attribute.plan_modifiers.empty()) Add(path, "has plan modifiers, but only a resource is planned");
    }
    if (of_ != SchemaOf::kIdentity) return;
    const Type type = attribute.ImpliedType();
    const bool is_flat = type.is_primitive() || (type.kind() == Type::Kind::kList && type.element().is_primitive());
    if (!is_flat) Add(path, "is neither a string, number or bool nor a list of these, as parts of an identity are");
    if (attribute.sensitive) Add(path, "is sensitive, but Terraform shows identities");
  }

  void CheckNested(const Attribute& attribute, const NestedObject& nested, const Path& path, bool inside_set) {
    if (nested.attributes.empty()) Add(path, "is a nested object without attributes");
    const bool is_set = nested.nesting == Nesting::kSet;
    if (is_set && attribute.ImpliedType().has_dynamic()) Add(path, "is a set, but not all of its types are known");
    CheckMembers(nested.attributes, {}, path, inside_set || is_set);
  }

  SchemaOf of_;
  std::vector<std::string> faults_;
};

}  // namespace

bool IsWellFormedName(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

std::vector<std::string> Schema::Check(SchemaOf of) const {
  Checker checker(of);
  checker.CheckWhole(*this);
  return checker.Take();
}

}  // namespace tfcpp
