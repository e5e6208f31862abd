#include "stub_provider.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/server/provider_service.h"
#include "tfcpp/value/parse.h"

namespace stub {
namespace {

using tfcpp::Value;

struct StubProviderTest : testing::Test {
  StubProviderTest() {
    tfplugin6::ConfigureProvider_Request request;
    tfplugin6::ConfigureProvider_Response response;
    EXPECT_TRUE(service.ConfigureProvider(nullptr, &request, &response).ok());
    EXPECT_EQ(response.diagnostics_size(), 0);
  }
  tfplugin6::DynamicValue Encode(std::string_view text) const {
    return tfcpp::ToProto(tfcpp::ParseValue(text, type).value(), type);
  }
  Value Decode(const tfplugin6::DynamicValue& value) const { return tfcpp::FromProto(value, type).value(); }

  Value Plan(std::string_view prior, std::string_view config, std::string_view proposed) {
    tfplugin6::PlanResourceChange_Request request;
    request.set_type_name("databricks_job");
    *request.mutable_prior_state() = Encode(prior);
    *request.mutable_config() = Encode(config);
    *request.mutable_proposed_new_state() = Encode(proposed);
    tfplugin6::PlanResourceChange_Response response;
    EXPECT_TRUE(service.PlanResourceChange(nullptr, &request, &response).ok());
    EXPECT_EQ(response.diagnostics_size(), 0);
    EXPECT_EQ(response.requires_replace_size(), 0);
    return Decode(response.planned_state());
  }
  Value Apply(std::string_view prior, std::string_view config, const Value& planned) {
    tfplugin6::ApplyResourceChange_Request request;
    request.set_type_name("databricks_job");
    *request.mutable_prior_state() = Encode(prior);
    *request.mutable_config() = Encode(config);
    *request.mutable_planned_state() = tfcpp::ToProto(planned, type);
    tfplugin6::ApplyResourceChange_Response response;
    EXPECT_TRUE(service.ApplyResourceChange(nullptr, &request, &response).ok());
    EXPECT_EQ(response.diagnostics_size(), 0);
    return Decode(response.new_state());
  }

  tfcpp::Provider provider = MakeProvider();
  tfcpp::NullLogger log;
  tfcpp::SystemClock clock;
  tfcpp::ProviderService service{provider, log, clock};
  tfcpp::Type type = provider.resources.front().schema.ImpliedType();
};

TEST_F(StubProviderTest, AJobHasAnIdOfDigitsThatIsUnknownFirst) {
  for (const char* config : {R"({name: "retraining"})", "{}"}) {
    const Value planned = Plan("null", config, config);
    EXPECT_FALSE(planned.Get("id").is_known());
    const std::string id = Apply("null", config, planned).Get("id").AsString();
    EXPECT_TRUE(!id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; })) << id;
    EXPECT_EQ(Apply("null", config, planned).Get("id").AsString(), id);  // the same in every run
  }
}

TEST_F(StubProviderTest, AnotherNameIsAnUpdateThatKeepsTheId) {
  const Value planned = Plan(R"({id: "7", name: "a"})", R"({name: "b"})", R"({id: "7", name: "b"})");
  EXPECT_EQ(Apply(R"({id: "7", name: "a"})", R"({name: "b"})", planned).ToString(), R"({id: "7", name: "b"})");
}

}  // namespace
}  // namespace stub
