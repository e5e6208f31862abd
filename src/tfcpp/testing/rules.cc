// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/testing/rules.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tfcpp/framework/schema_walk.h"
#include "tfcpp/value/fit.h"
#include "tfcpp/value/path.h"

namespace tfcpp::test {
namespace {

// A refinement of what is unknown is the client's own, and may be lost on the way.
Value Unrefined(const Value& value) {
  if (!value.is_known()) return Value::Unknown(value.type());
  if (value.is_wholly_known()) return value;
  if (value.type().kind() == Type::Kind::kObject || value.type().kind() == Type::Kind::kMap) {
    Value::Members members;
    for (const auto& [name, member] : value.Entries()) members.emplace(name, Unrefined(member));
    return value.type().kind() == Type::Kind::kObject ? Value::Object(std::move(members))
                                                      : Value::Map(value.type().element(), std::move(members));
  }
  std::vector<Value> elements;
  for (const Value& element : value.Elements()) elements.push_back(Unrefined(element));
  if (value.type().kind() == Type::Kind::kTuple) return Value::Tuple(std::move(elements));
  return value.type().kind() == Type::Kind::kSet ? Value::Set(value.type().element(), std::move(elements))
                                                 : Value::List(value.type().element(), std::move(elements));
}

// What a nested object, or a block, consists of.
struct Members {
  const std::vector<Attribute>& attributes;
  const std::vector<Block>& blocks;
};
const std::vector<Block> kNoBlocks;

class PlanRules {
 public:
  void CheckObject(const Members& members, const Value& prior, const Value& config, const Value& planned,
                   const Path& path) {
    for (const Attribute& attribute : members.attributes) {
      CheckAttribute(attribute, MemberOf(prior, attribute.name, attribute.ImpliedType()), config.Get(attribute.name),
                     planned.Get(attribute.name), path.Attribute(attribute.name));
    }
    for (const Block& block : members.blocks) {
      const Value& wanted = config.Get(block.name);
      const Value& answer = planned.Get(block.name);
      if (answer == wanted || !wanted.is_known()) continue;
      CheckNested(block.nesting, {block.attributes, block.blocks}, MemberOf(prior, block.name, block.ImpliedType()),
                  wanted, answer, path.Attribute(block.name));
    }
  }
  void Breach(const Path& path) { breaches_.push_back(path.ToString()); }
  std::vector<std::string> Take() { return std::move(breaches_); }

 private:
  static Value MemberOf(const Value& object, const std::string& name, const Type& type) {
    return object.is_set() ? object.Get(name) : Value::Null(type);
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
    if (nested != nullptr)
      return CheckNested(nested->nesting, {nested->attributes, kNoBlocks}, prior, config, planned, path);
    Breach(path);
  }

  void CheckNested(Nesting nesting, const Members& members, const Value& prior, const Value& config,
                   const Value& planned, const Path& path) {
    if (!config.is_set() || !planned.is_set()) return Breach(path);
    switch (nesting) {
      case Nesting::kSingle:
        return CheckObject(members, prior, config, planned, path);
      case Nesting::kMap:
        return CheckMap(members, prior, config, planned, path);
      case Nesting::kList:
        return CheckList(members, prior, config, planned, path);
      case Nesting::kSet:
        if (!IsSetFor(members, config, planned)) Breach(path);
        return;
    }
  }

  void CheckElement(const Members& members, const Value& prior, const Value& config, const Value& planned,
                    const Path& path) {
    if (planned == config) return;
    if (!config.is_set() || !planned.is_set()) return Breach(path);
    CheckObject(members, prior, config, planned, path);
  }

  void CheckMap(const Members& members, const Value& prior, const Value& config, const Value& planned,
                const Path& path) {
    if (config.Entries().size() != planned.Entries().size()) return Breach(path);
    for (const auto& [key, element] : config.Entries()) {
      if (!planned.Has(key)) return Breach(path);
      const Value before = prior.is_set() && prior.Has(key) ? prior.Get(key) : Value::Null(element.type());
      CheckElement(members, before, element, planned.Get(key), path.Key(key));
    }
  }

  void CheckList(const Members& members, const Value& prior, const Value& config, const Value& planned,
                 const Path& path) {
    if (config.Elements().size() != planned.Elements().size()) return Breach(path);
    for (std::size_t i = 0; i < config.Elements().size(); ++i) {
      const Value& element = config.Elements()[i];
      const bool matched = prior.is_set() && i < prior.Elements().size();
      CheckElement(members, matched ? prior.Elements()[i] : Value::Null(element.type()), element, planned.Elements()[i],
                   path.Index(static_cast<std::int64_t>(i)));
    }
  }

  // Elements have no counterpart by position, so each must fit to some.
  static bool IsSetFor(const Members& members, const Value& config, const Value& planned) {
    const auto fits = [&](const Value& wanted, const Value& answer) {
      PlanRules rules;
      rules.CheckElement(members, Value::Null(wanted.type()), wanted, answer, Path());
      return rules.Take().empty();
    };
    const auto& all_wanted = config.Elements();
    const auto& answers = planned.Elements();
    return std::all_of(all_wanted.begin(), all_wanted.end(),
                       [&](const Value& wanted) {
                         return std::any_of(answers.begin(), answers.end(),
                                            [&](const Value& answer) { return fits(wanted, answer); });
                       }) &&
           std::all_of(answers.begin(), answers.end(), [&](const Value& answer) {
             return std::any_of(all_wanted.begin(), all_wanted.end(),
                                [&](const Value& wanted) { return fits(wanted, answer); });
           });
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
    case Type::Kind::kObject:
    case Type::Kind::kMap: {
      if (earlier.Entries().size() != later.Entries().size()) return breach();
      const bool is_map = earlier.type().kind() == Type::Kind::kMap;
      for (const auto& [name, member] : earlier.Entries()) {
        if (!later.Has(name)) return breach();
        CheckRefined(member, later.Get(name), is_map ? path.Key(name) : path.Attribute(name), breaches);
      }
      return;
    }
    case Type::Kind::kList:
    case Type::Kind::kTuple:
      if (earlier.Elements().size() != later.Elements().size()) return breach();
      for (std::size_t i = 0; i < earlier.Elements().size(); ++i) {
        CheckRefined(earlier.Elements()[i], later.Elements()[i], path.Index(static_cast<std::int64_t>(i)), breaches);
      }
      return;
    case Type::Kind::kSet: {
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

std::vector<std::string> PlanBreaches(const Schema& schema, const Value& prior, const Value& config,
                                      const Value& planned) {
  PlanRules rules;
  if (config.is_set() && planned.is_set()) {
    rules.CheckObject({schema.attributes, schema.blocks}, Unrefined(prior), Unrefined(config), Unrefined(planned),
                      Path());
  } else if (!(planned == config)) {
    rules.Breach(Path());  // an object is planned away, or out of nothing
  }
  return rules.Take();
}

std::vector<std::string> RefinementBreaches(const Value& earlier, const Value& later) {
  std::vector<std::string> breaches;
  CheckRefined(earlier, later, Path(), breaches);
  return breaches;
}

std::vector<std::string> WriteOnlyBreaches(const Schema& schema, const Value& value) {
  std::vector<std::string> breaches;
  VisitBySchema(schema, value, [&](const AttributeVisit& visit) {
    if (visit.attribute.write_only && !visit.value.is_null()) breaches.push_back(visit.path.ToString());
  });
  return breaches;
}

std::vector<std::string> UnknownBreaches(const Value& state) {
  std::vector<std::string> breaches;
  for (const Path& path : UnknownIn(state)) breaches.push_back(path.ToString());
  return breaches;
}

}  // namespace tfcpp::test
