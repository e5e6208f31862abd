// Client: a Terraform of sorts: the provider of thing.h served over a real gRPC channel in this process, and calls with
// values as text.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "server/provider_service.h"
#include "tfplugin6.grpc.pb.h"
#include "thing.h"
#include "value/value.h"

namespace conformance {

// What a plan or an apply needs and gives, decoded.
struct Change {
  tfcpp::Value prior, config, proposed, planned, state;
  std::vector<std::string> requires_replace;  // attribute names, joined by '.'
  std::string private_data;
  std::vector<std::string> diagnostics;  // "error: summary: detail"
  bool failed = false;
};

class Client {
 public:
  Client();
  ~Client();

  tfplugin6::Provider::Stub& stub() { return *stub_; }
  ThingStore& store() { return store_; }
  const tfcpp::Provider& provider() const { return provider_; }
  const tfcpp::ResourceType& type() const { return provider_.resources.front(); }
  const tfcpp::Type& thing_type() const { return thing_type_; }
  bool write_only_allowed = true;  // a client since Terraform 1.11

  tfcpp::Value Thing(std::string_view text) const;
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

  void Configure();
  // Plans as Terraform does: `config` over `prior` (a null thing: create) makes the proposed state.
  Change Plan(const tfcpp::Value& prior, const tfcpp::Value& config, const std::string& private_data = "");
  // Applies it; config and planned null: delete.
  void Apply(Change& change);
  Change Read(const tfcpp::Value& state, const std::string& private_data = "");
  // Plan and apply of a new thing, which must succeed.
  Change Create(std::string_view config);

 private:
  static void Expect(const grpc::Status& status);

  ThingStore store_;
  tfcpp::Provider provider_;
  tfcpp::Type thing_type_;
  tfcpp::NullLogger log_;
  tfcpp::SystemClock clock_;
  tfcpp::ProviderService service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<tfplugin6::Provider::Stub> stub_;
};

std::vector<std::string> Describe(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& diagnostics);
bool HasError(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& diagnostics);

}  // namespace conformance
