// The events that MLflow servers know, and the release that brought each: so that a misspelt one gets the name that was
// meant, and an error of a server that does not know one yet gets its reason. Newer servers may know more.
//
// Facts: read in the sources of 3.3.0 to 3.17.2, and measured on 3.3.2, 3.10.1 and 3.17.2. Constant data; thread-safe.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/json/json.h"

namespace tfcpp::mlflow_server {

struct Event {
  std::string_view name;   // as Terraform has it: "model_version.created"; the API: {MODEL_VERSION, CREATED}
  std::string_view since;  // the first release of the server that knows it
};

// The newest release that was looked at: a newer one may know more.
inline constexpr std::string_view kNewestRelease = "3.17.2";

inline constexpr std::array<Event, 15> kEvents = {{
    {"registered_model.created", "3.3.0"},
    {"model_version.created", "3.3.0"},
    {"model_version_tag.set", "3.3.0"},
    {"model_version_tag.deleted", "3.3.0"},
    {"model_version_alias.created", "3.3.0"},
    {"model_version_alias.deleted", "3.3.0"},
    {"prompt.created", "3.5.0"},
    {"prompt_version.created", "3.5.0"},
    {"prompt_tag.set", "3.5.0"},
    {"prompt_tag.deleted", "3.5.0"},
    {"prompt_version_tag.set", "3.5.0"},
    {"prompt_version_tag.deleted", "3.5.0"},
    {"prompt_alias.created", "3.5.0"},
    {"prompt_alias.deleted", "3.5.0"},
    {"budget_policy.exceeded", "3.11.0"},
}};

// {"entity": "MODEL_VERSION", "action": "CREATED"} and back; empty for what is no such object.
Json ToWire(std::string_view event);
std::string FromWire(const Json& event);

// Which of the events a server does not know, and what to do, for an answer that does not tell. `release`: the
// server's, "3.17.2"; empty: not known. Empty: none is suspicious.
struct UnknownEvents {
  std::string text = {};
  bool certain = false;  // the server cannot have taken the request
};
UnknownEvents FindUnknown(const std::vector<std::string>& events, std::string_view release);

}  // namespace tfcpp::mlflow_server
