#include "proposed.h"

#include <string>
#include <utility>
#include <vector>

namespace conformance {
namespace {

using tfcpp::Attribute;
using tfcpp::NestedObject;
using tfcpp::Nesting;
using tfcpp::Value;

Value ProposeObject(const std::vector<Attribute>& attributes, const Value& prior, const Value& config);

Value ProposeNested(const NestedObject& nested, const Value& prior, const Value& config) {
  if (!config.is_set()) return config;
  const Value none = Value::Null(tfcpp::ObjectTypeOf(nested.attributes, {}));
  switch (nested.nesting) {
    case Nesting::kSingle:
      return ProposeObject(nested.attributes, prior, config);
    case Nesting::kList: {
      std::vector<Value> elements;
      for (std::size_t i = 0; i < config.Elements().size(); ++i) {
        const bool matched = prior.is_set() && i < prior.Elements().size();
        elements.push_back(
            ProposeObject(nested.attributes, matched ? prior.Elements()[i] : none, config.Elements()[i]));
      }
      return Value::List(config.type().element(), std::move(elements));
    }
    case Nesting::kMap: {
      Value::Members elements;
      for (const auto& [key, element] : config.Entries()) {
        const bool matched = prior.is_set() && prior.Has(key);
        elements.emplace(key, ProposeObject(nested.attributes, matched ? prior.Get(key) : none, element));
      }
      return Value::Map(config.type().element(), std::move(elements));
    }
    case Nesting::kSet:
      break;
  }
  return config;
}

Value ProposeObject(const std::vector<Attribute>& attributes, const Value& prior, const Value& config) {
  if (!config.is_set()) return config;
  Value proposed = config;
  for (const Attribute& attribute : attributes) {
    const Value& configured = config.Get(attribute.name);
    const Value before = prior.is_set() ? prior.Get(attribute.name) : Value::Null(attribute.ImpliedType());
    if (attribute.computed() && configured.is_null()) {
      proposed = proposed.With(attribute.name, before);
    } else if (const NestedObject* nested = attribute.nested()) {
      proposed = proposed.With(attribute.name, ProposeNested(*nested, before, configured));
    }
  }
  return proposed;
}

}  // namespace

Value ProposedNewState(const tfcpp::Schema& schema, const Value& prior, const Value& config) {
  return ProposeObject(schema.attributes, prior, config);
}

}  // namespace conformance
