#include "mlflow_server/events.h"

#include <algorithm>
#include <charconv>

#include "tfcpp/base/strings.h"

namespace tfcpp::mlflow_server {
namespace {

// "3.10.0rc1" is {3, 10, 0}: what it brings, it has already.
using Release = std::array<int, 3>;
Release Parse(std::string_view text) {
  Release release{};
  std::size_t part = 0;
  for (const std::string_view number : Split(text, '.')) {
    if (part == release.size()) break;
    std::from_chars(number.data(), number.data() + number.size(), release[part++]);
  }
  return release;
}

const Event* FindEvent(std::string_view name) {
  const auto found =
      std::find_if(kEvents.begin(), kEvents.end(), [&](const Event& event) { return event.name == name; });
  return found == kEvents.end() ? nullptr : &*found;
}

}  // namespace

Json ToWire(std::string_view event) {
  const auto dot = event.find('.');
  return Json::Object({{"entity", Json::String(ToUpper(event.substr(0, dot)))},
                       {"action", Json::String(dot == event.npos ? "" : ToUpper(event.substr(dot + 1)))}});
}

std::string FromWire(const Json& event) {
  const auto entity = event.FindString("entity");
  const auto action = event.FindString("action");
  if (entity.value_or("").empty() || action.value_or("").empty()) return "";
  return Concat(ToLower(*entity), ".", ToLower(*action));
}

UnknownEvents FindUnknown(const std::vector<std::string>& events, std::string_view release) {
  constexpr std::size_t kMostNamed = 10;
  constexpr std::size_t kLongestShown = 100;
  UnknownEvents unknown;
  std::vector<std::string> texts;
  std::size_t left_out = 0;
  const auto add = [&](std::string_view name, std::string_view what) {
    if (texts.size() < kMostNamed) {
      texts.push_back(Concat(Truncate(name, kLongestShown), what));
    } else {
      ++left_out;
    }
  };
  const bool is_looked_at = !release.empty() && Parse(release) <= Parse(kNewestRelease);
  for (const std::string& name : events) {
    const Event* event = FindEvent(name);
    if (event == nullptr) {
      add(name, Concat(" is no event of MLflow up to ", kNewestRelease));
      unknown.certain = unknown.certain || is_looked_at;
    } else if (release.empty() ? event->since != kEvents.front().since : Parse(release) < Parse(event->since)) {
      add(name, Concat(" came with MLflow ", event->since));
      unknown.certain = unknown.certain || !release.empty();
    }
  }
  if (texts.empty()) return unknown;
  if (left_out > 0) texts.push_back(Concat("and ", std::to_string(left_out), " more"));
  const std::string server =
      release.empty() ? "The server does not tell its release." : Concat("The server is MLflow ", release, ".");
  unknown.text = Concat("A server answers so to an event that it does not know. ", server, " ", Join(texts, "; "),
                        ". Remove the event, or upgrade the server.");
  return unknown;
}

}  // namespace tfcpp::mlflow_server
