// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/codec/proto_value.h"

#include "tfcpp/codec/msgpack.h"
#include "tfcpp/codec/state_json.h"

namespace tfcpp {

tfplugin6::DynamicValue ToProto(const Value& value, const Type& type) {
  tfplugin6::DynamicValue message;
  message.set_msgpack(EncodeMsgpack(value, type));
  return message;
}

Result<Value> FromProto(const tfplugin6::DynamicValue& message, const Type& type) {
  if (message.msgpack().empty() && !message.json().empty()) return DecodeStateJson(message.json(), type);
  return DecodeMsgpack(message.msgpack(), type);
}

}  // namespace tfcpp
