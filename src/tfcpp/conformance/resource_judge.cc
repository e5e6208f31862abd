// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/conformance/resource_judge.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/testing/rules.h"
#include "tfcpp/value/walk.h"

namespace tfcpp::conformance {
namespace {

// Those that can be judged only when something acts.
constexpr const char* kRulesOfLife[] = {rule::kApplyKeepsPlan,   rule::kApplyIsKnown, rule::kReadIsKnown,
                                        rule::kReadKeepsState,   rule::kPlanSettles,  rule::kUpgradeKeepsState,
                                        rule::kIdentityIsStable, rule::kImportFinds,  rule::kDeleteRemoves};

std::vector<std::string> AllRules() {
  std::vector<std::string> rules = {rule::kSchema,           rule::kAnswers,     rule::kPlanKeepsConfig,
                                    rule::kPlanKeepsUnknown, rule::kPlanRefines, rule::kPlanRepeats,
                                    rule::kReplacePaths,     rule::kWriteOnly};
  rules.insert(rules.end(), std::begin(kRulesOfLife), std::end(kRulesOfLife));
  return rules;
}

// The attributes on the way of a path that a rule names, up to the first element.
Path AttributesOf(const std::string& path) {
  Path attributes;
  for (const std::string_view step : Split(path, '.')) {
    attributes = attributes.Attribute(step.substr(0, step.find('[')));
    if (step.find('[') != step.npos) break;
  }
  return attributes;
}

// Those that lead to no attribute and no block of the resource.
std::vector<std::string> PathsNowhere(const test::ResourceClient& client, const std::vector<std::string>& paths) {
  std::vector<std::string> nowhere;
  for (const std::string& path : paths) {
    Path attributes;
    for (const std::string_view step : Split(path, '.')) {
      attributes = attributes.Attribute(step.substr(0, step.find('[')));
    }
    const bool is_block = client.value_type().attributes().count(path) > 0;
    if (!is_block && client.schema().Find(attributes) == nullptr) nowhere.push_back(path);
  }
  return nowhere;
}

}  // namespace

ResourceJudge::ResourceJudge(const Setting& setting, const std::string& type, Report& report)
    : setting_(setting),
      client_(setting.client.Resource(type)),
      subject_(report.Add(Concat("resource ", type), AllRules(), kNothingAccepted)),
      configurations_(client_.schema(), setting.examples.Find("resources", type), setting.effort, subject_,
                      [this](const Value& config) { return client_.Validate(config); }) {
  for (const char* each : kRulesOfLife) {
    if (!setting.effort.apply) subject_.NotJudged(each, kWithoutApply);
  }
  if (!client_.has_identity()) subject_.NotJudged(rule::kIdentityIsStable, "it has no identity");
}

void ResourceJudge::Judge() {
  std::optional<Value> config = configurations_.Next();
  while (config.has_value()) {
    std::optional<Value> next = configurations_.Next();
    object_ = Change{.state = client_.Null()};
    if (setting_.effort.apply) {
      Live(*config, next);
    } else {
      Answering(subject_, [&] { PlanTwice(object_, *config); });
    }
    config = std::move(next);
  }
}

std::optional<test::Change> ResourceJudge::Plan(const Change& before, const Value& config) {
  Change change = client_.Plan(before.state, config, before.private_data, "", before.identity);
  if (change.failed) {
    subject_.Refuse("plan", Join(test::Texts(change.diagnostics), "; "));
    return std::nullopt;
  }
  if (change.deferred) {
    subject_.Break(rule::kAnswers, "a plan is deferred, though the client does not allow it");
    return std::nullopt;
  }
  return IsSound(change) ? std::optional(std::move(change)) : std::nullopt;
}

bool ResourceJudge::IsSound(const Change& change) {
  const Schema& schema = client_.schema();
  const std::string input = Concat("configuration ", Shown(schema, change.config), "\nprior state   ",
                                   Shown(schema, change.prior), "\nplan          ", Shown(schema, change.planned));
  const auto write_only = test::WriteOnlyBreaches(schema, change.planned);
  const bool is_write_only_null = Judged(rule::kWriteOnly, write_only, input);
  const bool are_replaced_there = Judged(rule::kReplacePaths, PathsNowhere(client_, change.requires_replace), input);
  if (change.legacy_type_system) {
    for (const char* each : {rule::kPlanKeepsConfig, rule::kPlanKeepsUnknown}) subject_.NotJudged(each, kLegacy);
    return is_write_only_null && are_replaced_there;
  }
  std::vector<std::string> kept, unknown;
  for (const std::string& path : test::PlanBreaches(schema, change.prior, change.config, change.planned)) {
    if (std::find(write_only.begin(), write_only.end(), path) != write_only.end()) continue;
    const std::optional<Value> wanted = At(change.config, AttributesOf(path));
    (wanted.has_value() && !wanted->is_known() ? unknown : kept).push_back(path);
  }
  const bool is_config_kept = Judged(rule::kPlanKeepsConfig, kept, input);
  const bool is_unknown_kept = change.config.is_wholly_known() || Judged(rule::kPlanKeepsUnknown, unknown, input);
  return is_write_only_null && are_replaced_there && is_config_kept && is_unknown_kept;
}

std::optional<test::Change> ResourceJudge::PlanTwice(const Change& before, const Value& config) {
  const Schema& schema = client_.schema();
  const Value blurred = test::Blur(schema, config, configurations_.random());
  std::optional<Change> early;
  if (configurations_.IsAccepted(blurred)) early = Plan(before, blurred);
  std::optional<Change> change = Plan(before, config);
  if (!change.has_value()) return std::nullopt;
  const Change again = client_.Plan(before.state, config, before.private_data, "", before.identity);
  subject_.Judge(rule::kPlanRepeats, Differences(change->planned, again.planned),
                 Concat("configuration ", Shown(schema, config), "\nplan          ", Shown(schema, change->planned),
                        "\nplan again    ", Shown(schema, again.planned)));
  if (!early.has_value()) return change;
  const bool refines = Judged(rule::kPlanRefines, test::RefinementBreaches(early->planned, change->planned),
                              Concat("configuration, first ", Shown(schema, blurred), "\nconfiguration, final ",
                                     Shown(schema, config), "\nplan, first          ", Shown(schema, early->planned),
                                     "\nplan, final          ", Shown(schema, change->planned)));
  return refines ? change : std::nullopt;
}

}  // namespace tfcpp::conformance
