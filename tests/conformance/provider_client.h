// ProviderClient: an in-process client (tfcpp/testing/in_process.h) about one of a provider's resources, with the raw
// calls of the protocol beside it. Tells by gtest what does not hold of every answer.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"
#include "tfcpp/framework/provider.h"
#include "tfcpp/host/session.h"
#include "tfcpp/testing/in_process.h"
#include "tfcpp/value/value.h"

namespace conformance {

using tfcpp::test::Change;
using tfcpp::test::Texts;

class ProviderClient {
 public:
  // All must outlive this. `type_name`: of the resource; empty: the first one.
  ProviderClient(const tfcpp::Provider& provider, tfcpp::Logger& log, tfcpp::Clock& clock,
                 std::string_view type_name = "");
  ProviderClient(const ProviderClient&) = delete;
  ProviderClient& operator=(const ProviderClient&) = delete;

  tfplugin6::Provider::Stub& stub() { return client_.session().stub(); }
  const tfcpp::Provider& provider() const { return provider_; }
  const tfcpp::ResourceType& type() const { return type_; }
  const tfcpp::Type& value_type() const { return resource_.value_type(); }

  void set_write_only_allowed(bool allowed) { resource_.write_only_allowed = allowed; }

  tfcpp::Value Parse(std::string_view text) const { return resource_.Parse(text); }
  tfplugin6::DynamicValue Encode(const tfcpp::Value& value) const;
  tfcpp::Value Decode(const tfplugin6::DynamicValue& value) const;

  // A call that must not fail at the level of gRPC.
  template <class Request, class Response>
  Response Call(grpc::Status (tfplugin6::Provider::Stub::*rpc)(grpc::ClientContext*, const Request&, Response*),
                const Request& request) {
    return client_.session().Call(rpc, request);
  }

  void Configure(std::string_view config);
  Change Plan(const tfcpp::Value& prior, const tfcpp::Value& config, const std::string& private_data = "",
              const std::string& first_plan = "");
  void Apply(Change& change);
  Change Read(const tfcpp::Value& state, const std::string& private_data = "") {
    return resource_.Read(state, private_data);
  }
  Change Import(const std::string& id) { return resource_.Import(id); }

 private:
  const tfcpp::Provider& provider_;
  const tfcpp::ResourceType& type_;
  tfcpp::test::InProcess client_;
  tfcpp::test::ResourceClient resource_;
};

std::vector<std::string> Describe(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& diagnostics);
bool HasError(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& diagnostics);

}  // namespace conformance
