// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/testing/client.h"

#include <google/protobuf/map.h>

#include <stdexcept>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/host/receive.h"
#include "tfcpp/host/session.h"
#include "tfcpp/host/wire_diagnostics.h"
#include "tfcpp/host/wire_schema.h"
#include "tfcpp/testing/value_of_text.h"

namespace tfcpp::test {
namespace {

using Stub = host::Session::Stub;

template <class T>
const T& Find(const std::map<std::string, T>& all, const std::string& name, std::string_view kind) {
  const auto found = all.find(name);
  if (found == all.end()) throw std::logic_error(Concat("the provider has no ", kind, " ", name));
  return found->second;
}

// What the provider says, with its mistakes put down.
class Receiver {
 public:
  template <class Message>
  Schema Take(const Message& message, std::string_view where) {
    host::ReceivedSchema received = host::FromProto(message);
    if (!received.mistakes.empty()) provided_.mistakes[std::string(where)] = std::move(received.mistakes);
    return std::move(received.schema);
  }

  template <class Messages, class SchemaOf>
  std::map<std::string, Schema> TakeAll(const Messages& messages, std::string_view kind, const SchemaOf& schema_of) {
    std::map<std::string, Schema> schemas;
    for (const auto& [name, message] : messages)
      schemas.emplace(name, Take(schema_of(message), Concat(kind, " ", name)));
    return schemas;
  }
  std::map<std::string, Schema> TakeAll(const google::protobuf::Map<std::string, tfplugin6::Schema>& messages,
                                        std::string_view kind) {
    return TakeAll(
        messages, kind, [](const tfplugin6::Schema& message) -> const auto& { return message; });
  }

  Signature TakeFunction(const tfplugin6::Function& message, const std::string& name) {
    Signature signature;
    for (const auto& parameter : message.parameters()) signature.parameters.push_back(TakeParameter(parameter, name));
    if (message.has_variadic_parameter()) signature.variadic = TakeParameter(message.variadic_parameter(), name);
    signature.result = TakeType(message.return_().type(), Concat("function ", name), "its result");
    return signature;
  }

  Provided& provided() { return provided_; }

 private:
  Parameter TakeParameter(const tfplugin6::Function_Parameter& message, const std::string& function) {
    return {.name = message.name(),
            .type = TakeType(message.type(), Concat("function ", function), Concat("the parameter ", message.name())),
            .may_be_null = message.allow_null_value(),
            .may_be_unknown = message.allow_unknown_values()};
  }
  Type TakeType(const std::string& json, const std::string& where, std::string_view what) {
    Result<Type> type = Type::FromJson(json);
    if (type.has_value()) return *std::move(type);
    provided_.mistakes[where].push_back(Concat(what, " has no type, or one that is none"));
    return Type::Dynamic();
  }

  Provided provided_;
};

Provided AskWhatThereIs(const host::Session& session) {
  const auto answer = session.Call(&Stub::GetProviderSchema, tfplugin6::GetProviderSchema_Request());
  const Diagnostics told = host::FromProto(answer.diagnostics());
  if (told.has_error()) {
    throw host::CallFailed({.message = Concat("GetProviderSchema failed: ", Join(Texts(told), "; "))});
  }
  Receiver receiver;
  Provided& provided = receiver.provided();
  provided.plans_destroy = answer.server_capabilities().plan_destroy();
  provided.provider = receiver.Take(answer.provider(), "provider");
  provided.resources = receiver.TakeAll(answer.resource_schemas(), "resource");
  provided.data_sources = receiver.TakeAll(answer.data_source_schemas(), "data source");
  provided.ephemerals = receiver.TakeAll(answer.ephemeral_resource_schemas(), "ephemeral resource");
  provided.lists = receiver.TakeAll(answer.list_resource_schemas(), "list resource");
  provided.actions = receiver.TakeAll(
      answer.action_schemas(), "action",
      [](const tfplugin6::ActionSchema& message) -> const auto& { return message.schema(); });
  for (const auto& [name, function] : answer.functions()) {
    provided.functions.emplace(name, receiver.TakeFunction(function, name));
  }
  try {
    const auto identities =
        session.Call(&Stub::GetResourceIdentitySchemas, tfplugin6::GetResourceIdentitySchemas_Request());
    provided.identities = receiver.TakeAll(
        identities.identity_schemas(), "identity of", [](const auto& message) -> const auto& { return message; });
  } catch (const host::CallFailed& failed) {
    if (failed.code() != ErrorCode::kUnimplemented) throw;  // a provider older than Terraform 1.12
  }
  return std::move(provided);
}

template <class Request>
Request About(const std::string& type_name, const Schema& schema, const Value& config) {
  Request request;
  if constexpr (requires { request.set_action_type(type_name); }) {
    request.set_action_type(type_name);
  } else {
    request.set_type_name(type_name);
  }
  *request.mutable_config() = ToProto(config, schema.ImpliedType());
  return request;
}

template <class Response>
Answer AnswerOf(const Response& response) {
  Answer answer;
  answer.diagnostics = host::FromProto(response.diagnostics());
  answer.failed = answer.diagnostics.has_error();
  answer.deferred = response.has_deferred();
  return answer;
}

}  // namespace

std::vector<std::string> Texts(const Diagnostics& diagnostics) {
  std::vector<std::string> texts;
  for (const Diagnostic& each : diagnostics.items()) {
    texts.push_back(
        Concat(each.severity == Severity::kError ? "error: " : "warning: ", each.summary, ": ", each.detail));
  }
  return texts;
}

Client::Client(std::unique_ptr<host::Session> session)
    : session_(std::move(session)), provided_(AskWhatThereIs(*session_)) {}
Client::~Client() = default;

Diagnostics Client::ValidateProvider(std::string_view config) const {
  return ValidateProvider(ValueOfText(config, provided_.provider.ImpliedType()));
}

Diagnostics Client::ValidateProvider(const Value& config) const {
  tfplugin6::ValidateProviderConfig_Request request;
  *request.mutable_config() = ToProto(config, provided_.provider.ImpliedType());
  return host::FromProto(session_->Call(&Stub::ValidateProviderConfig, request).diagnostics());
}

Diagnostics Client::Configure(std::string_view config) const {
  return Configure(ValueOfText(config, provided_.provider.ImpliedType()));
}

Diagnostics Client::Configure(const Value& config) const {
  tfplugin6::ConfigureProvider_Request request;
  request.set_terraform_version("1.11.4");
  *request.mutable_config() = ToProto(config, provided_.provider.ImpliedType());
  return host::FromProto(session_->Call(&Stub::ConfigureProvider, request).diagnostics());
}

void Client::Stop() const { session_->Call(&Stub::StopProvider, tfplugin6::StopProvider_Request()); }

ResourceClient Client::Resource(const std::string& type) const {
  const auto identity = provided_.identities.find(type);
  return {*session_, type, Find(provided_.resources, type, "resource"),
          identity == provided_.identities.end() ? nullptr : &identity->second};
}

Diagnostics Client::ValidateDataSource(const std::string& type, const Value& config) const {
  const auto request = About<tfplugin6::ValidateDataResourceConfig_Request>(
      type, Find(provided_.data_sources, type, "data source"), config);
  return host::FromProto(session_->Call(&Stub::ValidateDataResourceConfig, request).diagnostics());
}

Diagnostics Client::ValidateEphemeral(const std::string& type, const Value& config) const {
  const auto request = About<tfplugin6::ValidateEphemeralResourceConfig_Request>(
      type, Find(provided_.ephemerals, type, "ephemeral resource"), config);
  return host::FromProto(session_->Call(&Stub::ValidateEphemeralResourceConfig, request).diagnostics());
}

Diagnostics Client::ValidateAction(const std::string& type, const Value& config) const {
  const auto request =
      About<tfplugin6::ValidateActionConfig_Request>(type, Find(provided_.actions, type, "action"), config);
  return host::FromProto(session_->Call(&Stub::ValidateActionConfig, request).diagnostics());
}

Diagnostics Client::ValidateList(const std::string& type, const Value& config) const {
  const auto request =
      About<tfplugin6::ValidateListResourceConfig_Request>(type, Find(provided_.lists, type, "list resource"), config);
  return host::FromProto(session_->Call(&Stub::ValidateListResourceConfig, request).diagnostics());
}

Answer Client::ReadData(const std::string& type, std::string_view config) const {
  return ReadData(type, ValueOfText(config, Find(provided_.data_sources, type, "data source").ImpliedType()));
}

Answer Client::ReadData(const std::string& type, const Value& config) const {
  const Schema& schema = Find(provided_.data_sources, type, "data source");
  const auto response =
      session_->Call(&Stub::ReadDataSource, About<tfplugin6::ReadDataSource_Request>(type, schema, config));
  Answer answer = AnswerOf(response);
  answer.value = host::Receive(response.state(), schema.ImpliedType(), "data");
  return answer;
}

Answer Client::CallFunction(const std::string& name, const std::vector<Value>& arguments) const {
  const Signature& signature = Find(provided_.functions, name, "function");
  tfplugin6::CallFunction_Request request;
  request.set_name(name);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i >= signature.parameters.size() && !signature.variadic.has_value()) {
      throw std::logic_error(Concat(name, " takes fewer arguments"));
    }
    const Type& type = i < signature.parameters.size() ? signature.parameters[i].type : signature.variadic->type;
    *request.add_arguments() = ToProto(arguments[i], type);
  }
  const auto response = session_->Call(&Stub::CallFunction, request);
  Answer answer;
  answer.failed = response.has_error();
  if (answer.failed) {
    answer.diagnostics.AddError("Error in function call", response.error().text());
  } else {
    answer.value = host::Receive(response.result(), signature.result, "a result");
  }
  return answer;
}

Answer Client::OpenEphemeral(const std::string& type, std::string_view config) const {
  return OpenEphemeral(type, ValueOfText(config, Find(provided_.ephemerals, type, "ephemeral resource").ImpliedType()));
}

Answer Client::OpenEphemeral(const std::string& type, const Value& config) const {
  const Schema& schema = Find(provided_.ephemerals, type, "ephemeral resource");
  const auto response = session_->Call(&Stub::OpenEphemeralResource,
                                       About<tfplugin6::OpenEphemeralResource_Request>(type, schema, config));
  Answer answer = AnswerOf(response);
  answer.value = host::Receive(response.result(), schema.ImpliedType(), "a result");
  answer.private_data = response.private_();
  return answer;
}

Diagnostics Client::CloseEphemeral(const std::string& type, const std::string& private_data) const {
  tfplugin6::CloseEphemeralResource_Request request;
  request.set_type_name(type);
  request.set_private_(private_data);
  return host::FromProto(session_->Call(&Stub::CloseEphemeralResource, request).diagnostics());
}

}  // namespace tfcpp::test
