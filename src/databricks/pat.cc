#include "databricks/pat.h"

#include "base/strings.h"

namespace tfcpp::databricks {

Result<std::vector<http::Header>> PatTokenSource::Headers(const Context&) {
  return std::vector<http::Header>{{"Authorization", Concat("Bearer ", token_.Reveal())}};
}

bool PatTokenSource::Invalidate(const std::vector<http::Header>&) { return false; }

}  // namespace tfcpp::databricks
