#include "provider_client.h"

#include <gtest/gtest.h>

#include "tfcpp/codec/proto_value.h"
#include "tfcpp/host/wire_diagnostics.h"

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
      client_(provider, log, clock),
      resource_(client_.Resource(type_.name)) {}

tfplugin6::DynamicValue ProviderClient::Encode(const Value& value) const { return tfcpp::ToProto(value, value_type()); }
Value ProviderClient::Decode(const tfplugin6::DynamicValue& value) const {
  return tfcpp::FromProto(value, value_type()).value();
}

void ProviderClient::Configure(std::string_view config) { EXPECT_TRUE(client_.Configure(config).empty()); }

Change ProviderClient::Plan(const Value& prior, const Value& config, const std::string& private_data,
                            const std::string& first_plan) {
  Change change = resource_.Plan(prior, config, private_data, first_plan);
  EXPECT_FALSE(change.legacy_type_system);
  return change;
}

void ProviderClient::Apply(Change& change) {
  resource_.Apply(change);
  EXPECT_FALSE(change.legacy_type_system);
}

std::vector<std::string> Describe(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& diagnostics) {
  return Texts(tfcpp::host::FromProto(diagnostics));
}

bool HasError(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& diagnostics) {
  return tfcpp::host::FromProto(diagnostics).has_error();
}

}  // namespace conformance
