// SPDX-License-Identifier: Apache-2.0
// Diagnostics: what we tell the user: errors and warnings, each with an optional path to the attribute it is about.
//
// A path makes Terraform print source lines of the configuration. So a diagnostic about a secret, or about what has
// one, has no path: it names the attribute in its text instead (tfcpp/framework/shown_lines.h). Thread safety: value
// types.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tfcpp/value/path.h"

namespace tfcpp {

enum class Severity { kError, kWarning };

struct Diagnostic {
  Severity severity = Severity::kError;
  std::string summary;  // one line, no full stop
  std::string detail;   // whole sentences: what is wrong, where, and how to mend it
  Path path;            // empty: about the whole

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

class Diagnostics {
 public:
  void AddError(std::string summary, std::string detail, Path path = {}) {
    items_.push_back({Severity::kError, std::move(summary), std::move(detail), std::move(path)});
  }
  void AddWarning(std::string summary, std::string detail, Path path = {}) {
    items_.push_back({Severity::kWarning, std::move(summary), std::move(detail), std::move(path)});
  }
  void Add(Diagnostic diagnostic) { items_.push_back(std::move(diagnostic)); }
  void Append(const Diagnostics& others) { items_.insert(items_.end(), others.items_.begin(), others.items_.end()); }

  bool has_error() const {
    for (const Diagnostic& item : items_) {
      if (item.severity == Severity::kError) return true;
    }
    return false;
  }
  bool empty() const { return items_.empty(); }
  std::size_t size() const { return items_.size(); }
  const std::vector<Diagnostic>& items() const { return items_; }

  friend bool operator==(const Diagnostics&, const Diagnostics&) = default;

 private:
  std::vector<Diagnostic> items_;
};

}  // namespace tfcpp
