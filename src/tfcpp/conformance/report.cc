// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/conformance/report.h"

#include <algorithm>

#include "tfcpp/base/strings.h"

namespace tfcpp::conformance {
namespace {

constexpr std::size_t kShown = 3;        // breaches of one rule
constexpr std::size_t kColumn = 24;      // of rules
constexpr std::size_t kLongest = 2'000;  // bytes of what is said of one breach

constexpr std::string_view kNotReached = "nothing came so far: see what is refused or broken";

std::string Padded(std::string_view text, std::size_t width) {
  return Concat(text, std::string(width - std::min(width - 1, text.size()), ' '));
}

std::string Indented(std::string_view text, std::string_view indent) {
  std::string lines;
  for (const std::string_view line : Split(text, '\n')) lines += Concat(indent, line, "\n");
  return lines;
}

}  // namespace

Report::Subject::Subject(std::string name, std::vector<std::string> rules, const std::string& unless)
    : name_(std::move(name)), rules_(std::move(rules)), unless_(unless) {
  for (const std::string& each : rules_) verdicts_[each].why = unless;
}

Report::Subject::Verdict& Report::Subject::At(std::string_view rule) {
  const auto found = verdicts_.find(rule);
  if (found != verdicts_.end()) return found->second;
  rules_.emplace_back(rule);
  return verdicts_[std::string(rule)];
}

void Report::Subject::Break(std::string_view rule, std::string how) {
  Verdict& verdict = At(rule);
  ++verdict.broken;
  if (verdict.how.size() < kShown) verdict.how.push_back(Truncate(Readable(how), kLongest));
}

void Report::Subject::Judge(std::string_view rule, const std::vector<std::string>& breaches, std::string_view input) {
  if (breaches.empty()) return Hold(rule);
  std::vector<std::string> paths;
  for (const std::string& path : breaches) paths.push_back(path.empty() ? "the whole object" : path);
  Break(rule, Concat("at ", Join(paths, ", "), "\n", input));
}

void Report::Subject::Refuse(std::string_view by, std::string diagnostics) {
  Refused& refused = refused_[std::string(by)];
  ++refused.times;
  refused.last = Truncate(OneLine(diagnostics), 300);
}

bool Report::Subject::is_broken() const {
  return std::any_of(verdicts_.begin(), verdicts_.end(), [](const auto& each) { return each.second.broken > 0; });
}

void Report::Subject::Print(std::string& to) const {
  to += name_;
  if (accepted_ > 0 || !refused_.empty()) to += Concat(": ", std::to_string(accepted_), " configurations accepted");
  to += "\n";
  for (const auto& [by, refused] : refused_) {
    to += Concat("  refused by ", by, ": ", std::to_string(refused.times), ", the last with ", refused.last, "\n");
  }
  for (const std::string& name : rules_) {
    const Verdict& verdict = verdicts_.find(name)->second;
    if (verdict.broken > 0) {
      to += Concat("  BROKEN      ", Padded(name, kColumn), std::to_string(verdict.broken), " of ",
                   std::to_string(verdict.broken + verdict.held), "\n");
      for (const std::string& how : verdict.how) to += Indented(how, "      ");
    } else if (verdict.held > 0) {
      to += Concat("  held        ", Padded(name, kColumn), std::to_string(verdict.held), "\n");
    } else {
      to += Concat("  not judged  ", Padded(name, kColumn),
                   OneLine(accepted_ > 0 && verdict.why == unless_ ? kNotReached : verdict.why), "\n");
    }
  }
  for (const std::string& note : notes_) to += Concat("  note: ", OneLine(note), "\n");
}

bool Report::is_broken() const {
  return std::any_of(subjects_.begin(), subjects_.end(), [](const auto& each) { return each->is_broken(); });
}

std::string Report::ToString() const {
  std::string text;
  for (const auto& subject : subjects_) subject->Print(text);
  if (!stopped_.empty()) text += Concat("The run was ended: ", Readable(stopped_.substr(0, stopped_.find('\n'))), "\n");
  return text;
}

}  // namespace tfcpp::conformance
