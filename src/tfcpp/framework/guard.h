// GuardedCall(): runs what a Resource does and turns an exception into an error diagnostic. A provider must not die in
// the middle of an apply: what it had created would be lost from the state.
#pragma once

#include <string_view>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/resource.h"

namespace tfcpp {

// Within a catch block: what its exception means. The machine's shortage of memory or threads is told as that; anything
// else is a bug. `where`: "in ReadResource".
Diagnostic DescribeException(std::string_view where);

// `what` names the operation: "create". The outcome of a call that threw has no state.
template <class Call>
Outcome GuardedCall(std::string_view what, const ResourceType& type, Call&& call) {
  try {
    return std::forward<Call>(call)();
  } catch (...) {
    Outcome outcome;
    outcome.diagnostics.Add(DescribeException(Concat("during the ", what, " of a ", type.name)));
    return outcome;
  }
}

}  // namespace tfcpp
