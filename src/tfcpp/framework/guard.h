// SPDX-License-Identifier: Apache-2.0
// What becomes of the mistakes of a provider's code: each is an error diagnostic that names the type, the attribute and
// what is wrong. A provider must not die in the middle of an apply: what it had created would be lost from the state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tfcpp/base/result.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/framework/resource.h"

namespace tfcpp {

// Within a catch block: what its exception means. The machine's shortage of memory or threads is told as that; anything
// else is a bug. `where`: "in ReadResource".
Diagnostic DescribeException(std::string_view where);

// Within a catch block: throws on, as a std::logic_error that says where as well: "at spec.url". Shortages of the
// machine go on as they are.
[[noreturn]] void RethrowWith(std::string_view where);

// `what`: whole sentences about what the provider's code did.
Diagnostic ProviderBug(std::string_view what);

// What the provider's code gave, as a value of the type, which is not null and wholly known. The error's message is
// clauses: "size must be a number, but is a string; url is unknown".
Result<Value> Answered(const std::optional<Value>& answer, const Type& type);

// For calls that give a state or say why not: the outcome's state is checked, and none is left with an error. `what`
// names the operation: "import".
void UseAnswer(std::string_view what, const ResourceType& type, Outcome& outcome);

// The identity of an object after a call, `told` by it or else as last known. Adds a diagnostic when the call tells
// none of a type that has identities and none is known, without any other error, or one that does not fit the schema:
// what is known stays then. It may tell another one, of an object that has moved. `what`: "read".
std::optional<Value> SettleIdentity(std::string_view what, const ResourceType& type, const std::optional<Value>& told,
                                    const std::optional<Value>& known, Diagnostics& diagnostics,
                                    Severity severity = Severity::kError);

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
