// Values in state files: a line with their type, then JSON. What is decoded can be encoded, and is the same again.
#include "tfcpp/codec/state_json.h"

#include "any_type.h"
#include "fuzz.h"

namespace fuzz {

void Run(std::string_view input) {
  Lines lines(input);
  const auto type = TakeType(lines);
  if (!type.has_value()) return;
  const auto value = tfcpp::DecodeStateJson(lines.TakeRest(), *type);
  if (!value.has_value()) {
    Require(value.error().code == tfcpp::ErrorCode::kMalformed, "an error is kMalformed");
    return;
  }
  Require(value->is_wholly_known(), "a state has no unknown values");
  if (type->kind() == tfcpp::Type::Kind::kDynamic) return;  // JSON as it is: not the inverse of encoding
  const std::string json = tfcpp::EncodeStateJson(*value, *type);
  const auto again = tfcpp::DecodeStateJson(json, *type);
  Require(again.has_value(), "what is encoded can be decoded");
  Require(*again == *value, "what is encoded is the same value");
  Require(tfcpp::EncodeStateJson(*again, *type) == json, "encoding is stable");
}

}  // namespace fuzz
