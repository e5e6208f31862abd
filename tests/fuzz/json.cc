// JSON: what is parsed can be written, and means the same again.
#include "tfcpp/json/json.h"

#include "fuzz.h"
#include "tfcpp/base/strings.h"

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

constexpr std::string_view kTwice = "a member is there twice";

// The reader may be told which members matter; it is as strict about the others, but for one that is there twice, and
// sees the same in those.
void RequireSameInPart(const std::string& text, const tfcpp::Result<Json>& whole) {
  constexpr std::string_view kWanted[] = {"id", "a"};
  const auto part = Json::Parse(text, {.members = kWanted});
  const bool has_twice = !whole.has_value() && whole.error().message.find(kTwice) != std::string::npos;
  Require(part.has_value() == whole.has_value() || has_twice, "members that nobody reads are still JSON");
  if (!part.has_value() || !whole.has_value()) return;
  for (const std::string_view name : kWanted) {
    const Json* member = whole->Find(name);
    const Json* same = part->Find(name);
    Require(same != nullptr || member == nullptr, "a member that matters is there");
    if (member != nullptr && !member->is_array() && !member->is_object()) Require(*same == *member, "and is the same");
  }
}

}  // namespace

void Run(std::string_view input) {
  const std::string text = Plant(input);
  const auto json = Json::Parse(text);
  RequireSameInPart(text, json);
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
