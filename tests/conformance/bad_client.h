// A client of bad_provider.h's provider, which asks it every call that runs code of an author, and a table of mistakes.
#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bad_provider.h"
#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/server/provider_service.h"
#include "tfcpp/value/parse.h"

namespace conformance {

// What a call answered, in words.
struct Answer {
  std::vector<std::string> diagnostics;
  std::string state;     // or result; "none": the message has none
  std::string identity;  // likewise
};

class BadClient {
 public:
  explicit BadClient(const Code& code) : code_(code) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = tfplugin6::Provider::NewStub(server_->InProcessChannel({}));
  }
  ~BadClient() { server_->Shutdown(); }
  BadClient(const BadClient&) = delete;
  BadClient& operator=(const BadClient&) = delete;

  const tfcpp::Provider& provider() const { return provider_; }

  Answer Configure() {
    tfplugin6::ConfigureProvider_Request request;
    *request.mutable_config() = tfcpp::ToProto(tfcpp::Value::Object({}), tfcpp::Type::Object({}));
    return {Told(Call(&Stub::ConfigureProvider, request)), "", ""};
  }
  Answer Validate() {
    auto request = Named<tfplugin6::ValidateResourceConfig_Request>();
    *request.mutable_config() = Encode(R"({name: "a"})");
    return {Told(Call(&Stub::ValidateResourceConfig, request)), "", ""};
  }
  Answer Plan(const char* prior, const char* config, const char* proposed) {
    auto request = Named<tfplugin6::PlanResourceChange_Request>();
    *request.mutable_prior_state() = Encode(prior);
    *request.mutable_config() = Encode(config);
    *request.mutable_proposed_new_state() = Encode(proposed);
    const auto response = Call(&Stub::PlanResourceChange, request);
    return {Told(response), Text(response.has_planned_state(), response.planned_state()), ""};
  }
  Answer PlanCreate() { return Plan("null", R"({name: "a"})", R"({name: "a"})"); }
  Answer PlanUnknown() { return Plan("null", "{name: ?}", "{name: ?}"); }
  Answer Apply(const char* prior, const char* config, const char* planned, const char* type = "bad_thing") {
    tfplugin6::ApplyResourceChange_Request request;
    request.set_type_name(type);
    *request.mutable_prior_state() = Encode(prior);
    *request.mutable_config() = Encode(config);
    *request.mutable_planned_state() = Encode(planned);
    if (std::string_view(prior) != "null" && std::string_view(type) == "bad_thing") {
      *request.mutable_planned_identity()->mutable_identity_data() = EncodedIdentity();
    }
    const auto response = Call(&Stub::ApplyResourceChange, request);
    return {Told(response), Text(response.has_new_state(), response.new_state()), Identity(response.new_identity())};
  }
  Answer Create() { return Apply("null", R"({name: "a"})", R"({id: ?, name: "a", size: ?})"); }
  Answer CreatePlain() { return Apply("null", R"({name: "a"})", R"({id: ?, name: "a", size: ?})", "bad_plain"); }
  Answer Update() { return Apply(kPrior, R"({name: "b"})", R"({id: "7", name: "b", size: ?})"); }
  Answer Delete() { return Apply(kPrior, "null", "null"); }
  Answer Read() { return ReadAs("bad_thing", true); }
  Answer ReadWithoutIdentity() { return ReadAs("bad_thing", false); }
  Answer ReadPlain() { return ReadAs("bad_plain", false); }
  Answer Import() {
    auto request = Named<tfplugin6::ImportResourceState_Request>();
    request.set_id("7");
    const auto response = Call(&Stub::ImportResourceState, request);
    if (response.imported_resources_size() == 0) return {Told(response), "none", "none"};
    const auto& imported = response.imported_resources(0);
    return {Told(response), Text(imported.has_state(), imported.state()), Identity(imported.identity())};
  }
  Answer Upgrade() {
    auto request = Named<tfplugin6::UpgradeResourceState_Request>();
    request.mutable_raw_state()->set_json(R"({"id":"7"})");
    const auto response = Call(&Stub::UpgradeResourceState, request);
    return {Told(response), Text(response.has_upgraded_state(), response.upgraded_state()), ""};
  }
  Answer Move() {
    tfplugin6::MoveResourceState_Request request;
    request.set_target_type_name("bad_thing");
    request.set_source_type_name("other_thing");
    request.set_source_provider_address("registry.example.com/acme/other");
    request.mutable_source_state()->set_json(R"({"id":"7"})");
    const auto response = Call(&Stub::MoveResourceState, request);
    return {Told(response), Text(response.has_target_state(), response.target_state()), ""};
  }
  Answer Data() {
    auto request = Named<tfplugin6::ReadDataSource_Request>();
    *request.mutable_config() = Encode(R"({name: "a"})");
    const auto response = Call(&Stub::ReadDataSource, request);
    return {Told(response), Text(response.has_state(), response.state()), ""};
  }
  Answer Open() {
    auto request = Named<tfplugin6::OpenEphemeralResource_Request>();
    *request.mutable_config() = Encode(R"({name: "a"})");
    const auto response = Call(&Stub::OpenEphemeralResource, request);
    return {Told(response), Text(response.has_result(), response.result()), ""};
  }
  Answer Renew() {
    return {Told(Call(&Stub::RenewEphemeralResource, Named<tfplugin6::RenewEphemeralResource_Request>())), "", ""};
  }
  Answer Close() {
    return {Told(Call(&Stub::CloseEphemeralResource, Named<tfplugin6::CloseEphemeralResource_Request>())), "", ""};
  }
  Answer Function() {
    tfplugin6::CallFunction_Request request;
    request.set_name("spoil");
    const auto response = Call(&Stub::CallFunction, request);
    if (response.has_error()) return {{response.error().text()}, "none", ""};
    return {{}, tfcpp::FromProto(response.result(), tfcpp::Type::List(tfcpp::Type::String())).value().ToString(), ""};
  }
  // The state is the number of results.
  Answer List() {
    auto request = Named<tfplugin6::ListResource_Request>();
    request.set_limit(10);
    request.set_include_resource_object(true);
    grpc::ClientContext context;
    const auto reader = stub_->ListResource(&context, request);
    Answer answer;
    int results = 0;
    for (tfplugin6::ListResource_Event event; reader->Read(&event);) {
      if (event.has_identity()) ++results;
      for (const auto& diagnostic : event.diagnostic()) answer.diagnostics.push_back(TextOf(diagnostic));
    }
    EXPECT_TRUE(reader->Finish().ok());
    answer.state = std::to_string(results);
    return answer;
  }
  Answer Invoke() {
    tfplugin6::InvokeAction_Request request;
    request.set_action_type("bad_thing");
    *request.mutable_config() = tfcpp::ToProto(tfcpp::Value::Object({}), tfcpp::Type::Object({}));
    grpc::ClientContext context;
    const auto reader = stub_->InvokeAction(&context, request);
    Answer answer;
    for (tfplugin6::InvokeAction_Event event; reader->Read(&event);) {
      for (const auto& diagnostic : event.completed().diagnostics()) answer.diagnostics.push_back(TextOf(diagnostic));
    }
    EXPECT_TRUE(reader->Finish().ok());
    return answer;
  }

  static constexpr char kPrior[] = R"({id: "7", name: "a", size: 1})";

 private:
  using Stub = tfplugin6::Provider::Stub;

  template <class Request>
  static Request Named(const char* type = "bad_thing") {
    Request request;
    request.set_type_name(type);
    return request;
  }
  template <class Request, class Response>
  Response Call(grpc::Status (Stub::*rpc)(grpc::ClientContext*, const Request&, Response*), const Request& request) {
    Response response;
    grpc::ClientContext context;
    const grpc::Status status = (*stub_.*rpc)(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  tfplugin6::DynamicValue Encode(const char* text) const {
    return tfcpp::ToProto(tfcpp::ParseValue(text, type_).value(), type_);
  }
  static tfplugin6::DynamicValue EncodedIdentity() { return tfcpp::ToProto(ThingIdentity(), ThingIdentity().type()); }
  std::string Text(bool there, const tfplugin6::DynamicValue& value) const {
    return there ? tfcpp::FromProto(value, type_).value().ToString() : "none";
  }
  static std::string Identity(const tfplugin6::ResourceIdentityData& identity) {
    if (!identity.has_identity_data()) return "none";
    return tfcpp::FromProto(identity.identity_data(), ThingIdentity().type()).value().ToString();
  }
  static std::string TextOf(const tfplugin6::Diagnostic& diagnostic) {
    const bool is_error = diagnostic.severity() == tfplugin6::Diagnostic::ERROR;
    return tfcpp::Concat(is_error ? "error: " : "warning: ", diagnostic.summary(), ": ", diagnostic.detail());
  }
  template <class Response>
  static std::vector<std::string> Told(const Response& response) {
    std::vector<std::string> texts;
    for (const auto& diagnostic : response.diagnostics()) texts.push_back(TextOf(diagnostic));
    return texts;
  }
  Answer ReadAs(const char* type, bool with_identity) {
    auto request = Named<tfplugin6::ReadResource_Request>(type);
    *request.mutable_current_state() = Encode(kPrior);
    if (with_identity) *request.mutable_current_identity()->mutable_identity_data() = EncodedIdentity();
    const auto response = Call(&Stub::ReadResource, request);
    return {Told(response), Text(response.has_new_state(), response.new_state()), Identity(response.new_identity())};
  }

  const Code& code_;
  tfcpp::Provider provider_ = BadProvider(code_);
  tfcpp::Type type_ = provider_.resources.front().schema.ImpliedType();
  tfcpp::NullLogger log_;
  tfcpp::SystemClock clock_;
  tfcpp::ProviderService service_{provider_, log_, clock_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<tfplugin6::Provider::Stub> stub_;
};

using Ask = Answer (BadClient::*)();

// One mistake in one call.
struct Row {
  const char* name;
  std::function<void(Code&)> make;
  Ask ask;
  std::vector<const char*> told;  // parts of the one diagnostic
  const char* state = "none";     // what the client is to track or use afterwards
};

inline constexpr char kBug[] = "The provider has a bug";
inline constexpr char kMade[] = R"({id: "7", name: "a", size: 1})";

// Makes each mistake, and expects its one diagnostic and the state.
void ExpectEach(const std::vector<Row>& rows);

}  // namespace conformance
