// What the plans of every kind of webhook look at. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/framework/resource.h"
#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// With ignore_changes Terraform shows an update a configuration that is partly the prior state's, and that as a whole
// nobody has validated: that it is well is checked here. (A replacement is planned once more, by what is written.)
void CheckShownConfig(const std::vector<tfcpp::ConfigValidator>& validators, const tfcpp::Value& config,
                      tfcpp::Diagnostics& diagnostics);

// The known texts of a set that its prior value lacks. Either may be null or not known.
std::vector<std::string> NewTexts(const tfcpp::Value& prior, const tfcpp::Value& planned);

}  // namespace mlflow
