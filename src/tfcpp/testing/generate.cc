// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/testing/generate.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tfcpp::test {
namespace {

using Elements = std::vector<Value>;

// True once in `n` times.
bool OneIn(Random& random, unsigned n) { return random() % n == 0; }

std::string AnyKey(Random& random) { return "k" + std::to_string(random() % 3); }

Value GenerateCollection(const Type& type, const Attribute& attribute, Random& random, const Sources& sources) {
  unsigned count = random() % 4;
  // All elements have one type.
  if (type.element().has_dynamic()) count = std::min(count, 1u);
  Elements elements;
  for (; count > 0; --count) elements.push_back(GenerateValue(type.element(), attribute, random, sources));
  const Type element = elements.empty() ? type.element() : elements.front().type();
  if (type.kind() == Type::Kind::kList) return Value::List(element, std::move(elements));
  if (type.kind() == Type::Kind::kSet) return Value::Set(element, std::move(elements));
  Value::Members members;
  for (const Value& each : elements) members.insert_or_assign(AnyKey(random), each);
  return Value::Map(element, std::move(members));
}

struct Count {
  std::int64_t least = 0;
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

template <class MakeObject>
Value GenerateNested(Nesting nesting, const Type& object, Count count, Random& random, MakeObject make) {
  if (nesting == Nesting::kSingle) return make();
  Elements elements;
  for (auto i = std::clamp<std::int64_t>(random() % 4, count.least, count.most); i > 0; --i) elements.push_back(make());
  if (nesting == Nesting::kList) return Value::List(object, std::move(elements));
  if (nesting == Nesting::kSet) return Value::Set(object, std::move(elements));
  Value::Members members;
  for (Value& element : elements) members.insert_or_assign(AnyKey(random), std::move(element));
  return Value::Map(object, std::move(members));
}

class Generator {
 public:
  Generator(Random& random, const Sources& sources) : random_(random), sources_(sources) {}

  Value MakeObject(const std::vector<Attribute>& attributes, const std::vector<Block>& blocks, const Path& path) {
    Value::Members members;
    for (const Attribute& attribute : attributes) {
      members.emplace(attribute.name, MakeAttribute(attribute, path.Attribute(attribute.name)));
    }
    for (const Block& block : blocks) {
      Count count{.least = block.min_items};
      if (block.max_items > 0) count.most = std::max(block.max_items, count.least);
      if (sources_.required_only) count.most = count.least;
      const Path at = path.Attribute(block.name);
      members.emplace(block.name,
                      GenerateNested(block.nesting, ObjectTypeOf(block.attributes, block.blocks), count, random_,
                                     [&] { return MakeObject(block.attributes, block.blocks, at); }));
    }
    return Value::Object(std::move(members));
  }

 private:
  Value MakeAttribute(const Attribute& attribute, const Path& path) {
    Value null = Value::Null(attribute.ImpliedType());
    if (attribute.read_only()) return null;
    if (sources_.values) {
      if (auto given = sources_.values(path, attribute, random_)) return *std::move(given);
    }
    if (!attribute.required() && (sources_.required_only || OneIn(random_, 3))) return null;
    if (const NestedObject* nested = attribute.nested()) {
      return GenerateNested(nested->nesting, ObjectTypeOf(nested->attributes, {}), Count{}, random_,
                            [&] { return MakeObject(nested->attributes, {}, path); });
    }
    return GenerateValue(std::get<Type>(attribute.type), attribute, random_, sources_);
  }

  Random& random_;
  const Sources& sources_;
};

class Blurrer {
 public:
  explicit Blurrer(Random& random) : random_(random) {}

  Value BlurObject(const std::vector<Attribute>& attributes, const std::vector<Block>& blocks, const Value& object) {
    Value blurred = object;
    for (const Attribute& attribute : attributes) {
      if (attribute.read_only()) continue;
      blurred = blurred.With(attribute.name, BlurAttribute(attribute, object.Get(attribute.name)));
    }
    for (const Block& block : blocks) {
      blurred = blurred.With(block.name, BlurNested(block.nesting, object.Get(block.name), [&](const Value& element) {
                               return BlurObject(block.attributes, block.blocks, element);
                             }));
    }
    return blurred;
  }

 private:
  Value BlurAttribute(const Attribute& attribute, const Value& value) {
    const Type type = attribute.ImpliedType();
    if (OneIn(random_, 4)) {
      const bool not_null = !value.is_null() && OneIn(random_, 2);
      return Value::Unknown(type, not_null && type.kind() != Type::Kind::kDynamic);
    }
    const NestedObject* nested = attribute.nested();
    if (nested == nullptr) return value;
    return BlurNested(nested->nesting, value,
                      [&](const Value& element) { return BlurObject(nested->attributes, {}, element); });
  }

  template <class BlurElement>
  static Value BlurNested(Nesting nesting, const Value& value, const BlurElement& blur) {
    if (!value.is_set()) return value;
    if (nesting == Nesting::kSingle) return blur(value);
    if (nesting == Nesting::kMap) {
      Value::Members members;
      for (const auto& [key, element] : value.Entries()) members.emplace(key, blur(element));
      return Value::Map(value.type().element(), std::move(members));
    }
    Elements elements;
    for (const Value& element : value.Elements()) elements.push_back(blur(element));
    return nesting == Nesting::kList ? Value::List(value.type().element(), std::move(elements))
                                     : Value::Set(value.type().element(), std::move(elements));
  }

  Random& random_;
};

}  // namespace

std::string AnyText(const Attribute&, Random& random) {
  static const char* const kTexts[] = {"", "a", "b", "long text", "\xc3\xa9", "\"quoted\"\n"};
  return kTexts[random() % std::size(kTexts)];
}

Number AnyNumber(Random& random) {
  static const char* const kNumbers[] = {"0", "1", "-7", "1.5", "0.1", "18446744073709551615", "1e400"};
  return Number::Parse(kNumbers[random() % std::size(kNumbers)]).value();
}

Value GenerateValue(const Type& type, const Attribute& attribute, Random& random, const Sources& sources) {
  const auto generate = [&](const Type& part) { return GenerateValue(part, attribute, random, sources); };
  switch (type.kind()) {
    case Type::Kind::kString:
      return Value::String(sources.texts(attribute, random));
    case Type::Kind::kNumber:
      return Value::Num(sources.numbers(random));
    case Type::Kind::kBool:
      return Value::Bool(OneIn(random, 2));
    case Type::Kind::kDynamic:
      return OneIn(random, 2)
                 ? Value::String(sources.texts(attribute, random))
                 : Value::Tuple({generate(Type::Number()), Value::Object({{"deep", generate(Type::Bool())}})});
    case Type::Kind::kList:
    case Type::Kind::kSet:
    case Type::Kind::kMap:
      return GenerateCollection(type, attribute, random, sources);
    case Type::Kind::kObject: {
      Value::Members members;
      for (const auto& [name, member] : type.attributes()) members.emplace(name, generate(member));
      return Value::Object(std::move(members));
    }
    case Type::Kind::kTuple: {
      Elements elements;
      for (const Type& element : type.tuple_elements()) elements.push_back(generate(element));
      return Value::Tuple(std::move(elements));
    }
  }
  return Value::Null(type);
}

Value GenerateConfig(const Schema& schema, Random& random, const Sources& sources) {
  return Generator(random, sources).MakeObject(schema.attributes, schema.blocks, Path());
}

Value Blur(const Schema& schema, const Value& config, Random& random) {
  return Blurrer(random).BlurObject(schema.attributes, schema.blocks, config);
}

}  // namespace tfcpp::test
