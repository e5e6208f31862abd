#include "provider/shared/selection.h"

#include <algorithm>

#include "tfcpp/base/strings.h"

namespace mlflow {

std::string DisplayName(std::string_view name, const std::vector<std::string>& about) {
  constexpr std::size_t kMaxName = 80;
  std::string line = tfcpp::Truncate(name, kMaxName);
  std::replace_if(line.begin(), line.end(), tfcpp::IsControl, ' ');
  return tfcpp::Concat(line, " (", tfcpp::Join(about, ", "), ")");
}

}  // namespace mlflow
