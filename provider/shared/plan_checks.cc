#include "provider/shared/plan_checks.h"

#include <algorithm>
#include <utility>

namespace mlflow {

using tfcpp::Value;

void CheckShownConfig(const std::vector<tfcpp::ConfigValidator>& validators, const Value& config,
                      tfcpp::Diagnostics& diagnostics) {
  tfcpp::Diagnostics found;
  for (const tfcpp::ConfigValidator& validator : validators) validator.check(config, found);
  for (tfcpp::Diagnostic item : found.items()) {
    item.detail +=
        " The configuration as it is written is well: ignore_changes has the plan take values of the state in place of "
        "some of it. Let it ignore all of these attributes, or none.";
    diagnostics.Add(std::move(item));
  }
}

std::vector<std::string> NewTexts(const Value& prior, const Value& planned) {
  std::vector<std::string> texts;
  if (!planned.is_set()) return texts;
  static const std::vector<Value> kNone;
  const std::vector<Value>& known = prior.is_set() ? prior.Elements() : kNone;
  for (const Value& element : planned.Elements()) {
    // The elements of a set are sorted.
    const bool is_new = element.is_set() && !std::binary_search(known.begin(), known.end(), element);
    if (is_new) texts.push_back(element.AsString());
  }
  return texts;
}

}  // namespace mlflow
