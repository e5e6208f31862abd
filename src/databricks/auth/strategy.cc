#include "databricks/auth/strategy.h"

#include <utility>
#include <vector>

#include "databricks/attributes.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::databricks {

std::optional<Obstacle> FindUnset(const Config& config, std::initializer_list<std::string_view> attributes) {
  std::vector<std::string> unset;
  Obstacle obstacle;
  for (const std::string_view attribute : attributes) {
    if (!config.IsSet(attribute)) {
      unset.push_back(Spell(attribute));
    } else if (attribute != "host") {
      obstacle.begun = true;
    }
  }
  if (unset.empty()) return std::nullopt;
  const std::string last = std::move(unset.back());
  unset.pop_back();
  obstacle.why = unset.empty() ? Concat(last, " is not set") : Concat(Join(unset, ", "), " and ", last, " are not set");
  return obstacle;
}

}  // namespace tfcpp::databricks
