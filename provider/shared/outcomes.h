// What the operations of every kind of webhook end with. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tfcpp/framework/resource.h"
#include "tfcpp/value/diagnostics.h"

namespace mlflow {

// A state that stays, or what of it is known, and why there is no more.
tfcpp::Outcome Failed(std::optional<tfcpp::Value> state, std::string private_data, tfcpp::Diagnostic diagnostic);

// The error of an update that is not sent because of secrets whose fate is not decided (SecretsToSend::undecided).
// `what`: what it would have had to send: "the webhook's target, which the service takes whole".
tfcpp::Diagnostic WhyNotSent(std::string summary, std::string_view what, const std::vector<std::string>& undecided);

}  // namespace mlflow
