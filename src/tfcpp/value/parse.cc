// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/value/parse.h"

#include <cctype>
#include <string>
#include <utility>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace tfcpp {
namespace {

constexpr int kMaxDepth = 64;

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<Value> ParseAll(const Type& type) {
    TFCPP_ASSIGN_OR_RETURN(Value value, ParseOne(type, 0));
    SkipSpace();
    if (at_ != text_.size()) return Fail("text after the value");
    return value;
  }

 private:
  Error Fail(std::string_view what) const {
    return {.code = ErrorCode::kMalformed, .message = Concat(what, " at byte ", std::to_string(at_))};
  }
  void SkipSpace() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  bool Take(std::string_view token) {
    SkipSpace();
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }
  std::string_view TakeWord() {
    SkipSpace();
    const std::size_t begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) ||
                                  std::string_view("_+-.").find(text_[at_]) != std::string_view::npos)) {
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }
  Result<std::string> TakeQuoted() {
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size()) return Fail("unfinished string");
    ++at_;
    auto json = Json::Parse(text_.substr(begin, at_ - begin));
    if (!json.has_value()) return Fail("malformed string");
    return json->string();
  }
  bool AtQuote() {
    SkipSpace();
    return at_ < text_.size() && text_[at_] == '"';
  }

  Result<Value> ParseOne(const Type& type, int depth) {
    if (depth > kMaxDepth) return Fail("nested too deeply");
    if (Take("?!")) return Value::Unknown(type, true);
    if (Take("?")) return Value::Unknown(type);
    if (Take("[")) return ParseSequence(type, depth);
    if (Take("{")) return ParseMembers(type, depth);
    const bool any = type.kind() == Type::Kind::kDynamic;
    if (AtQuote()) {
      TFCPP_ASSIGN_OR_RETURN(std::string text, TakeQuoted());
      if (!any && type.kind() != Type::Kind::kString) return Fail("a string does not fit");
      return Value::String(std::move(text));
    }
    const std::string_view word = TakeWord();
    if (word == "null") return Value::Null(type);
    if (word == "true" || word == "false") {
      if (!any && type.kind() != Type::Kind::kBool) return Fail("a bool does not fit");
      return Value::Bool(word == "true");
    }
    auto number = Number::Parse(word);
    if (!number.has_value() || (!any && type.kind() != Type::Kind::kNumber)) return Fail("no value of the type");
    return Value::Num(*std::move(number));
  }

  Result<Value> ParseSequence(const Type& type, int depth) {
    std::vector<Value> elements;
    while (!Take("]")) {
      if (!elements.empty() && !Take(",")) return Fail("no comma");
      Type element = Type::Dynamic();
      if (type.kind() == Type::Kind::kTuple) {
        if (elements.size() >= type.tuple_elements().size()) return Fail("too many elements");
        element = type.tuple_elements()[elements.size()];
      } else if (type.kind() == Type::Kind::kList || type.kind() == Type::Kind::kSet) {
        element = type.element();
      }
      TFCPP_ASSIGN_OR_RETURN(Value value, ParseOne(element, depth + 1));
      elements.push_back(std::move(value));
    }
    switch (type.kind()) {
      case Type::Kind::kList:
        return Value::List(type.element(), std::move(elements));
      case Type::Kind::kSet:
        return Value::Set(type.element(), std::move(elements));
      case Type::Kind::kTuple:
        if (elements.size() != type.tuple_elements().size()) return Fail("too few elements");
        return Value::Tuple(std::move(elements));
      case Type::Kind::kDynamic:
        return Value::Tuple(std::move(elements));
      default:
        return Fail("a sequence does not fit");
    }
  }

  Result<Value> ParseMembers(const Type& type, int depth) {
    const bool object = type.kind() == Type::Kind::kObject;
    if (!object && type.kind() != Type::Kind::kMap && type.kind() != Type::Kind::kDynamic)
      return Fail("members do not fit");
    Value::Members members;
    if (object) {
      for (const auto& [name, attribute] : type.attributes()) members.emplace(name, Value::Null(attribute));
    }
    bool first = true;
    while (!Take("}")) {
      if (!std::exchange(first, false) && !Take(",")) return Fail("no comma");
      std::string name;
      if (AtQuote()) {
        TFCPP_ASSIGN_OR_RETURN(name, TakeQuoted());
      } else {
        name = TakeWord();
        if (name.empty()) return Fail("no member");
      }
      if (!Take(":")) return Fail("no colon");
      Type member = Type::Dynamic();
      if (type.kind() == Type::Kind::kMap) member = type.element();
      if (object) {
        const auto found = type.attributes().find(name);
        if (found == type.attributes().end()) return Fail(Concat("no attribute ", name));
        member = found->second;
      }
      TFCPP_ASSIGN_OR_RETURN(Value value, ParseOne(member, depth + 1));
      members.insert_or_assign(std::move(name), std::move(value));
    }
    if (type.kind() == Type::Kind::kMap) return Value::Map(type.element(), std::move(members));
    return Value::Object(std::move(members));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<Value> ParseValue(std::string_view text, const Type& type) { return Parser(text).ParseAll(type); }

}  // namespace tfcpp
