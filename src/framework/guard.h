// GuardedCall(): runs what a Resource does and turns an exception, which is always a bug, into an error diagnostic. A
// provider must not die in the middle of an apply: what it had created would be lost from the state.
#pragma once

#include <stdexcept>
#include <string_view>
#include <utility>

#include "base/strings.h"
#include "framework/resource.h"

namespace tfcpp {

// `what` names the operation: "create". The outcome of a call that threw has no state.
template <class Call>
Outcome GuardedCall(std::string_view what, const ResourceType& type, Call&& call) {
  Outcome outcome;
  const auto add_bug = [&](std::string_view text) {
    outcome = Outcome();
    outcome.diagnostics.AddError(
        "The provider has a bug",
        Concat("An unexpected error occurred during the ", what, " of a ", type.name, text,
               ". This is a mistake in the provider, not in your configuration. Please report it."));
  };
  try {
    outcome = std::forward<Call>(call)();
  } catch (const std::logic_error& error) {
    add_bug(Concat(": ", error.what()));  // our own logic errors never hold values; other exceptions may
  } catch (...) {
    add_bug("");
  }
  return outcome;
}

}  // namespace tfcpp
