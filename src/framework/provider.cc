#include "framework/provider.h"

namespace tfcpp {

const ResourceType* Provider::FindResource(std::string_view name) const {
  for (const ResourceType& type : resources) {
    if (type.name == name) return &type;
  }
  return nullptr;
}

}  // namespace tfcpp
