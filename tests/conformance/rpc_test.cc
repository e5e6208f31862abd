// Every RPC: what it answers to sound requests, to unknown names, to values that do not fit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "client.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/value/parse.h"

namespace conformance {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;
using tfcpp::ParseValue;
using tfcpp::Type;
using tfcpp::Value;
using Stub = tfplugin6::Provider::Stub;

struct RpcTest : testing::Test {
  Client client;
};

void ExpectCapabilities(const tfplugin6::ServerCapabilities& capabilities) {
  EXPECT_TRUE(capabilities.get_provider_schema_optional());
  EXPECT_FALSE(capabilities.plan_destroy());
  EXPECT_TRUE(capabilities.move_resource_state());
  EXPECT_TRUE(capabilities.generate_resource_config());
}

TEST_F(RpcTest, GetMetadata) {
  const auto response = client.Call(&Stub::GetMetadata, tfplugin6::GetMetadata_Request());
  ExpectCapabilities(response.server_capabilities());
  ASSERT_EQ(response.resources_size(), 1);
  EXPECT_EQ(response.resources(0).type_name(), "test_thing");
  ASSERT_EQ(response.data_sources_size(), 1);
  EXPECT_EQ(response.data_sources(0).type_name(), "test_things");
  ASSERT_EQ(response.list_resources_size(), 1);
  EXPECT_EQ(response.list_resources(0).type_name(), "test_thing");
  ASSERT_EQ(response.actions_size(), 1);
  EXPECT_EQ(response.actions(0).type_name(), "test_poke");
  ASSERT_EQ(response.functions_size(), 1);
  EXPECT_EQ(response.functions(0).name(), "divide");
  EXPECT_EQ(response.diagnostics_size(), 0);
}

TEST_F(RpcTest, GetProviderSchema) {
  for (int i = 0; i < 2; ++i) {
    const auto response = client.Call(&Stub::GetProviderSchema, tfplugin6::GetProviderSchema_Request());
    ExpectCapabilities(response.server_capabilities());
    EXPECT_THAT(Describe(response.diagnostics()), ElementsAre());
    EXPECT_EQ(response.provider().block().attributes_size(), 2);
    ASSERT_EQ(response.resource_schemas().count("test_thing"), 1u);
    const tfplugin6::Schema& thing = response.resource_schemas().at("test_thing");
    EXPECT_EQ(thing.version(), 2);
    EXPECT_EQ(thing.block().attributes_size(), static_cast<int>(client.type().schema.attributes.size()));
    EXPECT_EQ(thing.block().block_types_size(), 2);
    EXPECT_EQ(response.data_source_schemas().at("test_things").block().attributes_size(), 2);
    EXPECT_EQ(response.list_resource_schemas().at("test_thing").block().attributes_size(), 1);
    EXPECT_EQ(response.action_schemas().at("test_poke").schema().block().attributes_size(), 1);
    EXPECT_EQ(response.functions().at("divide").parameters_size(), 2);
  }
}

TEST_F(RpcTest, ValidateProviderConfig) {
  const Type type = client.provider().schema.ImpliedType();
  const struct {
    const char* config;
    int errors;
  } rows[] = {{R"({host: "https://x", api_token: "t"})", 0}, {R"({host: ?})", 0}, {"{}", 0}, {R"({host: "x"})", 1}};
  for (const auto& row : rows) {
    tfplugin6::ValidateProviderConfig_Request request;
    *request.mutable_config() = tfcpp::ToProto(ParseValue(row.config, type).value(), type);
    const auto response = client.Call(&Stub::ValidateProviderConfig, request);
    EXPECT_EQ(response.diagnostics_size(), row.errors) << row.config;
  }
}

TEST_F(RpcTest, ValidateResourceConfig) {
  const struct {
    const char* config;
    const char* error;  // empty: none
  } rows[] = {
      {R"({name: "a"})", ""},
      {R"({name: ?, size: ?, level: ?, spec: ?, rules: ?, members: [?], routes: {a: ?}})", ""},
      {R"({name: "a", level: "hgih", spec: {url: "x"}})", "high"},
      {R"({name: "a", level: "high"})", "A level needs a spec"},
      {R"({name: "a", size: 1001})", "1000"},
      {R"({name: "a", password: "p"})", "1.11"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.config);
    tfplugin6::ValidateResourceConfig_Request request;
    request.set_type_name("test_thing");
    *request.mutable_config() = client.Encode(client.Thing(row.config));
    const auto response = client.Call(&Stub::ValidateResourceConfig, request);
    if (*row.error == '\0') {
      EXPECT_THAT(Describe(response.diagnostics()), ElementsAre());
    } else {
      EXPECT_THAT(Describe(response.diagnostics()), ElementsAre(HasSubstr(row.error)));
    }
  }
}

TEST_F(RpcTest, WriteOnlyValuesAreAcceptedFromClientsThatKnowThem) {
  tfplugin6::ValidateResourceConfig_Request request;
  request.set_type_name("test_thing");
  request.mutable_client_capabilities()->set_write_only_attributes_allowed(true);
  *request.mutable_config() = client.Encode(client.Thing(R"({name: "a", password: "p"})"));
  EXPECT_EQ(client.Call(&Stub::ValidateResourceConfig, request).diagnostics_size(), 0);
}

// Terraform before 1.11 takes a write-only attribute for an ordinary one: it must never get a value to store, nor a
// plan that it would refuse by printing the value; and what is not known yet must stay so.
TEST_F(RpcTest, WriteOnlyValuesInThePlanOfAClientThatWouldStoreThem) {
  client.Configure();
  client.set_write_only_allowed(false);
  const tfcpp::Value none = tfcpp::Value::Null(client.thing_type());
  for (const tfcpp::Value& prior : {none, client.Thing(R"({id: "7", name: "b"})")}) {
    const Change known = client.Plan(prior, client.Thing(R"({name: "a", password: "canary"})"));
    EXPECT_THAT(Texts(known.diagnostics), ElementsAre(AllOf(HasSubstr("Terraform 1.11"), Not(HasSubstr("canary")))));
    EXPECT_TRUE(known.planned.is_null()) << known.planned.ToString();
  }
  const Change unknown = client.Plan(none, client.Thing(R"({name: "a", password: ?})"));
  EXPECT_FALSE(unknown.failed);
  EXPECT_FALSE(unknown.planned.Get("password").is_known());
  client.set_write_only_allowed(true);
  EXPECT_TRUE(client.Plan(none, client.Thing(R"({name: "a", password: ?})")).planned.Get("password").is_null());
}

TEST_F(RpcTest, UpgradeResourceState) {
  const struct {
    const char* name;
    int version;
    const char* json;
    const char* answer;  // part of the state, or of the error
    bool failed;
  } rows[] = {
      {"same version, as stored", 2, "{\"id\":\"7\",\n\"name\":\"a\",\"size\":0.1}", R"(name: "a")", false},
      {"attributes of another time", 2, R"({"id":"7","name":"a","gone":{"x":[1]}})", R"(id: "7")", false},
      {"older version", 1, R"({"id":"7","title":"a"})", R"(name: "a")", false},
      {"newer version", 3, R"({"id":"7","name":"a"})", "error: ", true},
      {"no upgrader", 0, R"({"id":"7"})", "error: ", true},
      {"null", 2, "null", "error: ", true},
      {"nothing", 2, "", "error: ", true},
      {"not JSON", 2, "{", "error: ", true},
      {"another type", 2, R"({"id":"7","labels":"canary-5f1d"})", "labels", true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    tfplugin6::UpgradeResourceState_Request request;
    request.set_type_name("test_thing");
    request.set_version(row.version);
    request.mutable_raw_state()->set_json(row.json);
    const auto response = client.Call(&Stub::UpgradeResourceState, request);
    EXPECT_EQ(HasError(response.diagnostics()), row.failed);
    if (row.failed) {
      EXPECT_THAT(Describe(response.diagnostics()), ElementsAre(HasSubstr(row.answer)));
      EXPECT_THAT(Describe(response.diagnostics()), ElementsAre(Not(HasSubstr(kCanary))));
    } else {
      EXPECT_THAT(client.Decode(response.upgraded_state()).ToString(), HasSubstr(row.answer));
    }
  }
}

TEST_F(RpcTest, StatesOfTerraform011AreRefusedWithAWayOut) {
  tfplugin6::UpgradeResourceState_Request request;
  request.set_type_name("test_thing");
  (*request.mutable_raw_state()->mutable_flatmap())["id"] = "7";
  const auto response = client.Call(&Stub::UpgradeResourceState, request);
  EXPECT_FALSE(response.has_upgraded_state());
  EXPECT_THAT(Describe(response.diagnostics()), ElementsAre(HasSubstr("0.11")));
}

template <class Request>
Request Named(const char* type_name) {
  Request request;
  request.set_type_name(type_name);
  return request;
}

TEST_F(RpcTest, UnknownTypeNamesAreErrorsThatNameThem) {
  client.Configure();
  const auto refused = [](const auto& response) {
    EXPECT_TRUE(HasError(response.diagnostics()));
    EXPECT_THAT(Describe(response.diagnostics()), ElementsAre(HasSubstr("test_other")));
  };
  using namespace tfplugin6;  // NOLINT: a dozen message names
  refused(client.Call(&Stub::ValidateResourceConfig, Named<ValidateResourceConfig_Request>("test_other")));
  refused(client.Call(&Stub::UpgradeResourceState, Named<UpgradeResourceState_Request>("test_other")));
  refused(client.Call(&Stub::ReadResource, Named<ReadResource_Request>("test_other")));
  refused(client.Call(&Stub::PlanResourceChange, Named<PlanResourceChange_Request>("test_other")));
  refused(client.Call(&Stub::ApplyResourceChange, Named<ApplyResourceChange_Request>("test_other")));
  refused(client.Call(&Stub::ImportResourceState, Named<ImportResourceState_Request>("test_other")));
  refused(client.Call(&Stub::ValidateDataResourceConfig, Named<ValidateDataResourceConfig_Request>("test_other")));
  refused(client.Call(&Stub::ReadDataSource, Named<ReadDataSource_Request>("test_other")));
  MoveResourceState_Request move;
  move.set_target_type_name("test_other");
  refused(client.Call(&Stub::MoveResourceState, move));
}

TEST_F(RpcTest, ImportAndMoveAreRefused) {
  client.Configure();
  const auto import =
      client.Call(&Stub::ImportResourceState, Named<tfplugin6::ImportResourceState_Request>("test_thing"));
  EXPECT_THAT(Describe(import.diagnostics()), ElementsAre(HasSubstr("Import is not offered")));
  EXPECT_EQ(import.imported_resources_size(), 0);
  tfplugin6::MoveResourceState_Request request;
  request.set_target_type_name("test_thing");
  request.set_source_type_name("other_thing");
  const auto move = client.Call(&Stub::MoveResourceState, request);
  EXPECT_THAT(Describe(move.diagnostics()), ElementsAre(HasSubstr("other_thing")));
  EXPECT_FALSE(move.has_target_state());
}

TEST_F(RpcTest, ValuesThatDoNotFitAreErrorsThatNameThePlaceAndShowNothing) {
  client.Configure();
  // {"name": "canary"} and nothing else.
  const std::string bytes = std::string("\x81\xa4name\xab") + kCanary;
  const auto refused = [](const auto& response) {
    EXPECT_TRUE(HasError(response.diagnostics()));
    EXPECT_THAT(Describe(response.diagnostics()), ElementsAre(HasSubstr("is required")));
    EXPECT_THAT(Describe(response.diagnostics()), ElementsAre(Not(HasSubstr(kCanary))));
  };
  auto validate = Named<tfplugin6::ValidateResourceConfig_Request>("test_thing");
  validate.mutable_config()->set_msgpack(bytes);
  refused(client.Call(&Stub::ValidateResourceConfig, validate));

  auto read = Named<tfplugin6::ReadResource_Request>("test_thing");
  read.mutable_current_state()->set_msgpack(bytes);
  read.set_private_("kept");
  const auto read_response = client.Call(&Stub::ReadResource, read);
  refused(read_response);
  EXPECT_EQ(read_response.new_state().msgpack(), bytes);
  EXPECT_EQ(read_response.private_(), "kept");

  auto plan = Named<tfplugin6::PlanResourceChange_Request>("test_thing");
  plan.mutable_config()->set_msgpack(bytes);
  refused(client.Call(&Stub::PlanResourceChange, plan));

  auto apply = Named<tfplugin6::ApplyResourceChange_Request>("test_thing");
  apply.mutable_planned_state()->set_msgpack(bytes);
  refused(client.Call(&Stub::ApplyResourceChange, apply));
  EXPECT_EQ(client.store().size(), 0u);
}

// Terraform sends an object wherever there is one to act by; null and unknown are no configuration, state or change.
TEST_F(RpcTest, ObjectsThatAreMissingOrNotKnownAreRefused) {
  client.Configure();
  const std::string null = "\xc0";
  const std::string unknown("\xd4\0\0", 3);
  const auto refused = [](const char* rpc, const auto& diagnostics) {
    EXPECT_THAT(Describe(diagnostics), ElementsAre(HasSubstr("a call that Terraform never makes"))) << rpc;
  };
  using namespace tfplugin6;  // NOLINT: a dozen message names
  for (const std::string& bytes : {null, unknown}) {
    SCOPED_TRACE(bytes == null ? "null" : "unknown");
    const auto ask = [&](const char* name, auto rpc, auto request, auto&&... fields) {
      (fields(request)->set_msgpack(bytes), ...);
      refused(name, client.Call(rpc, request).diagnostics());
    };
    const auto config = [](auto& request) { return request.mutable_config(); };
    // A client without a provider block may send none.
    if (bytes == unknown) {
      ask("ValidateProviderConfig", &Stub::ValidateProviderConfig, ValidateProviderConfig_Request(), config);
      ask("ConfigureProvider", &Stub::ConfigureProvider, ConfigureProvider_Request(), config);
      client.Configure();
    }
    ask("ValidateResourceConfig", &Stub::ValidateResourceConfig, Named<ValidateResourceConfig_Request>("test_thing"),
        config);
    ask("ReadResource", &Stub::ReadResource, Named<ReadResource_Request>("test_thing"),
        [](auto& request) { return request.mutable_current_state(); });
    ask("GenerateResourceConfig", &Stub::GenerateResourceConfig, Named<GenerateResourceConfig_Request>("test_thing"),
        [](auto& request) { return request.mutable_state(); });
    ask(
        "PlanResourceChange", &Stub::PlanResourceChange, Named<PlanResourceChange_Request>("test_thing"), config,
        [](auto& request) { return request.mutable_prior_state(); },
        [](auto& request) { return request.mutable_proposed_new_state(); });
    ask(
        "ApplyResourceChange", &Stub::ApplyResourceChange, Named<ApplyResourceChange_Request>("test_thing"), config,
        [](auto& request) { return request.mutable_prior_state(); },
        [](auto& request) { return request.mutable_planned_state(); });
    ask("ValidateDataResourceConfig", &Stub::ValidateDataResourceConfig,
        Named<ValidateDataResourceConfig_Request>("test_things"), config);
    ask("ReadDataSource", &Stub::ReadDataSource, Named<ReadDataSource_Request>("test_things"), config);
    ask("ValidateActionConfig", &Stub::ValidateActionConfig, Named<ValidateActionConfig_Request>("test_poke"), config);
    PlanAction_Request plan;
    plan.set_action_type("test_poke");
    ask("PlanAction", &Stub::PlanAction, plan, config);
  }
  EXPECT_EQ(client.store().size(), 0u);
}

// What is to be has a configuration.
TEST_F(RpcTest, AnObjectWithoutAConfigurationIsRefused) {
  client.Configure();
  const auto object = client.Encode(client.Thing(R"({name: "a"})"));
  auto plan = Named<tfplugin6::PlanResourceChange_Request>("test_thing");
  *plan.mutable_proposed_new_state() = object;
  EXPECT_THAT(Describe(client.Call(&Stub::PlanResourceChange, plan).diagnostics()),
              ElementsAre(HasSubstr("without a configuration")));
  auto apply = Named<tfplugin6::ApplyResourceChange_Request>("test_thing");
  *apply.mutable_planned_state() = object;
  EXPECT_THAT(Describe(client.Call(&Stub::ApplyResourceChange, apply).diagnostics()),
              ElementsAre(HasSubstr("without a configuration")));
  EXPECT_EQ(client.store().size(), 0u);
}

TEST_F(RpcTest, StopProvider) {
  EXPECT_EQ(client.Call(&Stub::StopProvider, tfplugin6::StopProvider_Request()).error(), "");
}

// Clients take UNIMPLEMENTED for "no such feature".
TEST_F(RpcTest, WhatIsNotOfferedIsUnimplemented) {
  const auto unimplemented = [this](auto rpc, const auto& request, auto response) {
    grpc::ClientContext context;
    EXPECT_EQ((client.stub().*rpc)(&context, request, &response).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  };
  using namespace tfplugin6;  // NOLINT: a dozen message names
  unimplemented(&Stub::ValidateStateStoreConfig, ValidateStateStore_Request(), ValidateStateStore_Response());
  unimplemented(&Stub::ConfigureStateStore, ConfigureStateStore_Request(), ConfigureStateStore_Response());
  unimplemented(&Stub::LockState, LockState_Request(), LockState_Response());
  unimplemented(&Stub::UnlockState, UnlockState_Request(), UnlockState_Response());
  unimplemented(&Stub::GetStates, GetStates_Request(), GetStates_Response());
  unimplemented(&Stub::DeleteState, DeleteState_Request(), DeleteState_Response());

  const auto stream = [](auto reader, auto message) {
    EXPECT_FALSE(reader->Read(&message));
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::UNIMPLEMENTED);
  };
  grpc::ClientContext state;
  stream(client.stub().ReadStateBytes(&state, ReadStateBytes_Request()), ReadStateBytes_Response());
}

}  // namespace
}  // namespace conformance
