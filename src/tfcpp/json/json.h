// SPDX-License-Identifier: Apache-2.0
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
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tfcpp/base/result.h"

namespace tfcpp {

// Error::reason of a text, or an answer, that has more than its reader takes.
inline constexpr char kTooLarge[] = "too_large";

// What Json::Parse takes and builds. A value takes up to 72 bytes however short its text, so texts from outside are
// bounded in both, and members that nobody will read are skipped.
struct JsonLimits {
  std::size_t bytes = 16u << 20;
  std::size_t values = 1'000'000;  // that are built
  // The names of the members to build, at every level; empty: all. Of the others in an object the first stays, as null,
  // so that an object never looks empty that is not; that one of them is there twice is then nobody's business. Must
  // outlive the call.
  std::span<const std::string_view> members = {};
};

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

  // Errors are kMalformed, name the offset and never show the text; kTooLarge is the reason of those about the limits.
  // At most 64 levels of nesting. Refused besides: half of a surrogate pair (\ud800), for there is no such character;
  // and an object that has a member twice, for each reader takes another one of the two (RFC 8259, section 4).
  static Result<Json> Parse(std::string_view text, const JsonLimits& limits = {});
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

  // A member of an object; null when this is no object or has no such member.
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
