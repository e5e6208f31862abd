// ProviderClient: a Terraform of sorts: a provider served over a real gRPC channel in this process, and calls about one
// of its resources with values as text.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"
#include "tfcpp/server/provider_service.h"
#include "tfcpp/value/value.h"
#include "tfplugin6.grpc.pb.h"

namespace conformance {

// What a plan or an apply needs and gives, decoded.
struct Change {
  tfcpp::Value prior, config, proposed, planned, state;
  std::vector<std::string> requires_replace;  // attribute names, joined by '.'
  std::string private_data;
  std::vector<std::string> diagnostics;  // "error: summary: detail"
  bool failed = false;
};

class ProviderClient {
 public:
  // All must outlive this. `type_name`: of the resource; empty: the first one.
  ProviderClient(const tfcpp::Provider& provider, tfcpp::Logger& log, tfcpp::Clock& clock,
                 std::string_view type_name = "");
  ~ProviderClient();
  ProviderClient(const ProviderClient&) = delete;
  ProviderClient& operator=(const ProviderClient&) = delete;

  tfplugin6::Provider::Stub& stub() { return *stub_; }
  const tfcpp::Provider& provider() const { return provider_; }
  const tfcpp::ResourceType& type() const { return type_; }
  const tfcpp::Type& value_type() const { return value_type_; }

  bool write_only_allowed = true;  // a client since Terraform 1.11

  tfcpp::Value Parse(std::string_view text) const;
  tfplugin6::DynamicValue Encode(const tfcpp::Value& value) const;
  tfcpp::Value Decode(const tfplugin6::DynamicValue& value) const;

  // A call that must not fail at the level of gRPC.
  template <class Request, class Response>
  Response Call(grpc::Status (tfplugin6::Provider::Stub::*rpc)(grpc::ClientContext*, const Request&, Response*),
                const Request& request) {
    Response response;
    grpc::ClientContext context;
    const grpc::Status status = (*stub_.*rpc)(&context, request, &response);
    Expect(status);
    return response;
  }

  void Configure(std::string_view config);
  // Plans as Terraform does: `config` over `prior` (null: create) makes the proposed state.
  // `first_plan`: planned private data of the plan that is applied, which a client since Terraform 1.16 hands over.
  Change Plan(const tfcpp::Value& prior, const tfcpp::Value& config, const std::string& private_data = "",
              const std::string& first_plan = "");
  // Applies it; config and planned null: delete.
  void Apply(Change& change);
  Change Read(const tfcpp::Value& state, const std::string& private_data = "");
  // By id; the state is null when it failed. Terraform reads what was imported before it uses it.
  Change Import(const std::string& id);

 private:
  static void Expect(const grpc::Status& status);

  const tfcpp::Provider& provider_;
  const tfcpp::ResourceType& type_;
  tfcpp::Type value_type_;
  tfcpp::ProviderService service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<tfplugin6::Provider::Stub> stub_;
};

std::vector<std::string> Describe(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& diagnostics);
bool HasError(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& diagnostics);

}  // namespace conformance
