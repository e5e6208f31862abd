// A webhook that the service does not have: gone, or never to be taken for gone. Pure; thread-safe.
#pragma once

#include <string_view>

#include "provider/shared/private_data.h"
#include "tfcpp/value/diagnostics.h"

namespace mlflow {

enum class Absence {
  kGone,       // it was here
  kNeverSeen,  // imported or moved, and not read since: what names it is wrong
  kElsewhere,  // it was last seen at another place, and may exist there still
};

Absence JudgeAbsence(const PrivateData& remembered, const Place& here);

struct Elsewhere {
  std::string_view id;
  std::string_view kind;     // "workspace": what such a place is called
  std::string_view setting;  // "host": the provider's attribute that says which one is meant
  std::string_view then;     // the two places, as they may be shown
  std::string_view now;
};
// The error of a webhook that stays in the state because of kElsewhere.
tfcpp::Diagnostic LastSeenElsewhere(const Elsewhere& what);

}  // namespace mlflow
