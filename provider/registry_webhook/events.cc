#include "provider/registry_webhook/events.h"

#include <algorithm>
#include <optional>

#include "mlflow_server/events.h"
#include "tfcpp/base/strings.h"

namespace mlflow {
namespace {

// Two slips of the finger. Known names differ from each other by three or more.
constexpr std::size_t kNear = 2;

std::optional<std::string> Nearest(std::string_view name) {
  std::optional<std::string> nearest;
  std::size_t best = kNear + 1;
  for (const std::string& known : KnownEvents()) {
    const std::size_t distance = tfcpp::EditDistance(name, known);
    if (distance < best) {
      best = distance;
      nearest = known;
    }
  }
  return nearest;
}

// "model_version.created" and "Model Version Created" mean MODEL_VERSION_CREATED.
std::string Canonical(std::string_view name) {
  std::string text = tfcpp::ToUpper(tfcpp::Trim(name));
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '.' || c == '-' || c == ' '; }, '_');
  return text;
}

bool IsEventCharacter(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

const std::vector<std::string>& KnownEvents() {
  static const std::vector<std::string> kNames = {
      "MODEL_VERSION_CREATED",
      "MODEL_VERSION_TRANSITIONED_STAGE",
      "TRANSITION_REQUEST_CREATED",
      "COMMENT_CREATED",
      std::string(kRegisteredModelCreated),
      "MODEL_VERSION_TAG_SET",
      "MODEL_VERSION_TRANSITIONED_TO_STAGING",
      "MODEL_VERSION_TRANSITIONED_TO_PRODUCTION",
      "MODEL_VERSION_TRANSITIONED_TO_ARCHIVED",
      "TRANSITION_REQUEST_TO_STAGING_CREATED",
      "TRANSITION_REQUEST_TO_PRODUCTION_CREATED",
      "TRANSITION_REQUEST_TO_ARCHIVED_CREATED",
  };
  return kNames;
}

EventJudgement JudgeEvent(std::string_view name) {
  const auto& known = KnownEvents();
  if (std::find(known.begin(), known.end(), name) != known.end()) return {EventVerdict::kKnown, ""};
  if (name == "REGISTERED_MODEL_TAG_SET") return {EventVerdict::kUndocumented, ""};
  const auto nearest = Nearest(Canonical(name));
  const std::string_view of_server = ServerEventLike(name);
  if (of_server == name && !name.empty()) return {EventVerdict::kOfTheServer, nearest.value_or("")};
  if (nearest.has_value()) return {EventVerdict::kMisspelt, *nearest};
  if (!name.empty() && std::all_of(name.begin(), name.end(), IsEventCharacter)) return {EventVerdict::kUnknown, ""};
  return {of_server.empty() ? EventVerdict::kMalformed : EventVerdict::kOfTheServer, ""};
}

std::string_view ServerEventLike(std::string_view name) {
  const std::string canonical = Canonical(name);
  for (const auto& event : tfcpp::mlflow_server::kEvents) {
    if (Canonical(event.name) == canonical) return event.name;
  }
  return {};
}

}  // namespace mlflow
