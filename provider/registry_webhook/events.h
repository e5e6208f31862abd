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
  kOfTheServer,   // an event of mlflow_server_webhook
  kUndocumented,  // seen in the wild, but not in the service's documentation
  kUnknown,       // the service decides
  kMalformed,     // empty, or with characters that no event name has
};
struct EventJudgement {
  EventVerdict verdict = EventVerdict::kKnown;
  // Of kMisspelt: the known name. Of kOfTheServer: the one here that says the same; may be empty.
  std::string meant;
};
EventJudgement JudgeEvent(std::string_view name);

// The event of an MLflow server that has this name but for case and separators ("MODEL_VERSION_ALIAS_CREATED"); empty:
// none.
std::string_view ServerEventLike(std::string_view name);

}  // namespace mlflow
