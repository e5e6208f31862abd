// UpgradeResourceIdentity: what older versions of a provider have stored is read, or told why it is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "provider_client.h"
#include "tfcpp/base/clock.h"
#include "tfcpp/base/log.h"
#include "thing.h"

namespace conformance {
namespace {

using testing::HasSubstr;
using tfcpp::Result;
using tfcpp::Value;
using Stub = tfplugin6::Provider::Stub;

// Version 0 called it a key. Keys choose misbehaviour.
Result<Value> FromKey(const Value& old) {
  const std::string key = old.Get("key").AsString();
  if (key == "fails") return tfcpp::Error{.message = "the key is of the time before 2020"};
  if (key == "throws") throw std::logic_error("no such thing");
  if (key == "lies") return Value::Object({{"id", Value::Int(7)}});
  return Value::Object({{"id", Value::String(key)}});
}

tfcpp::Provider OfTwoVersions(ThingStore& store) {
  tfcpp::Provider provider = MakeProvider(store);
  provider.resources[0].identity->version = 1;
  provider.resources[0].identity_upgraders = {{0, FromKey}};
  return provider;
}

struct IdentityUpgradeTest : testing::Test {
  tfplugin6::UpgradeResourceIdentity_Response Upgrade(int version, const std::string& json) {
    tfplugin6::UpgradeResourceIdentity_Request request;
    request.set_type_name(client.type().name);
    request.set_version(version);
    request.mutable_raw_identity()->set_json(json);
    return client.Call(&Stub::UpgradeResourceIdentity, request);
  }

  ThingStore store;
  tfcpp::Provider provider = OfTwoVersions(store);
  tfcpp::NullLogger log;
  tfcpp::SystemClock clock;
  ProviderClient client{provider, log, clock};
};

TEST_F(IdentityUpgradeTest, ReadsWhatIsStored) {
  for (const auto& [version, json] : {std::pair(1, R"({"id":"7"})"), {0, R"({"key":"7"})"}}) {
    SCOPED_TRACE(json);
    const auto response = Upgrade(version, json);
    EXPECT_EQ(response.diagnostics_size(), 0);
    EXPECT_EQ(response.upgraded_identity().identity_data().msgpack(),
              "\x81\xa2id\xa1"
              "7");
  }
}

TEST_F(IdentityUpgradeTest, TellsWhyItDoesNot) {
  const struct {
    int version;
    const char* json;
    const char* told;
  } rows[] = {
      {2, R"({"id":"7"})", "has version 2, which this provider does not know"},
      {0, R"({"key":)", "JSON"},
      {1, R"({"id":)", "JSON"},
      {0, R"({"key":"fails"})", "the key is of the time before 2020"},
      {0, R"({"key":"throws"})", "no such thing"},
      {0, R"({"key":"lies"})",
       "The upgrade of the identity of a test_thing from version 0 gave one that cannot be used"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.json);
    const auto response = Upgrade(row.version, row.json);
    EXPECT_FALSE(response.has_upgraded_identity());
    ASSERT_EQ(response.diagnostics_size(), 1);
    EXPECT_THAT(response.diagnostics(0).summary() + ": " + response.diagnostics(0).detail(), HasSubstr(row.told));
  }
}

}  // namespace
}  // namespace conformance
