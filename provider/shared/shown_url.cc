#include "provider/shared/shown_url.h"

#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace mlflow {

std::string ShownOf(std::string_view text) {
  constexpr std::size_t kMaxShown = 100;  // bytes
  if (text.find('@') != text.npos) return "";
  const tfcpp::Url url = tfcpp::Url::Split(text);
  const std::string_view scheme = url.scheme.value_or("");
  if (!tfcpp::IsScheme(scheme) || !tfcpp::FindUrlFault(url).empty()) return "";
  return tfcpp::Truncate(tfcpp::OneLine(tfcpp::Concat(scheme, "://", url.host)), kMaxShown);
}

}  // namespace mlflow
