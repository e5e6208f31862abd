#include "generate.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace conformance {
namespace {

using tfcpp::Attribute;
using tfcpp::Block;
using tfcpp::NestedObject;
using tfcpp::Nesting;
using tfcpp::Number;
using tfcpp::Type;
using tfcpp::Value;

// True once in `n` times.
bool OneIn(Random& random, unsigned n) { return random() % n == 0; }

Value GenerateValue(const Type& type, Random& random, const std::function<std::string()>& text) {
  const auto elements = [&] {
    std::vector<Value> values;
    for (unsigned i = random() % 4; i > 0; --i) values.push_back(GenerateValue(type.element(), random, text));
    return values;
  };
  switch (type.kind()) {
    case Type::Kind::kString:
      return Value::String(text());
    case Type::Kind::kNumber: {
      static const char* const kNumbers[] = {"0", "1", "-7", "1.5", "0.1", "18446744073709551615", "1e400"};
      return Value::Num(Number::Parse(kNumbers[random() % std::size(kNumbers)]).value());
    }
    case Type::Kind::kBool:
      return Value::Bool(OneIn(random, 2));
    case Type::Kind::kDynamic:
      return OneIn(random, 2) ? Value::String(text())
                              : Value::Tuple({GenerateValue(Type::Number(), random, text),
                                              Value::Object({{"deep", GenerateValue(Type::Bool(), random, text)}})});
    case Type::Kind::kList:
      return Value::List(type.element(), elements());
    case Type::Kind::kSet:
      return Value::Set(type.element(), elements());
    case Type::Kind::kMap: {
      Value::Members members;
      for (const Value& element : elements()) members.insert_or_assign("k" + std::to_string(random() % 3), element);
      return Value::Map(type.element(), std::move(members));
    }
    case Type::Kind::kObject:
    case Type::Kind::kTuple:
      break;
  }
  return Value::Null(type);
}

template <class MakeObject>
Value GenerateNested(Nesting nesting, const Type& object, Random& random, MakeObject make) {
  if (nesting == Nesting::kSingle) return make();
  std::vector<Value> elements;
  for (unsigned i = random() % 4; i > 0; --i) elements.push_back(make());
  if (nesting == Nesting::kList) return Value::List(object, std::move(elements));
  if (nesting == Nesting::kSet) return Value::Set(object, std::move(elements));
  Value::Members members;
  for (Value& element : elements) members.insert_or_assign("k" + std::to_string(random() % 3), std::move(element));
  return Value::Map(object, std::move(members));
}

Value GenerateObject(const std::vector<Attribute>& attributes, const std::vector<Block>& blocks, Random& random,
                     const Texts& texts) {
  Value::Members members;
  for (const Attribute& attribute : attributes) {
    const bool absent = attribute.mode == tfcpp::Mode::kComputed || (!attribute.required() && OneIn(random, 3));
    Value value = Value::Null(attribute.ImpliedType());
    if (absent) {
      // stays null
    } else if (const NestedObject* nested = attribute.nested()) {
      value = GenerateNested(nested->nesting, tfcpp::ObjectTypeOf(nested->attributes, {}), random,
                             [&] { return GenerateObject(nested->attributes, {}, random, texts); });
    } else {
      value = GenerateValue(std::get<Type>(attribute.type), random, [&] { return texts(attribute, random); });
    }
    members.emplace(attribute.name, std::move(value));
  }
  for (const Block& block : blocks) {
    members.emplace(block.name,
                    GenerateNested(block.nesting, tfcpp::ObjectTypeOf(block.attributes, block.blocks), random,
                                   [&] { return GenerateObject(block.attributes, block.blocks, random, texts); }));
  }
  return Value::Object(std::move(members));
}

Value BlurObject(const std::vector<Attribute>& attributes, const Value& object, Random& random);

Value BlurNested(const NestedObject& nested, const Value& value, Random& random) {
  if (!value.is_set()) return value;
  const auto blur = [&](const Value& element) { return BlurObject(nested.attributes, element, random); };
  if (nested.nesting == Nesting::kSingle) return blur(value);
  if (nested.nesting == Nesting::kMap) {
    Value::Members members;
    for (const auto& [key, element] : value.Entries()) members.emplace(key, blur(element));
    return Value::Map(value.type().element(), std::move(members));
  }
  std::vector<Value> elements;
  for (const Value& element : value.Elements()) elements.push_back(blur(element));
  return nested.nesting == Nesting::kList ? Value::List(value.type().element(), std::move(elements))
                                          : Value::Set(value.type().element(), std::move(elements));
}

Value BlurObject(const std::vector<Attribute>& attributes, const Value& object, Random& random) {
  Value blurred = object;
  for (const Attribute& attribute : attributes) {
    const Value& value = object.Get(attribute.name);
    if (attribute.mode == tfcpp::Mode::kComputed) continue;
    if (OneIn(random, 4)) {
      const bool not_null = !value.is_null() && OneIn(random, 2);
      blurred = blurred.With(
          attribute.name,
          Value::Unknown(attribute.ImpliedType(), not_null && attribute.ImpliedType().kind() != Type::Kind::kDynamic));
    } else if (const NestedObject* nested = attribute.nested()) {
      blurred = blurred.With(attribute.name, BlurNested(*nested, value, random));
    }
  }
  return blurred;
}

}  // namespace

std::string AnyText(const tfcpp::Attribute&, Random& random) {
  static const char* const kTexts[] = {"", "a", "b", "long text", "\xc3\xa9", "\"quoted\"\n"};
  return kTexts[random() % std::size(kTexts)];
}

Value GenerateConfig(const tfcpp::Schema& schema, Random& random, const Texts& texts) {
  return GenerateObject(schema.attributes, schema.blocks, random, texts);
}

Value Blur(const tfcpp::Schema& schema, const Value& config, Random& random) {
  return BlurObject(schema.attributes, config, random);
}

}  // namespace conformance
