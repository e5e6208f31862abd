#include "provider_client.h"

#include <gtest/gtest.h>

#include "proposed.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/value/parse.h"

namespace conformance {

using tfcpp::Value;

namespace {

const tfcpp::ResourceType& TypeOf(const tfcpp::Provider& provider, std::string_view name) {
  for (const tfcpp::ResourceType& type : provider.resources) {
    if (type.name == name) return type;
  }
  EXPECT_EQ(name, "") << "the provider has no such resource";
  return provider.resources.front();
}

}  // namespace

ProviderClient::ProviderClient(const tfcpp::Provider& provider, tfcpp::Logger& log, tfcpp::Clock& clock,
                               std::string_view type_name)
    : provider_(provider),
      type_(TypeOf(provider, type_name)),
      value_type_(type_.schema.ImpliedType()),
      service_(provider_, log, clock) {
  // As tfcpp/goplugin/serve.cc sets them.
  constexpr int kMessageLimit = 256 * 1024 * 1024;
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kMessageLimit);
  builder.SetMaxSendMessageSize(kMessageLimit);
  builder.RegisterService(&service_);
  server_ = builder.BuildAndStart();
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageLimit);
  arguments.SetMaxSendMessageSize(kMessageLimit);
  stub_ = tfplugin6::Provider::NewStub(server_->InProcessChannel(arguments));
}

ProviderClient::~ProviderClient() {
  service_.Stop();
  server_->Shutdown();
}

Value ProviderClient::Parse(std::string_view text) const { return tfcpp::ParseValue(text, value_type_).value(); }
tfplugin6::DynamicValue ProviderClient::Encode(const Value& value) const { return tfcpp::ToProto(value, value_type_); }
Value ProviderClient::Decode(const tfplugin6::DynamicValue& value) const {
  return tfcpp::FromProto(value, value_type_).value();
}

void ProviderClient::Expect(const grpc::Status& status) { EXPECT_TRUE(status.ok()) << status.error_message(); }

void ProviderClient::Configure(std::string_view config) {
  tfplugin6::ConfigureProvider_Request request;
  request.set_terraform_version("1.11.4");
  const tfcpp::Type type = provider_.schema.ImpliedType();
  *request.mutable_config() = tfcpp::ToProto(tfcpp::ParseValue(config, type).value(), type);
  const auto response = Call(&tfplugin6::Provider::Stub::ConfigureProvider, request);
  EXPECT_EQ(response.diagnostics_size(), 0);
}

Change ProviderClient::Plan(const Value& prior, const Value& config, const std::string& private_data,
                            const std::string& first_plan) {
  Change change;
  change.prior = prior;
  change.config = config;
  change.proposed = config.is_null() ? config : ProposedNewState(type().schema, prior, config);
  tfplugin6::PlanResourceChange_Request request;
  request.set_type_name(type().name);
  request.set_prior_private(private_data);
  request.set_planned_private(first_plan);
  *request.mutable_prior_state() = Encode(prior);
  *request.mutable_config() = Encode(config);
  *request.mutable_proposed_new_state() = Encode(change.proposed);
  request.mutable_client_capabilities()->set_write_only_attributes_allowed(write_only_allowed);
  const auto response = Call(&tfplugin6::Provider::Stub::PlanResourceChange, request);
  change.planned = Decode(response.planned_state());
  for (const tfplugin6::AttributePath& path : response.requires_replace()) {
    std::string text;
    for (const auto& step : path.steps()) text += (text.empty() ? "" : ".") + step.attribute_name();
    change.requires_replace.push_back(text);
  }
  change.private_data = response.planned_private();
  change.diagnostics = Describe(response.diagnostics());
  change.failed = HasError(response.diagnostics());
  EXPECT_FALSE(response.legacy_type_system());
  return change;
}

void ProviderClient::Apply(Change& change) {
  tfplugin6::ApplyResourceChange_Request request;
  request.set_type_name(type().name);
  request.set_planned_private(change.private_data);
  *request.mutable_prior_state() = Encode(change.prior);
  *request.mutable_planned_state() = Encode(change.planned);
  *request.mutable_config() = Encode(change.config);
  const auto response = Call(&tfplugin6::Provider::Stub::ApplyResourceChange, request);
  change.state = Decode(response.new_state());
  change.private_data = response.private_();
  change.diagnostics = Describe(response.diagnostics());
  change.failed = HasError(response.diagnostics());
  EXPECT_FALSE(response.legacy_type_system());
}

Change ProviderClient::Read(const Value& state, const std::string& private_data) {
  tfplugin6::ReadResource_Request request;
  request.set_type_name(type().name);
  request.set_private_(private_data);
  *request.mutable_current_state() = Encode(state);
  const auto response = Call(&tfplugin6::Provider::Stub::ReadResource, request);
  Change change;
  change.prior = state;
  change.state = Decode(response.new_state());
  change.private_data = response.private_();
  change.diagnostics = Describe(response.diagnostics());
  change.failed = HasError(response.diagnostics());
  return change;
}

Change ProviderClient::Import(const std::string& id) {
  tfplugin6::ImportResourceState_Request request;
  request.set_type_name(type().name);
  request.set_id(id);
  const auto response = Call(&tfplugin6::Provider::Stub::ImportResourceState, request);
  Change change;
  change.state = Value::Null(value_type_);
  if (response.imported_resources_size() == 1) {
    change.state = Decode(response.imported_resources(0).state());
    change.private_data = response.imported_resources(0).private_();
  }
  change.diagnostics = Describe(response.diagnostics());
  change.failed = HasError(response.diagnostics());
  return change;
}

std::vector<std::string> Describe(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& diagnostics) {
  std::vector<std::string> texts;
  for (const tfplugin6::Diagnostic& diagnostic : diagnostics) {
    EXPECT_NE(diagnostic.severity(), tfplugin6::Diagnostic::INVALID);
    const bool error = diagnostic.severity() == tfplugin6::Diagnostic::ERROR;
    texts.push_back((error ? "error: " : "warning: ") + diagnostic.summary() + ": " + diagnostic.detail());
  }
  return texts;
}

bool HasError(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& diagnostics) {
  for (const tfplugin6::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity() == tfplugin6::Diagnostic::ERROR) return true;
  }
  return false;
}

}  // namespace conformance
