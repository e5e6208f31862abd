// Values on the wire: a line with their type, then MessagePack. What is decoded can be encoded, and is the same again.
#include "tfcpp/codec/msgpack.h"

#include "any_type.h"
#include "fuzz.h"
#include "tfcpp/value/parse.h"

namespace fuzz {

void Run(std::string_view input) {
  Lines lines(input);
  const auto type = TakeType(lines);
  if (!type.has_value()) return;
  const auto value = tfcpp::DecodeMsgpack(Plant(lines.TakeRest()), *type);
  if (!value.has_value()) {
    Require(value.error().code == tfcpp::ErrorCode::kMalformed, "an error is kMalformed");
    return;
  }
  const std::string bytes = tfcpp::EncodeMsgpack(*value, *type);
  const auto again = tfcpp::DecodeMsgpack(bytes, *type);
  Require(again.has_value(), "what is encoded can be decoded");
  Require(*again == *value, "what is encoded is the same value");
  Require(tfcpp::EncodeMsgpack(*again, *type) == bytes, "encoding is stable");
  if (type->has_dynamic()) return;  // the notation does not tell a list from a tuple
  const auto read = tfcpp::ParseValue(value->ToString(), *type);
  Require(read.has_value() && *read == *value, "the notation of a value is that value");
}

}  // namespace fuzz
