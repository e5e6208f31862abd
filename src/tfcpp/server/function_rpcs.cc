// SPDX-License-Identifier: Apache-2.0
// The RPCs of provider functions. Both work on a provider that was never configured.
#include <string>
#include <vector>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/framework/guard.h"
#include "tfcpp/server/answers.h"
#include "tfcpp/server/require.h"
#include "tfcpp/value/fit.h"

namespace tfcpp {

tfplugin6::Function ToProto(const FunctionType& type) {
  tfplugin6::Function message;
  for (const FunctionParameter& parameter : type.parameters) {
    tfplugin6::Function_Parameter& added = *message.add_parameters();
    added.set_name(parameter.name);
    added.set_type(parameter.type.ToJson());
    added.set_description(ToValidUtf8(parameter.description));
    added.set_description_kind(tfplugin6::MARKDOWN);
  }
  message.mutable_return_()->set_type(type.result.ToJson());
  message.set_summary(ToValidUtf8(type.summary));
  message.set_description(ToValidUtf8(type.description));
  message.set_description_kind(tfplugin6::MARKDOWN);
  return message;
}

// Terraform takes the functions from the schema, OpenTofu asks here.
Result<void> Answer(Call& call, const tfplugin6::GetFunctions_Request&, tfplugin6::GetFunctions_Response& response) {
  for (const FunctionType& type : call.provider.functions) (*response.mutable_functions())[type.name] = ToProto(type);
  return {};
}

Result<void> Answer(Call& call, const tfplugin6::CallFunction_Request& request,
                    tfplugin6::CallFunction_Response& response) {
  const FunctionType* type = RequireType(call, call.provider.functions, "function", request.name());
  if (type == nullptr) return {};
  if (request.arguments_size() != static_cast<int>(type->parameters.size())) {
    call.diagnostics.AddError("Wrong number of arguments",
                              Concat(type->name, " takes ", std::to_string(type->parameters.size()), " arguments, not ",
                                     std::to_string(request.arguments_size()), "."));
    return {};
  }
  std::vector<Value> arguments;
  for (std::size_t i = 0; i < type->parameters.size(); ++i) {
    const FunctionParameter& parameter = type->parameters[i];
    TFCPP_ASSIGN_OR_RETURN(Value argument, FromProto(request.arguments(static_cast<int>(i)), parameter.type));
    if (!argument.is_set()) {
      call.diagnostics.AddError("Argument without a value", Concat(parameter.name, " is null or not known."));
      return {};
    }
    arguments.push_back(std::move(argument));
  }
  const Result<Value> result = type->call(arguments);
  if (!result.has_value()) {
    call.diagnostics.AddError(Concat("Error in ", type->name), result.error().message);
    return {};
  }
  const Fitted fitted = Fit(*result, type->result);
  std::vector<std::string> faults = fitted.faults;
  if (!fitted.value.is_wholly_known()) faults.emplace_back("it is not known");
  if (!faults.empty()) {
    call.diagnostics.Add(ProviderBug(
        Concat("The function ", type->name, " gave a result that cannot be used: ", Join(faults, "; "), ".")));
    return {};
  }
  *response.mutable_result() = ToProto(fitted.value, type->result);
  return {};
}

}  // namespace tfcpp
