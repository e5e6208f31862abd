// SPDX-License-Identifier: Apache-2.0
// Report: what was judged of a provider, for each of its types and each rule: held so often, broken with how, or not
// judged with why. What cannot be judged never counts as held.
//
// Thread safety: not thread-safe.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tfcpp::conformance {

// The rules by name, in the order of the report; docs/framework/conformance.md says more of each.
namespace rule {
inline constexpr char kSchema[] = "schema";
inline constexpr char kAnswers[] = "answers";
inline constexpr char kPlanKeepsConfig[] = "plan-keeps-config";
inline constexpr char kPlanKeepsUnknown[] = "plan-keeps-unknown";
inline constexpr char kPlanRefines[] = "plan-refines";
inline constexpr char kPlanRepeats[] = "plan-repeats";
inline constexpr char kReplacePaths[] = "replace-paths-exist";
inline constexpr char kWriteOnly[] = "write-only-is-null";
inline constexpr char kApplyKeepsPlan[] = "apply-keeps-plan";
inline constexpr char kApplyIsKnown[] = "apply-is-known";
inline constexpr char kReadIsKnown[] = "read-is-known";
inline constexpr char kReadKeepsState[] = "read-keeps-state";
inline constexpr char kPlanSettles[] = "plan-settles";
inline constexpr char kUpgradeKeepsState[] = "upgrade-keeps-state";
inline constexpr char kIdentityIsStable[] = "identity-is-stable";
inline constexpr char kImportFinds[] = "import-finds-object";
inline constexpr char kDeleteRemoves[] = "delete-removes-object";
inline constexpr char kResultIsKnown[] = "result-is-known";
inline constexpr char kFunctionRepeats[] = "function-repeats";
inline constexpr char kCloseSucceeds[] = "close-succeeds";
inline constexpr char kInvoke[] = "invoke";
inline constexpr char kList[] = "list";
}  // namespace rule

class Report {
 public:
  // Of one thing of the provider: "resource notes_note".
  class Subject {
   public:
    // `rules`: those that there are for it. They are not judged, for the reason `unless`, until they are.
    Subject(std::string name, std::vector<std::string> rules, const std::string& unless);

    void Hold(std::string_view rule) { ++At(rule).held; }
    // `how`: where and what, in lines.
    void Break(std::string_view rule, std::string how);
    // Holds where there are no breaches. `input` is said with them.
    void Judge(std::string_view rule, const std::vector<std::string>& breaches, std::string_view input);
    // Why it is not, as long as it is not.
    void NotJudged(std::string_view rule, std::string why) { At(rule).why = std::move(why); }
    // A configuration that the provider did not want. No breach: a schema on the wire has no validators.
    void Refuse(std::string_view by, std::string diagnostics);
    void Accept() { ++accepted_; }
    // What is to be known besides, such as an object that may be left behind.
    void Note(std::string text) { notes_.push_back(std::move(text)); }

    bool is_broken() const;
    int accepted() const { return accepted_; }
    void Print(std::string& to) const;

   private:
    struct Verdict {
      int held = 0;
      int broken = 0;
      std::vector<std::string> how = {};  // the first ones
      std::string why = {};
    };
    struct Refused {
      int times = 0;
      std::string last = {};
    };
    Verdict& At(std::string_view rule);

    std::string name_;
    std::vector<std::string> rules_;
    std::string unless_;
    std::map<std::string, Verdict, std::less<>> verdicts_;
    std::map<std::string, Refused, std::less<>> refused_;  // by whom
    std::vector<std::string> notes_;
    int accepted_ = 0;
  };

  // References stay.
  Subject& Add(std::string name, std::vector<std::string> rules, const std::string& unless) {
    return *subjects_.emplace_back(std::make_unique<Subject>(std::move(name), std::move(rules), unless));
  }
  // Why the run ended before its end; what was not judged by then is not.
  void Stop(std::string why) { stopped_ = std::move(why); }

  bool is_broken() const;
  const std::string& stopped() const { return stopped_; }
  std::string ToString() const;

 private:
  std::vector<std::unique_ptr<Subject>> subjects_;
  std::string stopped_;
};

}  // namespace tfcpp::conformance
