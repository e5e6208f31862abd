// Json: a JSON value. Numbers keep their text, so nothing is lost on the way. RapidJSON stays inside json.cc.
//
//   TFCPP_ASSIGN_OR_RETURN(Json body, Json::Parse(text));
//   if (const Json* id = body.Find("id"); id && id->is_string()) Use(id->string());
//   Json::Object({{"id", Json::String("7")}, {"events", Json::Array({...})}}).Write();
//
// Thread safety: a value type. Misuse (string() of a number) throws std::logic_error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace tfcpp {

class Json {
 public:
  using Members = std::vector<std::pair<std::string, Json>>;

  Json() = default;  // null
  static Json Null() { return Json(); }
  static Json Bool(bool value);
  static Json String(std::string text);
  static Json Int(std::int64_t value);
  static Json NumberText(std::string text);  // a JSON number as it is to be written
  static Json Array(std::vector<Json> elements);
  static Json Object(Members members);

  // Errors are kMalformed, name the offset and never show the text. At most 64 levels of nesting.
  static Result<Json> Parse(std::string_view text);
  std::string Write() const;  // compact; members in their order

  bool is_null() const;
  bool is_bool() const;
  bool is_string() const;
  bool is_number() const;
  bool is_array() const;
  bool is_object() const;

  bool boolean() const;
  const std::string& string() const;
  const std::string& number_text() const;
  std::optional<std::int64_t> AsInt64() const;  // of a whole number, or of a string of digits (proto3's form of int64)
  const std::vector<Json>& elements() const;
  const Members& members() const;

  // A member of an object; null when this is no object or has no such member. Of repeated members, the last.
  const Json* Find(std::string_view name) const;
  // The member's text when it is a string; else nullopt.
  std::optional<std::string> FindString(std::string_view name) const;

  friend bool operator==(const Json&, const Json&) = default;

 private:
  struct NumberForm {
    std::string text;
    friend bool operator==(const NumberForm&, const NumberForm&) = default;
  };
  std::variant<std::monostate, bool, NumberForm, std::string, std::vector<Json>, Members> form_;
};

}  // namespace tfcpp
