// SPDX-License-Identifier: Apache-2.0
// Cursor: where a decoder is, as a chain of stack frames, so that a path costs something only when there is an error.
//
//   Cursor here;                          // the root
//   Cursor child = here.Attribute("url");  // lives no longer than `here`
//   return child.Fail("a string is required");   // http_url_spec.url: a string is required
//
// Thread safety: a value type; it refers to its parent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tfcpp/base/result.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/value/path.h"

namespace tfcpp {

class Cursor {
 public:
  Cursor() = default;
  Cursor Attribute(std::string_view name) const { return Cursor(this, Step::kAttribute, name, 0); }
  Cursor Key(std::string_view key) const { return Cursor(this, Step::kKey, key, 0); }
  Cursor Index(std::size_t index) const { return Cursor(this, Step::kIndex, {}, static_cast<std::int64_t>(index)); }
  Cursor Element() const { return Cursor(this, Step::kElement, {}, 0); }

  tfcpp::Path Path() const {
    if (parent_ == nullptr) return tfcpp::Path();
    const tfcpp::Path before = parent_->Path();
    switch (step_) {
      case Step::kAttribute:
        return before.Attribute(name_);
      case Step::kKey:
        return before.Key(name_);
      case Step::kIndex:
        return before.Index(index_);
      case Step::kElement:
        break;
    }
    return before.Element(Value());
  }

  Error Fail(std::string_view what) const {
    const std::string where = Path().ToString();
    return {.code = ErrorCode::kMalformed,
            .message = ToValidUtf8(where.empty() ? std::string(what) : Concat(where, ": ", what)),
            .reason = {}};
  }

 private:
  enum class Step { kAttribute, kKey, kIndex, kElement };
  Cursor(const Cursor* parent, Step step, std::string_view name, std::int64_t index)
      : parent_(parent), step_(step), name_(name), index_(index) {}

  const Cursor* parent_ = nullptr;
  Step step_ = Step::kAttribute;
  std::string_view name_;
  std::int64_t index_ = 0;
};

}  // namespace tfcpp
