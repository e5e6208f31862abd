// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/conformance/judge.h"

#include <memory>
#include <utility>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/conformance/resource_judge.h"
#include "tfcpp/testing/rules.h"

namespace tfcpp::conformance {
namespace {

using test::Answer;
using test::Client;

// A schema that Terraform refuses.
void JudgeSchema(const Client& client, const std::string& name, Report::Subject& subject) {
  const auto& mistakes = client.provided().mistakes;
  const auto found = mistakes.find(name);
  if (found == mistakes.end()) return subject.Hold(rule::kSchema);
  for (const std::string& mistake : found->second) subject.Break(rule::kSchema, mistake);
}

class Judges {
 public:
  Judges(const Setting& setting, Report& report) : setting_(setting), report_(report) {}

  // Nothing acts, and nothing is called: what can be judged of a provider that cannot be configured.
  void JudgeSchemas() {
    const auto& provided = setting_.client.provided();
    provider_ = &report_.Add("provider", {rule::kSchema, rule::kAnswers}, kNothingAccepted);
    JudgeSchema(setting_.client, "provider", *provider_);
    for (const auto& [name, schema] : provided.resources) {
      resources_.push_back(std::make_unique<ResourceJudge>(setting_, name, report_));
      JudgeSchema(setting_.client, Concat("resource ", name), resources_.back()->subject());
      if (provided.identities.count(name) > 0) {
        JudgeSchema(setting_.client, Concat("identity of ", name), resources_.back()->subject());
      }
    }
    for (const auto& [name, schema] : provided.data_sources) Add(data_, "data source", name, rule::kResultIsKnown);
    for (const auto& [name, schema] : provided.ephemerals) {
      Add(ephemerals_, "ephemeral resource", name, rule::kResultIsKnown);
      ephemerals_.back().second->NotJudged(rule::kCloseSucceeds,
                                           setting_.effort.apply ? kNothingAccepted : kWithoutApply);
    }
    for (const auto& [name, schema] : provided.lists) {
      Add(lists_, "list resource", name, rule::kList);
      lists_.back().second->NotJudged(rule::kList, "it is not called");
    }
    for (const auto& [name, schema] : provided.actions) {
      Add(actions_, "action", name, rule::kInvoke);
      actions_.back().second->NotJudged(rule::kInvoke, "it is not invoked");
    }
    for (const auto& [name, signature] : provided.functions) {
      Add(functions_, "function", name, rule::kResultIsKnown);
      functions_.back().second->NotJudged(rule::kResultIsKnown,
                                          "it has refused all arguments; give some with --config");
      functions_.back().second->NotJudged(rule::kFunctionRepeats,
                                          "it has refused all arguments; give some with --config");
    }
  }

  // False: it cannot be.
  bool Configure() {
    Diagnostics told;
    Answering(*provider_, [&] {
      told = setting_.client.ValidateProvider(setting_.examples.provider);
      if (!told.has_error()) told = setting_.client.Configure(setting_.examples.provider);
    });
    if (!told.has_error()) return true;
    report_.Stop(Concat("the provider refuses its configuration; give a better one with --config: ",
                        Join(test::Texts(told), "; ")));
    return false;
  }

  void JudgeCalls() {
    for (const auto& judge : resources_) judge->Judge();
    for (const auto& [name, subject] : data_) JudgeData(name, *subject);
    for (const auto& [name, subject] : ephemerals_) JudgeEphemeral(name, *subject);
    for (const auto& [name, subject] : lists_) {
      JudgeValidation("list_resources", setting_.client.provided().lists.at(name), name, *subject,
                      [&, &name = name](const Value& config) { return setting_.client.ValidateList(name, config); });
    }
    for (const auto& [name, subject] : actions_) {
      JudgeValidation("actions", setting_.client.provided().actions.at(name), name, *subject,
                      [&, &name = name](const Value& config) { return setting_.client.ValidateAction(name, config); });
    }
    for (const auto& [name, subject] : functions_) JudgeFunction(name, *subject);
  }

 private:
  using Named = std::vector<std::pair<std::string, Report::Subject*>>;

  void Add(Named& to, std::string_view kind, const std::string& name, const char* rule) {
    const std::string full = Concat(kind, " ", name);
    Report::Subject& subject = report_.Add(full, {rule::kSchema, rule::kAnswers, rule}, kNothingAccepted);
    if (!setting_.effort.apply) subject.NotJudged(rule, kWithoutApply);
    JudgeSchema(setting_.client, full, subject);
    to.emplace_back(name, &subject);
  }

  template <class Validate>
  void JudgeValidation(std::string_view kind, const Schema& schema, const std::string& name, Report::Subject& subject,
                       Validate validate) {
    Configurations configurations(schema, setting_.examples.Find(kind, name), setting_.effort, subject, validate);
    while (configurations.Next().has_value()) {
    }
  }

  void JudgeData(const std::string& name, Report::Subject& subject) {
    const Schema& schema = setting_.client.provided().data_sources.at(name);
    Configurations configurations(
        schema, setting_.examples.Find("data_sources", name), setting_.effort, subject,
        [&](const Value& config) { return setting_.client.ValidateDataSource(name, config); });
    while (const auto config = configurations.Next()) {
      if (!setting_.effort.apply) continue;
      Answering(subject,
                [&] { JudgeResult(schema, *config, setting_.client.ReadData(name, *config), "read", subject); });
    }
  }

  void JudgeEphemeral(const std::string& name, Report::Subject& subject) {
    const Schema& schema = setting_.client.provided().ephemerals.at(name);
    Configurations configurations(schema, setting_.examples.Find("ephemeral_resources", name), setting_.effort, subject,
                                  [&](const Value& config) { return setting_.client.ValidateEphemeral(name, config); });
    while (const auto config = configurations.Next()) {
      if (!setting_.effort.apply) continue;
      Answering(subject, [&] {
        const Answer opened = setting_.client.OpenEphemeral(name, *config);
        JudgeResult(schema, *config, opened, "open", subject);
        if (opened.failed) return;
        const Diagnostics told = setting_.client.CloseEphemeral(name, opened.private_data);
        if (told.has_error()) return subject.Break(rule::kCloseSucceeds, Join(test::Texts(told), "; "));
        subject.Hold(rule::kCloseSucceeds);
      });
    }
  }

  // Of a call that gives an object.
  static void JudgeResult(const Schema& schema, const Value& config, const Answer& answer, std::string_view by,
                          Report::Subject& subject) {
    if (answer.failed) return subject.Refuse(by, Join(test::Texts(answer.diagnostics), "; "));
    std::vector<std::string> breaches = test::UnknownBreaches(answer.value);
    if (answer.value.is_null()) breaches.emplace_back();
    subject.Judge(rule::kResultIsKnown, breaches,
                  Concat("configuration ", Shown(schema, config), "\nresult        ", Shown(schema, answer.value)));
  }

  void JudgeFunction(const std::string& name, Report::Subject& subject) {
    const test::Signature& signature = setting_.client.provided().functions.at(name);
    const Candidates* candidates = setting_.examples.Find("functions", name);
    test::Random random = std::mt19937(setting_.effort.seed);
    for (int round = 0; round < setting_.effort.rounds; ++round) {
      std::vector<Value> arguments;
      for (const test::Parameter& parameter : signature.parameters) {
        arguments.push_back(MakeArgument(parameter, candidates, random));
      }
      if (signature.variadic.has_value()) arguments.push_back(MakeArgument(*signature.variadic, candidates, random));
      Answering(subject, [&] {
        const Answer first = setting_.client.CallFunction(name, arguments);
        if (first.failed) return subject.Refuse("the function", Join(test::Texts(first.diagnostics), "; "));
        subject.Accept();
        const Answer second = setting_.client.CallFunction(name, arguments);
        const std::string input = Concat("arguments ", Value::Tuple(arguments).ToString(), "\nresult    ",
                                         first.value.ToString(), "\nagain     ", second.value.ToString());
        subject.Judge(rule::kResultIsKnown, test::UnknownBreaches(first.value), input);
        subject.Judge(rule::kFunctionRepeats, Differences(first.value, second.value), input);
      });
    }
  }

  static Value MakeArgument(const test::Parameter& parameter, const Candidates* candidates, test::Random& random) {
    if (candidates != nullptr) {
      const auto found = candidates->find(parameter.name);
      if (found != candidates->end()) return found->second[random() % found->second.size()];
    }
    Attribute attribute;
    attribute.name = parameter.name;
    return test::GenerateValue(parameter.type, attribute, random, SourcesOf(nullptr));
  }

  const Setting& setting_;
  Report& report_;
  Report::Subject* provider_ = nullptr;
  std::vector<std::unique_ptr<ResourceJudge>> resources_;
  Named data_, ephemerals_, lists_, actions_, functions_;
};

}  // namespace

void JudgeProvider(const Client& client, const Examples& examples, const Effort& effort, Report& report) {
  const Setting setting{client, examples, effort};
  Judges judges(setting, report);
  judges.JudgeSchemas();
  try {
    if (judges.Configure()) judges.JudgeCalls();
  } catch (const host::CallFailed& failed) {
    report.Stop(failed.what());
  }
}

}  // namespace tfcpp::conformance
