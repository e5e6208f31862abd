// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/framework/guard.h"

#include <new>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

#include "tfcpp/value/fit.h"

namespace tfcpp {
namespace {

Diagnostic Shortage(std::string_view where, std::string_view what) {
  return {Severity::kError,
          "The machine is out of resources",
          Concat("The operating system refused the provider ", what, " ", where,
                 ". Neither the configuration nor the service is at fault. A call that had been sent may have taken "
                 "effect: look at what the service has before you apply again. Free memory, raise the limits of this "
                 "user or container, or run with a lower -parallelism."),
          {}};
}

Diagnostic Unexpected(std::string_view where, std::string_view text) {
  return ProviderBug(Concat("An unexpected error occurred ", where, text, "."));
}

// What is wrong with a told identity, as a clause; empty: nothing.
std::string FaultOf(const ResourceType& type, const Result<Value>& told) {
  if (!told.has_value()) return Concat("does not fit its schema: ", told.error().message);
  for (const Attribute& attribute : type.identity->attributes) {
    if (attribute.required() && told->Get(attribute.name).is_null()) {
      return Concat("does not fit its schema: ", attribute.name, " is null");
    }
  }
  return "";
}

}  // namespace

Diagnostic ProviderBug(std::string_view what) {
  return {Severity::kError,
          "The provider has a bug",
          Concat(what,
                 " This is a mistake in the provider, not in your configuration. Please report it with this text and, "
                 "if you can, a log made with TF_LOG=TRACE."),
          {}};
}

Result<Value> Answered(const std::optional<Value>& answer, const Type& type) {
  if (!answer.has_value()) return Error{.code = ErrorCode::kMalformed, .message = "there is none"};
  Fitted fitted = Fit(*answer, type);
  for (const Path& path : UnknownIn(fitted.value)) {
    fitted.faults.push_back(Concat(path.empty() ? std::string("it") : path.ToString(), " is unknown"));
  }
  if (fitted.faults.empty() && fitted.value.is_null()) fitted.faults.emplace_back("it is null");
  if (!fitted.faults.empty()) return Error{.code = ErrorCode::kMalformed, .message = Join(fitted.faults, "; ")};
  return std::move(fitted.value);
}

void UseAnswer(std::string_view what, const ResourceType& type, Outcome& outcome) {
  if (outcome.diagnostics.has_error()) {
    outcome.state.reset();
    return;
  }
  const auto is_wrong = [&](std::string_view how) {
    outcome.diagnostics.Add(ProviderBug(Concat("The ", what, " of a ", type.name, " ", how, ".")));
    outcome.state.reset();
  };
  if (!outcome.state.has_value()) return is_wrong("ended without a state and without an error");
  Result<Value> state = Answered(*outcome.state, type.schema.ImpliedType());
  if (!state.has_value()) return is_wrong(Concat("gave a state that cannot be used: ", state.error().message));
  outcome.state = *std::move(state);
}

std::optional<Value> SettleIdentity(std::string_view what, const ResourceType& type, const std::optional<Value>& told,
                                    const std::optional<Value>& known, Diagnostics& diagnostics, Severity severity) {
  const auto report = [&](std::string_view text) {
    Diagnostic bug = ProviderBug(text);
    bug.severity = severity;
    diagnostics.Add(std::move(bug));
    return known;
  };
  const auto is_wrong = [&](std::string_view how) {
    return report(Concat("The identity that the ", what, " of a ", type.name, " gave ", how, "."));
  };
  if (!told.has_value()) {
    if (type.identity.has_value() && !known.has_value() && !diagnostics.has_error()) {
      report(Concat("The ", what, " of a ", type.name, " gave no identity, which its type has."));
    }
    return known;
  }
  if (!type.identity.has_value()) return is_wrong("has no schema: the type has none");
  Result<Value> identity = Answered(*told, type.identity->ImpliedType());
  const std::string fault = FaultOf(type, identity);
  if (!fault.empty()) return is_wrong(fault);
  return *std::move(identity);
}

void RethrowWith(std::string_view where) {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::system_error&) {
    throw;
  } catch (const std::logic_error& error) {
    throw std::logic_error(Concat(where, ": ", error.what()));
  } catch (...) {
    throw std::logic_error(std::string(where));  // its own text may hold a value
  }
}

Diagnostic DescribeException(std::string_view where) {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return Shortage(where, "memory");
  } catch (const std::system_error& error) {
    return Shortage(where, Concat("what it asked for (", error.code().message(), ")"));
  } catch (const std::logic_error& error) {
    return Unexpected(where, Concat(": ", error.what()));  // our own never hold values; other exceptions may
  } catch (...) {
    return Unexpected(where, "");
  }
}

}  // namespace tfcpp
