// The RPCs of data sources. No provider offers any yet, so every name is unknown.
#include "base/strings.h"
#include "server/answers.h"

namespace tfcpp {
namespace {

Result<void> RefuseUnknown(Call& call, const std::string& type_name) {
  call.diagnostics.AddError("Unknown data source type", Concat("The provider \"", call.provider.type_name,
                                                               "\" has no data source \"", type_name, "\"."));
  return {};
}

}  // namespace

Result<void> Answer(Call& call, const tfplugin6::ValidateDataResourceConfig_Request& request,
                    tfplugin6::ValidateDataResourceConfig_Response&) {
  return RefuseUnknown(call, request.type_name());
}

Result<void> Answer(Call& call, const tfplugin6::ReadDataSource_Request& request, tfplugin6::ReadDataSource_Response&) {
  return RefuseUnknown(call, request.type_name());
}

}  // namespace tfcpp
