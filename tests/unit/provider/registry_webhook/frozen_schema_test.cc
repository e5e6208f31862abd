// The form of stored states and identities is a promise (docs/dev/compatibility.md): each version of it is frozen in
// tests/golden, and a newer one needs a way up from each older one.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "codec/state_json.h"
#include "framework/upgrade.h"
#include "json/json.h"
#include "unit/provider/registry_webhook/cases.h"
#include "value/walk.h"

namespace mlflow {
namespace {

// One line for each attribute at any depth: path and type.
void Render(const std::vector<tfcpp::Attribute>& attributes, const std::string& prefix, std::string& text) {
  for (const tfcpp::Attribute& attribute : attributes) {
    const std::string path = prefix + attribute.name;
    const tfcpp::NestedObject* nested = attribute.nested();
    text += path + ": " + (nested == nullptr ? std::get<tfcpp::Type>(attribute.type).ToJson() : "object");
    if (attribute.write_only || !attribute.deprecation.empty()) text += ", always null";
    text += "\n";
    if (nested != nullptr) {
      ASSERT_EQ(nested->nesting, tfcpp::Nesting::kSingle) << path << ": say its nesting here";
      Render(nested->attributes, path + ".", text);
    }
  }
}

std::string Golden(const std::string& kind, std::int64_t version) {
  const std::string path =
      std::string(TFCPP_SOURCE_DIR) + "/tests/golden/mlflow_webhook_" + kind + "_v" + std::to_string(version) + ".txt";
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << "no " << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

tfcpp::Json Without(const tfcpp::Json& object, std::string_view name) {
  tfcpp::Json::Members members;
  for (const auto& [key, member] : object.members()) {
    if (key != name) members.emplace_back(key, member);
  }
  return tfcpp::Json::Object(std::move(members));
}

TEST(FrozenSchemaTest, StatesHaveTheFormOfTheirVersion) {
  std::string text;
  Render(Webhook().schema.attributes, "", text);
  ASSERT_TRUE(Webhook().schema.blocks.empty());
  EXPECT_EQ(text, Golden("state", Webhook().schema.version))
      << "The form of stored states has changed. States in the old form exist: raise the schema's version, add an "
         "upgrader from the old one, and freeze the new form in a golden file of its own (see "
         "docs/dev/compatibility.md). Never change a golden file that has been released.";
}

// Every state of the version loads, whatever members it was written without: those of a later build are null.
TEST(FrozenSchemaTest, StatesFromBeforeAMemberLoad) {
  const tfcpp::Schema& schema = Webhook().schema;
  const tfcpp::Value whole = Config(R"({id: "1", events: ["COMMENT_CREATED"], description: "", status: "ACTIVE",
      registry_webhook: true, http_url_spec: {url: "https://x", secret: "s"}, job_spec: {job_id: "1"}})");
  const auto expect_null = [&](const tfcpp::Path& path, const tfcpp::Json& json) {
    const auto output = tfcpp::UpgradeState(Webhook(), schema.version, json.Write(), tfcpp::DecodeStateJson);
    EXPECT_FALSE(output.diagnostics.has_error()) << path.ToString() << Summaries(output.diagnostics);
    EXPECT_EQ(output.state, tfcpp::Replace(whole, path, tfcpp::Value::Null(schema.Find(path)->ImpliedType())));
  };
  const auto json = tfcpp::Json::Parse(tfcpp::EncodeStateJson(whole, schema.ImpliedType()));
  ASSERT_TRUE(json.has_value());
  for (const tfcpp::Attribute& attribute : schema.attributes) {
    const tfcpp::Path path(attribute.name);
    expect_null(path, Without(*json, attribute.name));
    if (attribute.nested() == nullptr) continue;
    for (const tfcpp::Attribute& member : attribute.nested()->attributes) {
      const tfcpp::Json spec = Without(*json->Find(attribute.name), member.name);
      tfcpp::Json::Members members = Without(*json, attribute.name).members();
      members.emplace_back(attribute.name, spec);
      expect_null(path.Attribute(member.name), tfcpp::Json::Object(std::move(members)));
    }
  }
}

TEST(FrozenSchemaTest, EveryOlderVersionHasAnUpgrader) {
  for (std::int64_t version = 0; version < Webhook().schema.version; ++version) {
    EXPECT_NE(Golden("state", version), "");
    EXPECT_EQ(Webhook().upgraders.count(version), 1U) << "no upgrader from schema version " << version;
  }
}

TEST(FrozenSchemaTest, IdentitiesHaveTheFormOfTheirVersion) {
  ASSERT_TRUE(Webhook().identity.has_value());
  std::string text;
  Render(Webhook().identity->attributes, "", text);
  EXPECT_EQ(text, Golden("identity", Webhook().identity->version))
      << "The form of stored identities has changed; the server knows no way up from an older one yet.";
}

}  // namespace
}  // namespace mlflow
