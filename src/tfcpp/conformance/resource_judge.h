// SPDX-License-Identifier: Apache-2.0
// Judges one resource type by its plans and, when that is allowed, by the life of objects of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tfcpp/conformance/subject.h"

namespace tfcpp::conformance {

inline constexpr char kLegacy[] = "the provider asks for the leniency of the legacy type system";

class ResourceJudge {
 public:
  ResourceJudge(const Setting& setting, const std::string& type, Report& report);

  Report::Subject& subject() { return subject_; }

  // Throws CallFailed when the provider is gone, or silent.
  void Judge();

 private:
  using Change = test::Change;

  // A plan that is judged; nullopt: there is none to go on with, because the provider has refused, or broken a rule.
  std::optional<Change> Plan(const Change& before, const Value& config);
  bool IsSound(const Change& plan);
  // As plan and apply do: first with parts of it unknown.
  std::optional<Change> PlanTwice(const Change& before, const Value& config);

  // Makes an object, reads, changes and deletes it.
  void Live(const Value& config, const std::optional<Value>& next_config);
  // False: there is nothing to go on with. What there is stands in object_.
  bool Apply(Change plan);
  bool IsSound(const Value& planned, const Change& applied);
  // What must hold after an apply.
  void Settle(const Value& config);
  void Read();
  void Upgrade();
  void Import();
  void CheckIdentity(const Change& change, const std::string& when);
  void Update(const Value& config);
  void Delete();

  bool Judged(std::string_view rule, const std::vector<std::string>& breaches, const std::string& input) {
    subject_.Judge(rule, breaches, input);
    return breaches.empty();
  }

  const Setting& setting_;
  test::ResourceClient client_;
  Report::Subject& subject_;
  Configurations configurations_;
  Change object_;  // what there is: state, private data and identity
};

}  // namespace tfcpp::conformance
