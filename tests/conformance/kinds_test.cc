// The RPCs of functions, data sources, lists and actions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/framework/provider.h"
#include "tfcpp/value/parse.h"

namespace conformance {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using tfcpp::Type;
using Stub = tfplugin6::Provider::Stub;

tfplugin6::DynamicValue Encode(std::string_view text, const Type& type) {
  return tfcpp::ToProto(tfcpp::ParseValue(text, type).value(), type);
}

struct KindsTest : testing::Test {
  Client client;

  // Result or error of a call.
  std::string CallFunction(const char* name, const std::vector<const char*>& numbers) {
    tfplugin6::CallFunction_Request request;
    request.set_name(name);
    for (const char* number : numbers) *request.add_arguments() = Encode(number, Type::Number());
    const auto response = client.Call(&Stub::CallFunction, request);
    EXPECT_NE(response.has_error(), response.has_result());
    return response.has_error() ? "error: " + response.error().text()
                                : tfcpp::FromProto(response.result(), Type::Number()).value().ToString();
  }

  template <class Type>
  tfplugin6::DynamicValue Config(const std::vector<Type>& types, std::string_view text) {
    return Encode(text, types.front().schema.ImpliedType());
  }

  tfplugin6::ReadDataSource_Response ReadThings(std::string_view config) {
    tfplugin6::ReadDataSource_Request request;
    request.set_type_name("test_things");
    *request.mutable_config() = Config(client.provider().data_sources, config);
    return client.Call(&Stub::ReadDataSource, request);
  }

  // "name id [state's name]" of each result, then the diagnostics.
  std::vector<std::string> List(std::string_view config, std::int64_t limit, bool include_state = false) {
    tfplugin6::ListResource_Request request;
    request.set_type_name("test_thing");
    request.set_limit(limit);
    request.set_include_resource_object(include_state);
    *request.mutable_config() = Config(client.provider().lists, config);
    grpc::ClientContext context;
    const auto reader = client.stub().ListResource(&context, request);
    std::vector<std::string> seen;
    for (tfplugin6::ListResource_Event event; reader->Read(&event);) {
      for (const std::string& text : Describe(event.diagnostic())) seen.push_back(text);
      if (!event.has_identity()) continue;
      const Type identity = client.type().identity->ImpliedType();
      seen.push_back(event.display_name() + " " +
                     tfcpp::FromProto(event.identity().identity_data(), identity).value().Get("id").AsString());
      EXPECT_EQ(event.has_resource_object(), include_state);
      if (include_state) seen.back() += " " + client.Decode(event.resource_object()).Get("name").AsString();
    }
    EXPECT_TRUE(reader->Finish().ok());
    return seen;
  }

  // The lines of progress, then the diagnostics.
  std::vector<std::string> Invoke(const char* action, std::string_view config) {
    tfplugin6::InvokeAction_Request request;
    request.set_action_type(action);
    *request.mutable_config() = Config(client.provider().actions, config);
    grpc::ClientContext context;
    const auto reader = client.stub().InvokeAction(&context, request);
    std::vector<std::string> seen;
    int completed = 0;
    for (tfplugin6::InvokeAction_Event event; reader->Read(&event);) {
      EXPECT_EQ(completed, 0) << "the completion is the last event";
      if (event.has_progress()) {
        seen.push_back(event.progress().message());
        continue;
      }
      ++completed;
      for (const std::string& text : Describe(event.completed().diagnostics())) seen.push_back(text);
    }
    EXPECT_TRUE(reader->Finish().ok());
    EXPECT_EQ(completed, 1);
    return seen;
  }
};

TEST_F(KindsTest, FunctionsWorkWithoutConfigure) {
  EXPECT_EQ(CallFunction("divide", {"6", "3"}), "2");
  EXPECT_THAT(CallFunction("divide", {"6", "0"}), HasSubstr("no number to divide by"));
  EXPECT_THAT(CallFunction("divide", {"6"}), HasSubstr("takes 2 arguments, not 1"));
  EXPECT_THAT(CallFunction("divide", {"6", "null"}), HasSubstr("divisor is null"));
  EXPECT_THAT(CallFunction("divide", {"?", "3"}), HasSubstr("dividend is null or not known"));
  EXPECT_THAT(CallFunction("multiply", {}), HasSubstr("multiply"));
  const auto functions = client.Call(&Stub::GetFunctions, tfplugin6::GetFunctions_Request()).functions();
  ASSERT_EQ(functions.count("divide"), 1u);
  EXPECT_EQ(functions.at("divide").parameters(1).name(), "divisor");
  EXPECT_EQ(functions.at("divide").parameters(1).type(), "\"number\"");
  EXPECT_EQ(functions.at("divide").return_().type(), "\"number\"");
}

TEST_F(KindsTest, DataSourcesAreValidated) {
  tfplugin6::ValidateDataResourceConfig_Request request;
  request.set_type_name("test_things");
  *request.mutable_config() = Config(client.provider().data_sources, R"({prefix: ?})");
  EXPECT_EQ(client.Call(&Stub::ValidateDataResourceConfig, request).diagnostics_size(), 0);
  *request.mutable_config() = Config(client.provider().data_sources, R"({prefix: ""})");
  EXPECT_EQ(client.Call(&Stub::ValidateDataResourceConfig, request).diagnostics_size(), 1);
}

TEST_F(KindsTest, DataSourcesAreRead) {
  EXPECT_THAT(Describe(ReadThings("{}").diagnostics()), ElementsAre(HasSubstr("not configured")));
  client.Configure();
  const auto read = ReadThings(R"({prefix: "a"})");
  EXPECT_THAT(Describe(read.diagnostics()), ElementsAre());
  const Type type = client.provider().data_sources.front().schema.ImpliedType();
  EXPECT_EQ(tfcpp::FromProto(read.state(), type).value().ToString(), R"({count_of_things: 0, prefix: "a"})");

  const auto failed = ReadThings(R"({prefix: "fails"})");
  EXPECT_THAT(Describe(failed.diagnostics()), ElementsAre(HasSubstr("Refused")));
  EXPECT_FALSE(failed.has_state());
  EXPECT_THAT(Describe(ReadThings(R"({prefix: "forgets"})").diagnostics()), ElementsAre(HasSubstr("bug")));
}

TEST_F(KindsTest, ListsAreValidated) {
  tfplugin6::ValidateListResourceConfig_Request request;
  request.set_type_name("test_thing");
  for (const auto& [config, errors] :
       {std::pair("null", 0), std::pair("{}", 0), std::pair(R"({prefix: ?})", 0), std::pair(R"({prefix: ""})", 1)}) {
    *request.mutable_config() = Config(client.provider().lists, config);
    EXPECT_EQ(client.Call(&Stub::ValidateListResourceConfig, request).diagnostics_size(), errors) << config;
  }
}

TEST_F(KindsTest, ListsStreamUpToTheLimit) {
  EXPECT_THAT(List("{}", 1), ElementsAre(HasSubstr("not configured")));
  client.Configure();
  EXPECT_THAT(List("null", 100), ElementsAre());
  for (const char* config : {R"({name: "a"})", R"({name: "b"})", R"({name: "c"})"}) client.Create(config);
  EXPECT_THAT(List("null", 100), ElementsAre("a 1", "b 2", "c 3"));
  EXPECT_THAT(List("null", 3), ElementsAre("a 1", "b 2", "c 3"));
  EXPECT_THAT(List("{}", 2, true), ElementsAre("a 1 a", "b 2 b"));
  EXPECT_THAT(List("{}", 0), ElementsAre("a 1", "b 2", "c 3"));
  EXPECT_THAT(List(R"({prefix: "fails"})", 100), ElementsAre("a 1", "b 2", "c 3", HasSubstr("error: Cut short")));
}

TEST_F(KindsTest, IdentitiesHaveSchemas) {
  const auto response = client.Call(&Stub::GetResourceIdentitySchemas, tfplugin6::GetResourceIdentitySchemas_Request());
  EXPECT_EQ(response.diagnostics_size(), 0);
  const auto& identity = response.identity_schemas().at("test_thing");
  ASSERT_EQ(identity.identity_attributes_size(), 1);
  EXPECT_EQ(identity.identity_attributes(0).name(), "id");
  EXPECT_EQ(identity.identity_attributes(0).type(), "\"string\"");
  EXPECT_TRUE(identity.identity_attributes(0).required_for_import());
  EXPECT_FALSE(identity.identity_attributes(0).optional_for_import());
}

TEST_F(KindsTest, ActionsAreValidatedAndPlanned) {
  tfplugin6::ValidateActionConfig_Request request;
  request.set_type_name("test_poke");
  *request.mutable_config() = Config(client.provider().actions, R"({name: ""})");
  EXPECT_EQ(client.Call(&Stub::ValidateActionConfig, request).diagnostics_size(), 1);
  tfplugin6::PlanAction_Request plan;
  plan.set_action_type("test_poke");
  *plan.mutable_config() = Config(client.provider().actions, R"({name: ?})");
  EXPECT_EQ(client.Call(&Stub::PlanAction, plan).diagnostics_size(), 0);
  plan.set_action_type("test_push");
  EXPECT_THAT(Describe(client.Call(&Stub::PlanAction, plan).diagnostics()), ElementsAre(HasSubstr("test_push")));
}

// Terraform validates with what it knows then; a variable may turn out to be null or out of range later.
TEST_F(KindsTest, WhatActsByAConfigurationValidatesItAnew) {
  client.Configure();
  tfplugin6::PlanAction_Request plan;
  plan.set_action_type("test_poke");
  for (const auto& [config, error] :
       {std::pair(R"({name: ""})", "at least 1 byte"), std::pair("{}", "Missing value")}) {
    SCOPED_TRACE(config);
    *plan.mutable_config() = Config(client.provider().actions, config);
    EXPECT_THAT(Describe(client.Call(&Stub::PlanAction, plan).diagnostics()), ElementsAre(HasSubstr(error)));
    EXPECT_THAT(Invoke("test_poke", config), ElementsAre(HasSubstr(error)));
  }
  EXPECT_THAT(Describe(ReadThings(R"({prefix: ""})").diagnostics()), ElementsAre(HasSubstr("prefix")));
  EXPECT_THAT(List(R"({prefix: ""})", 1), ElementsAre(HasSubstr("prefix")));
}

TEST_F(KindsTest, ActionsReportProgressAndThenTheirEnd) {
  EXPECT_THAT(Invoke("test_poke", R"({name: "a"})"), ElementsAre(HasSubstr("not configured")));
  client.Configure();
  EXPECT_THAT(Invoke("test_poke", R"({name: "a"})"), ElementsAre("Poking a", "Poked"));
  EXPECT_THAT(Invoke("test_poke", R"({name: "fails"})"),
              ElementsAre("Poking fails", "Poked", HasSubstr("error: It did not move")));
  EXPECT_THAT(Invoke("test_poke", R"({name: "throws"})"), ElementsAre("Poking throws", HasSubstr("report")));
  EXPECT_THAT(Invoke("test_poke", R"({name: "throws"})"), Not(testing::Contains(HasSubstr(kCanary))));
  EXPECT_THAT(Invoke("test_push", R"({name: "a"})"), ElementsAre(HasSubstr("test_push")));
}

}  // namespace
}  // namespace conformance
