#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "framework_docs/identity.md.h"
#include "tfcpp/codec/state_json.h"
#include "tfcpp/framework/move.h"
#include "tfcpp/framework/upgrade.h"

namespace {

using testing::IsEmpty;

std::string StateOf(const std::optional<Value>& state) { return state.has_value() ? state->ToString() : "none"; }

TEST(IdentityPage, SchemasAreSound) {
  EXPECT_THAT(RuleSchema().Check(), IsEmpty());
  EXPECT_THAT(RuleIdentity().Check(), IsEmpty());
}

TEST(IdentityPage, ImportByIdAndByIdentity) {
  constexpr char kState[] = R"({id: "r7", network: "n1", port: null})";
  const auto imported = [](const std::string& id, std::optional<Value> identity = std::nullopt) {
    const tfcpp::Facts facts;
    return tfcpp::ImportResource(RuleType(), {id, std::move(identity), facts});
  };
  const Outcome by_id = imported("n1/r7");
  EXPECT_EQ(StateOf(by_id.state), kState);
  EXPECT_EQ(StateOf(imported("", IdentityOf(*by_id.state)).state), kState);
  EXPECT_TRUE(imported("r7").diagnostics.has_error());
}

TEST(IdentityPage, AnOldStateIsUpgraded) {
  const auto upgraded = [](std::int64_t version, std::string_view json) {
    return tfcpp::UpgradeState(RuleType(), version, json, tfcpp::DecodeStateJson);
  };
  EXPECT_EQ(upgraded(1, R"({"id": "r7", "network": "n1", "port": "80"})").state.ToString(),
            R"({id: "r7", network: "n1", port: 80})");
  EXPECT_TRUE(upgraded(1, R"({"id": "r7", "network": "n1", "port": "http"})").diagnostics.has_error());
  EXPECT_EQ(upgraded(2, R"({"id": "r7", "network": "n1"})").state.ToString(),
            R"({id: "r7", network: "n1", port: null})");
  EXPECT_TRUE(upgraded(3, "{}").diagnostics.has_error());
}

TEST(IdentityPage, AStateIsMoved) {
  const std::string private_data;
  const auto moved = [&](std::string_view provider, std::string_view type, std::string_view json) {
    return tfcpp::MoveState(RuleType(), {provider, type, 0, json, private_data}, tfcpp::DecodeStateJson);
  };
  constexpr char kSource[] = R"({"network_id": "n1", "rule_id": "r7"})";
  EXPECT_EQ(StateOf(moved("registry.example.com/acme/firewall", "acme_firewall_rule", kSource).state),
            R"({id: "r7", network: "n1", port: null})");
  EXPECT_TRUE(moved("registry.example.com/acme/other", "acme_firewall_rule", kSource).diagnostics.has_error());
}

}  // namespace
