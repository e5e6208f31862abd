// JSON: what is parsed can be written, and means the same again.
#include "json/json.h"

#include "base/strings.h"
#include "fuzz.h"

namespace fuzz {
namespace {

using tfcpp::Json;

void RequireSound(const Json& json) {
  if (json.is_string()) Require(tfcpp::IsValidUtf8(json.string()), "strings are UTF-8");
  if (json.is_array()) {
    for (const Json& element : json.elements()) RequireSound(element);
  }
  if (!json.is_object()) return;
  for (const auto& [name, member] : json.members()) {
    Require(tfcpp::IsValidUtf8(name), "names are UTF-8");
    Require(json.Find(name) != nullptr, "a member is found by its name");
    RequireSound(member);
  }
}

}  // namespace

void Run(std::string_view input) {
  const auto json = Json::Parse(Plant(input));
  if (!json.has_value()) {
    Require(json.error().code == tfcpp::ErrorCode::kMalformed, "an error is kMalformed");
    return RequireReadable(json.error().message, "the error");
  }
  RequireSound(*json);
  const std::string written = json->Write();
  const auto again = Json::Parse(written);
  Require(again.has_value(), "what is written can be parsed");
  Require(*again == *json, "what is written means the same");
  Require(again->Write() == written, "writing is stable");
}

}  // namespace fuzz
