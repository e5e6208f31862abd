#include "provider/server_webhook/events.h"

#include <algorithm>
#include <vector>

#include "mlflow_server/events.h"
#include "provider/registry_webhook/events.h"
#include "tfcpp/base/strings.h"

namespace mlflow {
namespace {

using tfcpp::mlflow_server::Event;
using tfcpp::mlflow_server::kEvents;

// Names that are longer than this by far are near nothing, and comparing them would take time.
constexpr std::size_t kLongest = 64;

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsInName(char c) { return IsLower(c) || (c >= '0' && c <= '9') || c == '_'; }

// ^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$
bool IsOfTheForm(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == name.npos) return false;
  const auto is_word = [](std::string_view word) {
    return !word.empty() && IsLower(word.front()) && std::all_of(word.begin(), word.end(), IsInName);
  };
  return is_word(name.substr(0, dot)) && is_word(name.substr(dot + 1));
}

// In lower case, with one separator for all that people write: MODEL_VERSION.CREATED, "Model-Version created".
std::string Folded(std::string_view name) {
  std::string text = tfcpp::ToLower(tfcpp::Trim(name));
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '.' || c == '-' || c == ' '; }, '_');
  return text;
}

std::string_view KnownInAnotherSpelling(std::string_view name) {
  if (name.size() > 2 * kLongest) return {};
  const std::string folded = Folded(name);
  for (const Event& known : kEvents) {
    if (Folded(known.name) == folded) return known.name;
  }
  return {};
}

bool IsOfTheRegistry(std::string_view name) {
  const auto& known = KnownEvents();
  return std::find(known.begin(), known.end(), name) != known.end();
}

}  // namespace

bool IsKnownServerEvent(std::string_view name) {
  return std::any_of(kEvents.begin(), kEvents.end(), [&](const Event& event) { return event.name == name; });
}

std::string ServerEventNames() {
  std::vector<std::string> names;
  for (const Event& event : kEvents) names.emplace_back(event.name);
  return tfcpp::Join(names, ", ");
}

ServerEventJudgement JudgeServerEvent(std::string_view name) {
  if (IsKnownServerEvent(name)) return {};
  if (IsOfTheForm(name)) return {ServerEventVerdict::kUnknown};
  const std::string_view meant = KnownInAnotherSpelling(name);
  if (IsOfTheRegistry(name)) return {ServerEventVerdict::kOfTheRegistry, meant};
  if (!meant.empty()) return {ServerEventVerdict::kMisspelt, meant};
  return {ServerEventVerdict::kMalformed};
}

std::string_view NearestServerEvent(std::string_view name) {
  const std::string_view begin = name.substr(0, kLongest);
  const auto distance = [&](const Event& known) { return tfcpp::EditDistance(known.name, begin); };
  return std::min_element(kEvents.begin(), kEvents.end(),
                          [&](const Event& a, const Event& b) { return distance(a) < distance(b); })
      ->name;
}

}  // namespace mlflow
