// The event names that registry webhooks know, and what is wrong with a name that is none of them.
//
// Source: the enumeration of the service's API reference and the vendor's Python client (twelve names). The list is
// open: a name that looks like nothing known goes to the service, with a warning. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlflow {

// Fires for registry-wide webhooks only.
inline constexpr std::string_view kRegisteredModelCreated = "REGISTERED_MODEL_CREATED";

const std::vector<std::string>& KnownEvents();

enum class EventVerdict {
  kKnown,
  kMisspelt,      // lower case, or so near a known name that it is surely meant
  kUndocumented,  // seen in the wild, but not in the service's documentation
  kUnknown,       // the service decides
  kMalformed,     // empty, or with characters that no event name has
};
struct EventJudgement {
  EventVerdict verdict = EventVerdict::kKnown;
  std::string meant;  // of kMisspelt: the known name
};
EventJudgement JudgeEvent(std::string_view name);

}  // namespace mlflow
