// The type that an input begins with, for the codecs, which go by type: one line, a digit for one of a table, or the
// JSON form of any type.
#pragma once

#include <iterator>
#include <optional>
#include <string_view>

#include "fuzz.h"
#include "tfcpp/value/type.h"

namespace fuzz {

inline std::optional<tfcpp::Type> TakeType(Lines& lines) {
  static constexpr const char* kTypes[] = {
      R"("dynamic")",
      R"("string")",
      R"("number")",
      R"(["list","dynamic"])",
      R"(["set",["object",{"a":"string","b":"number"}]])",
      R"(["map",["tuple",["bool","dynamic"]]])",
      R"(["object",{"any":"dynamic","list":["list","number"],"map":["map","string"],"set":["set","string"]}])",
      R"(["object",{"events":["set","string"],"job_spec":["object",{"job_id":"string","version":"number"}]}])",
  };
  std::string_view line = lines.Take();
  if (line.size() == 1) return tfcpp::Type::FromJson(kTypes[Choose(line, std::size(kTypes))]).value();
  const auto type = tfcpp::Type::FromJson(line);
  if (!type.has_value()) return std::nullopt;
  const auto again = tfcpp::Type::FromJson(type->ToJson());
  Require(again.has_value() && *again == *type, "the JSON form of a type is that type");
  return *type;
}

}  // namespace fuzz
