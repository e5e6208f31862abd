// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/plan_rules.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/value/path.h"

namespace tfcpp {
namespace {

struct Members {
  const std::vector<Attribute>& attributes;
  const std::vector<Block>& blocks;
};

// What is compared: of one place, or of the object around it.
struct Sides {
  const Value& config;
  const Value& prior;
  const Value& planned;
};

class Judge {
 public:
  std::vector<std::string> Take() { return std::move(breaches_); }

  void JudgeObject(const Members& members, const Path& path, const Sides& sides) {
    for (const Attribute& attribute : members.attributes) {
      const Value null = Value::Null(attribute.ImpliedType());
      JudgeAttribute(attribute, path.Attribute(attribute.name), MembersOf(sides, attribute.name, null));
    }
    for (const Block& block : members.blocks) {
      const Value null = Value::Null(block.ImpliedType());
      const Sides mine = MembersOf(sides, block.name, null);
      if (mine.planned == mine.config) continue;
      JudgeNested({block.attributes, block.blocks}, block.nesting, path.Attribute(block.name), mine);
    }
  }

 private:
  static const Value& MemberOf(const Value& object, std::string_view name, const Value& otherwise) {
    return object.Has(name) ? object.Get(name) : otherwise;
  }
  static Sides MembersOf(const Sides& sides, std::string_view name, const Value& null) {
    return {MemberOf(sides.config, name, null), MemberOf(sides.prior, name, null), MemberOf(sides.planned, name, null)};
  }

  void Breach(const Path& path, std::string_view how) { breaches_.push_back(Concat(path.ToString(), " ", how)); }

  void JudgeAttribute(const Attribute& attribute, const Path& path, const Sides& sides) {
    if (attribute.write_only) {
      if (sides.planned.is_set()) Breach(path, "is write-only, but planned with a value");
      return;
    }
    if (sides.planned == sides.config) return;
    if (sides.config.is_null()) {
      if (!attribute.computed()) Breach(path, "is planned with a value, but is neither configured nor computed");
      return;
    }
    if (!sides.config.is_known()) return JudgeUnknown(path, sides);
    if (sides.planned == sides.prior && !sides.prior.is_null() && sides.config.is_wholly_known()) return;
    if (const NestedObject* nested = attribute.nested()) {
      return JudgeNested({nested->attributes, {}}, nested->nesting, path, sides);
    }
    Breach(path, "is planned with another value than it is configured with");
  }

  // A plan may promise more of what is unknown, but not what it is.
  void JudgeUnknown(const Path& path, const Sides& sides) {
    if (sides.planned.is_known()) Breach(path, "is planned as known, but its configuration is not known yet");
  }

  // Planned and configured differ.
  void JudgeNested(const Members& members, Nesting nesting, const Path& path, const Sides& sides) {
    if (!sides.config.is_known()) return JudgeUnknown(path, sides);
    if (!sides.config.is_set() || !sides.planned.is_set()) {
      return Breach(path, "is planned with another value than it is configured with");
    }
    switch (nesting) {
      case Nesting::kSingle:
        return JudgeObject(members, path, sides);
      case Nesting::kMap:
        return JudgeMap(members, path, sides);
      case Nesting::kList:
        return JudgeList(members, path, sides);
      case Nesting::kSet:
        return JudgeSet(members, path, sides);
    }
  }

  void JudgeElement(const Members& members, const Path& path, const Sides& sides) {
    if (sides.planned != sides.config) JudgeNested(members, Nesting::kSingle, path, sides);
  }

  void JudgeMap(const Members& members, const Path& path, const Sides& sides) {
    const Value null = Value::Null(sides.config.type().element());
    for (const auto& [key, element] : sides.config.Entries()) {
      if (!sides.planned.Has(key)) {
        Breach(path.Key(key), "is configured, but not planned");
        continue;
      }
      JudgeElement(members, path.Key(key), {element, MemberOf(sides.prior, key, null), sides.planned.Get(key)});
    }
    for (const auto& [key, element] : sides.planned.Entries()) {
      if (!sides.config.Has(key)) Breach(path.Key(key), "is planned, but not configured");
    }
  }

  bool HasOtherSize(const Path& path, const Sides& sides) {
    if (sides.config.Elements().size() == sides.planned.Elements().size()) return false;
    Breach(path, "is planned with more or fewer elements than it is configured with");
    return true;
  }

  void JudgeList(const Members& members, const Path& path, const Sides& sides) {
    if (HasOtherSize(path, sides)) return;
    const Value null = Value::Null(sides.config.type().element());
    for (std::size_t i = 0; i < sides.config.Elements().size(); ++i) {
      const bool has_prior = sides.prior.is_set() && i < sides.prior.Elements().size();
      JudgeElement(
          members, path.Index(static_cast<std::int64_t>(i)),
          {sides.config.Elements()[i], has_prior ? sides.prior.Elements()[i] : null, sides.planned.Elements()[i]});
    }
  }

  // Elements of a set have no identity: a planned one is sound when it is so for any that is configured.
  void JudgeSet(const Members& members, const Path& path, const Sides& sides) {
    if (HasOtherSize(path, sides)) return;
    const Value null = Value::Null(sides.config.type().element());
    for (const Value& planned : sides.planned.Elements()) {
      const auto& configured = sides.config.Elements();
      const bool is_sound = std::any_of(configured.begin(), configured.end(), [&](const Value& config) {
        Judge other;
        other.JudgeElement(members, path, {config, null, planned});
        return other.breaches_.empty();
      });
      if (!is_sound) Breach(path.Element(planned), "is planned, but not configured");
    }
  }

  std::vector<std::string> breaches_;
};

}  // namespace

std::vector<std::string> PlanFaults(const Schema& schema, const Value& config, const Value& prior,
                                    const Value& planned) {
  Judge judge;
  judge.JudgeObject({schema.attributes, schema.blocks}, Path(), {config, prior, planned});
  return judge.Take();
}

}  // namespace tfcpp
