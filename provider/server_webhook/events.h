// What is wrong with the name of an event of an MLflow server that is none of those known (mlflow_server/events.h).
//
// A name is `entity.action` in lower case, as MLflow's own documentation has it. The list of known ones is open:
// another name of that form goes to the server, with a warning. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace mlflow {

bool IsKnownServerEvent(std::string_view name);

// "model_version.created, model_version_tag.set, ...": all that are known.
std::string ServerEventNames();

enum class ServerEventVerdict {
  kKnown,
  kUnknown,        // of the right form: the server decides
  kMisspelt,       // a known one, but for case and separators
  kOfTheRegistry,  // an event of mlflow_webhook
  kMalformed,      // not of the form entity.action
};
struct ServerEventJudgement {
  ServerEventVerdict verdict = ServerEventVerdict::kKnown;
  // Of kMisspelt: the one that is meant. Of kOfTheRegistry: the one here that says the same; may be empty.
  std::string_view meant = {};
};
ServerEventJudgement JudgeServerEvent(std::string_view name);

// The known name that is nearest to one that is not known.
std::string_view NearestServerEvent(std::string_view name);

}  // namespace mlflow
