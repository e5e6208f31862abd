// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/value/path.h"

#include "tfcpp/json/json.h"

namespace tfcpp {

std::string Path::ToString() const {
  std::string text;
  for (const PathStep& step : steps_) {
    if (const auto* attribute = std::get_if<AttributeStep>(&step)) {
      if (!text.empty()) text += ".";
      text += attribute->name;
    } else if (const auto* key = std::get_if<KeyStep>(&step)) {
      text += "[" + Json::String(key->key).Write() + "]";
    } else if (const auto* index = std::get_if<IndexStep>(&step)) {
      text += "[" + std::to_string(index->index) + "]";
    } else {
      text += "[...]";
    }
  }
  return text;
}

}  // namespace tfcpp
