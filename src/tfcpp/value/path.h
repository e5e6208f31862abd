// SPDX-License-Identifier: Apache-2.0
// Path: where in a value something is, as data. http_url_spec.url is Path("http_url_spec").Attribute("url").
//
// Thread safety: a value type.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tfcpp/value/value.h"

namespace tfcpp {

struct AttributeStep {
  std::string name;
  friend bool operator==(const AttributeStep&, const AttributeStep&) = default;
};
struct KeyStep {  // an element of a map
  std::string key;
  friend bool operator==(const KeyStep&, const KeyStep&) = default;
};
struct IndexStep {  // an element of a list or tuple
  std::int64_t index = 0;
  friend bool operator==(const IndexStep&, const IndexStep&) = default;
};
struct ElementStep {  // an element of a set, which is its own key; it has no form on the wire
  Value element;
  friend bool operator==(const ElementStep&, const ElementStep&) = default;
};
using PathStep = std::variant<AttributeStep, KeyStep, IndexStep, ElementStep>;

class Path {
 public:
  Path() = default;
  explicit Path(std::string_view attribute) { steps_.push_back(AttributeStep{std::string(attribute)}); }

  Path Attribute(std::string_view name) const { return Append(AttributeStep{std::string(name)}); }
  Path Key(std::string_view key) const { return Append(KeyStep{std::string(key)}); }
  Path Index(std::int64_t index) const { return Append(IndexStep{index}); }
  Path Element(Value element) const { return Append(ElementStep{std::move(element)}); }

  const std::vector<PathStep>& steps() const { return steps_; }
  bool empty() const { return steps_.empty(); }

  // http_url_spec.url, tags["a"], list[0], set[...]: a set's element is not spelled out, it may be a secret.
  std::string ToString() const;

  friend bool operator==(const Path&, const Path&) = default;

 private:
  Path Append(PathStep step) const {
    Path longer = *this;
    longer.steps_.push_back(std::move(step));
    return longer;
  }
  std::vector<PathStep> steps_;
};

}  // namespace tfcpp
