// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/value/value.h"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <variant>

#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace tfcpp {

struct Value::Node {
  struct NullForm {};
  struct UnknownForm {
    bool not_null = false;
  };
  Type type;
  std::variant<NullForm, UnknownForm, std::string, bool, Number, std::vector<Value>, Members> form;
  bool wholly_known = true;
};

namespace {

bool AllWhollyKnown(const std::vector<Value>& elements) {
  return std::all_of(elements.begin(), elements.end(), [](const Value& element) { return element.is_wholly_known(); });
}
bool AllWhollyKnown(const Value::Members& members) {
  return std::all_of(members.begin(), members.end(),
                     [](const auto& member) { return member.second.is_wholly_known(); });
}

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::string Quote(const std::string& text) { return Json::String(text).Write(); }

// Null < unknown < known; then the members of each kind in order.
int Rank(const Value& value) {
  if (value.is_null()) return 0;
  return value.is_known() ? 2 : 1;
}

// Names of attributes are the schema's, so they may be told; keys of a map may not.
std::string NoMember(const Value& value, std::string_view name) {
  std::string text = Concat("Value: no member ", name);
  if (value.type().kind() != Type::Kind::kObject) return text;
  std::vector<std::string> names;
  for (const auto& [other, member] : value.Entries()) names.push_back(other);
  return Concat(text, " among ", Join(names, ", "));
}

}  // namespace

Value::Value() {
  static const std::shared_ptr<const Node> kNull =
      std::make_shared<const Node>(Node{Type::Dynamic(), Node::NullForm{}});
  node_ = kNull;
}

Value Value::Null(Type type) { return Value(std::make_shared<const Node>(Node{std::move(type), Node::NullForm{}})); }
Value Value::Unknown(Type type, bool not_null) {
  return Value(std::make_shared<const Node>(Node{std::move(type), Node::UnknownForm{not_null}, false}));
}
Value Value::String(std::string text) {
  return Value(std::make_shared<const Node>(Node{Type::String(), std::move(text)}));
}
Value Value::Bool(bool value) { return Value(std::make_shared<const Node>(Node{Type::Bool(), value})); }
Value Value::Int(std::int64_t value) { return Num(Number(value)); }
Value Value::Num(Number number) { return Value(std::make_shared<const Node>(Node{Type::Number(), std::move(number)})); }
Value Value::List(Type element, std::vector<Value> elements) {
  const bool known = AllWhollyKnown(elements);
  return Value(std::make_shared<const Node>(Node{Type::List(std::move(element)), std::move(elements), known}));
}
Value Value::Set(Type element, std::vector<Value> elements) {
  std::sort(elements.begin(), elements.end());
  // Elements with unknown parts may turn out different although they look the same now, so they all stay.
  elements.erase(std::unique(elements.begin(), elements.end(),
                             [](const Value& a, const Value& b) { return a.is_wholly_known() && a == b; }),
                 elements.end());
  const bool known = AllWhollyKnown(elements);
  return Value(std::make_shared<const Node>(Node{Type::Set(std::move(element)), std::move(elements), known}));
}
Value Value::Map(Type element, Members elements) {
  const bool known = AllWhollyKnown(elements);
  return Value(std::make_shared<const Node>(Node{Type::Map(std::move(element)), std::move(elements), known}));
}
Value Value::Object(Members attributes) {
  Type::AttributeMap types;
  for (const auto& [name, attribute] : attributes) types.emplace(name, attribute.type());
  const bool known = AllWhollyKnown(attributes);
  return Value(std::make_shared<const Node>(Node{Type::Object(std::move(types)), std::move(attributes), known}));
}
Value Value::Tuple(std::vector<Value> elements) {
  std::vector<Type> types;
  for (const Value& element : elements) types.push_back(element.type());
  const bool known = AllWhollyKnown(elements);
  return Value(std::make_shared<const Node>(Node{Type::Tuple(std::move(types)), std::move(elements), known}));
}

const Type& Value::type() const { return node_->type; }
bool Value::is_null() const { return std::holds_alternative<Node::NullForm>(node_->form); }
bool Value::is_known() const { return !std::holds_alternative<Node::UnknownForm>(node_->form); }
bool Value::is_wholly_known() const { return node_->wholly_known; }
bool Value::may_be_null() const {
  if (const auto* unknown = std::get_if<Node::UnknownForm>(&node_->form)) return !unknown->not_null;
  return is_null();
}

const std::string& Value::AsString() const {
  if (const auto* text = std::get_if<std::string>(&node_->form)) return *text;
  throw std::logic_error("Value: no known string");
}
bool Value::AsBool() const {
  if (const auto* value = std::get_if<bool>(&node_->form)) return *value;
  throw std::logic_error("Value: no known bool");
}
const Number& Value::AsNumber() const {
  if (const auto* number = std::get_if<Number>(&node_->form)) return *number;
  throw std::logic_error("Value: no known number");
}
const std::vector<Value>& Value::Elements() const {
  if (const auto* elements = std::get_if<std::vector<Value>>(&node_->form)) return *elements;
  throw std::logic_error("Value: no known list, set or tuple");
}
const Value::Members& Value::Entries() const {
  if (const auto* members = std::get_if<Members>(&node_->form)) return *members;
  throw std::logic_error("Value: no known map or object");
}
const Value& Value::Get(std::string_view name) const {
  const Members& members = Entries();
  const auto found = members.find(name);
  if (found == members.end()) throw std::logic_error(NoMember(*this, name));
  return found->second;
}
bool Value::Has(std::string_view name) const {
  const auto* members = std::get_if<Members>(&node_->form);
  return members != nullptr && members->find(name) != members->end();
}
Value Value::With(std::string_view name, Value member) const {
  Members members = Entries();
  members.insert_or_assign(std::string(name), std::move(member));
  return type().kind() == Type::Kind::kMap ? Map(type().element(), std::move(members)) : Object(std::move(members));
}

std::string Value::ToString() const {
  if (is_null()) return "null";
  if (!is_known()) return may_be_null() ? "?" : "?!";
  if (std::holds_alternative<std::string>(node_->form)) return Quote(AsString());
  if (std::holds_alternative<bool>(node_->form)) return AsBool() ? "true" : "false";
  if (std::holds_alternative<Number>(node_->form)) return AsNumber().ToString();
  std::vector<std::string> parts;
  if (const auto* members = std::get_if<Members>(&node_->form)) {
    for (const auto& [name, member] : *members) {
      parts.push_back(Concat(IsName(name) ? name : Quote(name), ": ", member.ToString()));
    }
    return Concat("{", Join(parts, ", "), "}");
  }
  for (const Value& element : Elements()) parts.push_back(element.ToString());
  return Concat("[", Join(parts, ", "), "]");
}

bool operator==(const Value& a, const Value& b) {
  if (a.node_ == b.node_) return true;
  if (Rank(a) != Rank(b) || a.type() != b.type()) return false;
  if (a.is_null()) return true;
  if (!a.is_known()) return a.may_be_null() == b.may_be_null();
  if (const auto* text = std::get_if<std::string>(&a.node_->form)) return *text == b.AsString();
  if (const auto* flag = std::get_if<bool>(&a.node_->form)) return *flag == b.AsBool();
  if (const auto* number = std::get_if<Number>(&a.node_->form)) return *number == b.AsNumber();
  if (const auto* members = std::get_if<Value::Members>(&a.node_->form)) return *members == b.Entries();
  return a.Elements() == b.Elements();
}

bool operator<(const Value& a, const Value& b) {
  if (a.node_ == b.node_) return false;
  if (Rank(a) != Rank(b)) return Rank(a) < Rank(b);
  // Elements of one set have one type, unless it is dynamic.
  if (a.type() != b.type()) return a.type().ToJson() < b.type().ToJson();
  if (a.is_null()) return false;
  if (!a.is_known()) return a.may_be_null() && !b.may_be_null();
  if (const auto* text = std::get_if<std::string>(&a.node_->form)) return *text < b.AsString();
  if (const auto* flag = std::get_if<bool>(&a.node_->form)) return !*flag && b.AsBool();
  if (const auto* number = std::get_if<Number>(&a.node_->form)) return *number < b.AsNumber();
  if (const auto* members = std::get_if<Value::Members>(&a.node_->form)) return *members < b.Entries();
  return a.Elements() < b.Elements();
}

}  // namespace tfcpp
