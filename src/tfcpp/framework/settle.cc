// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/settle.h"

#include <utility>

#include "tfcpp/framework/schema_walk.h"

namespace tfcpp {
namespace {

bool MeansTheSame(const Attribute& attribute, const Value& state, const Value& remote) {
  if (state == remote) return true;
  return state.is_set() && remote.is_set() && attribute.equivalence.same && attribute.equivalence.same(state, remote);
}

// Nested objects are settled member by member where both sides have the same shape.
bool SameShape(const NestedObject& nested, const Value& planned, const Value& answer) {
  if (!planned.is_set() || !answer.is_set()) return false;
  switch (nested.nesting) {
    case Nesting::kSingle:
      return true;
    case Nesting::kMap: {
      if (planned.Entries().size() != answer.Entries().size()) return false;
      for (const auto& [key, element] : planned.Entries()) {
        if (!answer.Has(key)) return false;
      }
      return true;
    }
    case Nesting::kList:
    case Nesting::kSet:
      return planned.Elements().size() == answer.Elements().size();
  }
  return false;
}

class Settler {
 public:
  explicit Settler(OnBreach on_breach) : on_breach_(on_breach) {}

  Value operator()(const AttributeVisit& visit) {
    const Attribute& attribute = visit.attribute;
    const Value& planned = visit.prior;
    const Value& answer = visit.value;
    const Type type = attribute.ImpliedType();
    if (attribute.write_only) return Value::Null(type);
    if (attribute.may_be_left_out() && answer.is_null() && planned.is_set()) return planned;
    if (attribute.nested() != nullptr && SameShape(*attribute.nested(), planned, answer)) return answer;
    if (planned.is_wholly_known()) {
      if (MeansTheSame(attribute, planned, answer)) return planned;
      settled_.changed.push_back(visit.path);
      if (on_breach_ == OnBreach::kKeepPlanned) return planned;
    } else if (planned.is_set() && answer.is_null()) {
      settled_.changed.push_back(visit.path);  // what was planned cannot stay: a part of it is not known
    }
    if (answer.is_wholly_known()) return answer;
    settled_.unknown.push_back(visit.path);
    return Value::Null(type);
  }

  Settled Take(Value state) {
    settled_.state = std::move(state);
    return std::move(settled_);
  }

 private:
  OnBreach on_breach_;
  Settled settled_;
};

}  // namespace

Settled Settle(const Schema& schema, const Value& planned, const Value& answer, OnBreach on_breach) {
  Settler settler(on_breach);
  Value state = TransformBySchema(schema, answer, {.prior = planned},
                                  [&](const AttributeVisit& visit) { return settler(visit); });
  return settler.Take(std::move(state));
}

}  // namespace tfcpp
