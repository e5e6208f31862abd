// SPDX-License-Identifier: Apache-2.0
// Secret: a string that cannot be printed, compared for logging or streamed by accident.
//
//   Secret token(std::move(text));
//   header = "Bearer " + token.Reveal();   // every use of the text is a grep for Reveal
//
// Thread safety: as std::string.
#pragma once

#include <string>
#include <utility>

namespace tfcpp {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}

  const std::string& Reveal() const { return text_; }
  bool empty() const { return text_.empty(); }

  friend bool operator==(const Secret&, const Secret&) = default;

 private:
  std::string text_;
};

}  // namespace tfcpp
