#include "rules.h"

#include <algorithm>

#include "tfcpp/value/path.h"

namespace conformance {
namespace {

using tfcpp::Attribute;
using tfcpp::NestedObject;
using tfcpp::Nesting;
using tfcpp::Path;
using tfcpp::Value;

class PlanRules {
 public:
  void CheckAttributes(const std::vector<Attribute>& attributes, const Value& prior, const Value& config,
                       const Value& planned, const Path& path) {
    for (const Attribute& attribute : attributes) {
      CheckAttribute(attribute, Member(prior, attribute), config.Get(attribute.name), planned.Get(attribute.name),
                     path.Attribute(attribute.name));
    }
  }
  void Breach(const Path& path) { breaches_.push_back(path.ToString()); }
  std::vector<std::string> Take() { return std::move(breaches_); }

 private:
  static Value Member(const Value& object, const Attribute& attribute) {
    return object.is_set() ? object.Get(attribute.name) : Value::Null(attribute.ImpliedType());
  }

  void CheckAttribute(const Attribute& attribute, const Value& prior, const Value& config, const Value& planned,
                      const Path& path) {
    if (attribute.write_only) {
      if (!planned.is_null()) Breach(path);
      return;
    }
    if (planned == config) return;
    if (config.is_null()) {
      if (!attribute.computed()) Breach(path);
      return;
    }
    if (planned == prior && !prior.is_null()) return;
    const NestedObject* nested = attribute.nested();
    if (nested == nullptr || !config.is_known() || !planned.is_set()) return Breach(path);
    CheckNested(*nested, prior, config, planned, path);
  }

  void CheckNested(const NestedObject& nested, const Value& prior, const Value& config, const Value& planned,
                   const Path& path) {
    const Value none = Value::Null(tfcpp::ObjectTypeOf(nested.attributes, {}));
    const auto check = [&](const Value& before, const Value& wanted, const Value& answer, const Path& at) {
      if (answer == wanted) return;
      if (!wanted.is_set() || !answer.is_set()) return Breach(at);
      CheckAttributes(nested.attributes, before, wanted, answer, at);
    };
    switch (nested.nesting) {
      case Nesting::kSingle:
        return check(prior, config, planned, path);
      case Nesting::kMap:
        if (config.Entries().size() != planned.Entries().size()) return Breach(path);
        for (const auto& [key, element] : config.Entries()) {
          if (!planned.Has(key)) return Breach(path);
          const bool matched = prior.is_set() && prior.Has(key);
          check(matched ? prior.Get(key) : none, element, planned.Get(key), path.Key(key));
        }
        return;
      case Nesting::kList:
        if (config.Elements().size() != planned.Elements().size()) return Breach(path);
        for (std::size_t i = 0; i < config.Elements().size(); ++i) {
          const bool matched = prior.is_set() && i < prior.Elements().size();
          check(matched ? prior.Elements()[i] : none, config.Elements()[i], planned.Elements()[i],
                path.Index(static_cast<std::int64_t>(i)));
        }
        return;
      case Nesting::kSet:
        // Elements have no counterpart by position; their number must agree.
        if (config.Elements().size() != planned.Elements().size()) Breach(path);
        return;
    }
  }

  std::vector<std::string> breaches_;
};

void CheckRefined(const Value& earlier, const Value& later, const Path& path, std::vector<std::string>& breaches) {
  const auto breach = [&] { breaches.push_back(path.ToString()); };
  if (earlier == later) return;
  if (!earlier.is_known()) {
    if (!earlier.may_be_null() && later.is_null()) breach();
    return;
  }
  if (earlier.is_null() || !later.is_set() || earlier.type().kind() != later.type().kind()) return breach();
  switch (earlier.type().kind()) {
    case tfcpp::Type::Kind::kObject:
    case tfcpp::Type::Kind::kMap: {
      if (earlier.Entries().size() != later.Entries().size()) return breach();
      const bool is_map = earlier.type().kind() == tfcpp::Type::Kind::kMap;
      for (const auto& [name, member] : earlier.Entries()) {
        if (!later.Has(name)) return breach();
        CheckRefined(member, later.Get(name), is_map ? path.Key(name) : path.Attribute(name), breaches);
      }
      return;
    }
    case tfcpp::Type::Kind::kList:
    case tfcpp::Type::Kind::kTuple:
      if (earlier.Elements().size() != later.Elements().size()) return breach();
      for (std::size_t i = 0; i < earlier.Elements().size(); ++i) {
        CheckRefined(earlier.Elements()[i], later.Elements()[i], path.Index(static_cast<std::int64_t>(i)), breaches);
      }
      return;
    case tfcpp::Type::Kind::kSet: {
      // Unknown elements may turn out equal to others: fewer later, never more; known ones stay.
      const auto& after = later.Elements();
      if (after.size() > earlier.Elements().size()) return breach();
      for (const Value& element : earlier.Elements()) {
        if (element.is_wholly_known() && std::find(after.begin(), after.end(), element) == after.end()) return breach();
      }
      return;
    }
    default:
      return breach();
  }
}

}  // namespace

std::vector<std::string> PlanBreaches(const tfcpp::Schema& schema, const Value& prior, const Value& config,
                                      const Value& planned) {
  PlanRules rules;
  rules.CheckAttributes(schema.attributes, prior, config, planned, Path());
  for (const tfcpp::Block& block : schema.blocks) {
    // The blocks of the test schema have no computed members.
    if (!(planned.Get(block.name) == config.Get(block.name))) rules.Breach(Path(block.name));
  }
  return rules.Take();
}

std::vector<std::string> RefinementBreaches(const Value& earlier, const Value& later) {
  std::vector<std::string> breaches;
  CheckRefined(earlier, later, Path(), breaches);
  return breaches;
}

}  // namespace conformance
