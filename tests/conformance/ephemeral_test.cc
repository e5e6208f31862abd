// Ephemeral resources over the wire: opened, renewed, closed; and what must not stay open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "client.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/value/parse.h"

namespace conformance {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Stub = tfplugin6::Provider::Stub;

struct EphemeralTest : testing::Test {
  Client client;
  const tfcpp::Type type = client.provider().ephemerals.front().schema.ImpliedType();

  template <class Request>
  Request About(std::string_view config) {
    Request request;
    request.set_type_name("test_lease");
    *request.mutable_config() = tfcpp::ToProto(tfcpp::ParseValue(config, type).value(), type);
    return request;
  }
  auto Open(std::string_view config) {
    return client.Call(&Stub::OpenEphemeralResource, About<tfplugin6::OpenEphemeralResource_Request>(config));
  }
  auto Renew(const std::string& private_data) {
    tfplugin6::RenewEphemeralResource_Request request;
    request.set_type_name("test_lease");
    request.set_private_(private_data);
    return client.Call(&Stub::RenewEphemeralResource, request);
  }
  std::vector<std::string> Close(const std::string& private_data) {
    tfplugin6::CloseEphemeralResource_Request request;
    request.set_type_name("test_lease");
    request.set_private_(private_data);
    return Describe(client.Call(&Stub::CloseEphemeralResource, request).diagnostics());
  }
};

TEST_F(EphemeralTest, IsPartOfTheSchema) {
  const auto schemas = client.Call(&Stub::GetProviderSchema, tfplugin6::GetProviderSchema_Request());
  EXPECT_EQ(schemas.ephemeral_resource_schemas().count("test_lease"), 1u);
  EXPECT_EQ(client.Call(&Stub::GetMetadata, tfplugin6::GetMetadata_Request()).ephemeral_resources_size(), 1);
}

TEST_F(EphemeralTest, IsValidated) {
  for (const auto& [config, errors] : {std::pair(R"({name: ?})", 0), std::pair(R"({name: "a"})", 0),
                                       std::pair(R"({name: ""})", 1), std::pair("{}", 1)}) {
    const auto response = client.Call(&Stub::ValidateEphemeralResourceConfig,
                                      About<tfplugin6::ValidateEphemeralResourceConfig_Request>(config));
    EXPECT_EQ(response.diagnostics_size(), errors) << config;
  }
}

TEST_F(EphemeralTest, IsOpenedRenewedAndClosed) {
  client.Configure();
  const auto opened = Open(R"({name: "a"})");
  EXPECT_THAT(Describe(opened.diagnostics()), IsEmpty());
  EXPECT_EQ(tfcpp::FromProto(opened.result(), type).value().ToString(), R"({name: "a", token: "t"})");
  EXPECT_EQ(opened.renew_at().seconds(), 1);
  EXPECT_EQ(opened.renew_at().nanos(), 500'000'000);
  EXPECT_EQ(client.store().lent, 1);
  const auto renewed = Renew(opened.private_());
  EXPECT_THAT(Describe(renewed.diagnostics()), IsEmpty());
  EXPECT_EQ(renewed.renew_at().seconds(), 601);
  EXPECT_EQ(renewed.private_(), "a+");
  EXPECT_THAT(Close(renewed.private_()), IsEmpty());
  EXPECT_EQ(client.store().lent, 0);
}

TEST_F(EphemeralTest, SaysWhatHasFailed) {
  EXPECT_THAT(Describe(Open(R"({name: "a"})").diagnostics()), ElementsAre(HasSubstr("was not opened")));
  EXPECT_THAT(Describe(Renew("a").diagnostics()), ElementsAre(HasSubstr("was not renewed")));
  EXPECT_THAT(Close("a"), ElementsAre(HasSubstr("was not closed")));
  client.Configure();
  EXPECT_THAT(Describe(Open(R"({name: "fails"})").diagnostics()), ElementsAre(HasSubstr("Refused")));
  EXPECT_THAT(Describe(Open(R"({name: ""})").diagnostics()), ElementsAre(HasSubstr("at least 1 byte")));
  EXPECT_THAT(Describe(Open(R"({name: ?})").diagnostics()), ElementsAre(HasSubstr("never makes")));
  const auto lost = Renew("half-done");
  EXPECT_THAT(Describe(lost.diagnostics()), ElementsAre(HasSubstr("lends it no longer")));
  EXPECT_FALSE(lost.has_renew_at());
  EXPECT_THAT(Close(""), ElementsAre(HasSubstr("Unknown lease")));
}

// A provider with a bug gives what it must not: the client never sees it, and so never closes it.
TEST_F(EphemeralTest, WhatIsGivenWronglyIsClosed) {
  client.Configure();
  for (const auto& [name, what] :
       {std::pair(kNameWaits, "test_lease gave a value that cannot be used: there is none"),
        std::pair(kNameForgets, "token is unknown"), std::pair(kNameLies, "name is not as it is configured"),
        std::pair(kNameDisobeys, "token is missing")}) {
    const auto opened = Open(std::string(R"({name: ")") + name + R"("})");
    EXPECT_THAT(Describe(opened.diagnostics()), ElementsAre(HasSubstr(what))) << name;
    EXPECT_FALSE(opened.has_result()) << name;
    EXPECT_FALSE(opened.has_renew_at()) << name;
    EXPECT_EQ(client.store().lent, 0) << name;
  }
}

TEST_F(EphemeralTest, IsClosedAfterAStopToo) {
  client.Configure();
  const auto opened = Open(R"({name: "a"})");
  client.Call(&Stub::StopProvider, tfplugin6::StopProvider_Request());
  EXPECT_THAT(Describe(Open(R"({name: "b"})").diagnostics()), ElementsAre(HasSubstr("Cancelled")));
  EXPECT_THAT(Close(opened.private_()), IsEmpty());
  EXPECT_EQ(client.store().lent, 0);
}

}  // namespace
}  // namespace conformance
