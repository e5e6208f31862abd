// SPDX-License-Identifier: Apache-2.0
// Diagnostics in tests: matched by their texts and paths, and printed when an expectation fails. With gmock.
//
//   EXPECT_THAT(change.diagnostics, Told(ElementsAre(HasSubstr("at least 1 character"))));
//   EXPECT_THAT(change.diagnostics, ToldAt("spec.url", HasSubstr("https")));
//
// Thread safety: free functions only.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "tfcpp/testing/client.h"
#include "tfcpp/value/diagnostics.h"

namespace tfcpp {

inline void PrintTo(const Diagnostics& diagnostics, std::ostream* out) {
  for (const Diagnostic& each : diagnostics.items()) {
    *out << (each.severity == Severity::kError ? "error: " : "warning: ") << each.summary << ": " << each.detail;
    if (!each.path.empty()) *out << " (at " << each.path.ToString() << ")";
    *out << '\n';
  }
}

namespace test {

// Their texts, "error: summary: detail", are what the matcher says.
MATCHER_P(Told, texts, "") { return ::testing::ExplainMatchResult(texts, Texts(arg), result_listener); }

// One of them is about the attribute at that path, and its text is what the matcher says.
MATCHER_P2(ToldAt, path, text, "") {
  const auto& items = arg.items();
  const auto all = Texts(arg);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].path.ToString() == path && ::testing::ExplainMatchResult(text, all[i], result_listener)) return true;
  }
  return false;
}

}  // namespace test
}  // namespace tfcpp
