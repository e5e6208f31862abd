// The form of stored states and identities is a promise (docs/dev/compatibility.md): each version of it is frozen in
// tests/golden, and a newer one needs a way up from each older one.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "tfcpp/codec/state_json.h"
#include "tfcpp/framework/upgrade.h"
#include "tfcpp/json/json.h"
#include "tfcpp/value/walk.h"
#include "unit/provider/registry_webhook/cases.h"
#include "unit/provider/server_webhook/server_cases.h"

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

struct Frozen {
  const tfcpp::ResourceType& type;
  std::int64_t first;  // the version of its first states
  tfcpp::Value whole;  // a state
};
const Frozen kFrozen[] = {
    {Webhook(), 0, Config(R"({id: "1", events: ["COMMENT_CREATED"], description: "", status: "ACTIVE",
        registry_webhook: true, http_url_spec: {url: "https://x", secret: "s"}, job_spec: {job_id: "1"}})")},
    {ServerType(), 1, ServerConfig(R"({id: "1", name: "n", url: "https://x", events: ["prompt.created"],
        description: "", status: "ACTIVE", secret: "s", workspace: "w"})")},
};

std::string Golden(const tfcpp::ResourceType& type, const std::string& kind, std::int64_t version) {
  const std::string path = std::string(TFCPP_SOURCE_DIR) + "/tests/golden/" + type.name + "_" + kind + "_v" +
                           std::to_string(version) + ".txt";
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
  for (const auto& [type, first, whole] : kFrozen) {
    std::string text;
    Render(type.schema.attributes, "", text);
    ASSERT_TRUE(type.schema.blocks.empty());
    EXPECT_EQ(text, Golden(type, "state", type.schema.version))
        << "The form of stored states has changed. States in the old form exist: raise the schema's version, add an "
           "upgrader from the old one, and freeze the new form in a golden file of its own (see "
           "docs/dev/compatibility.md). Never change a golden file that has been released.";
  }
}

// Every state of the version loads, whatever members it was written without: those of a later build are null.
TEST(FrozenSchemaTest, StatesFromBeforeAMemberLoad) {
  for (const auto& [type, first, whole] : kFrozen) {
    const tfcpp::Schema& schema = type.schema;
    const auto expect_null = [&, &type = type, &whole = whole](const tfcpp::Path& path, const tfcpp::Json& json) {
      const auto output = tfcpp::UpgradeState(type, schema.version, json.Write(), tfcpp::DecodeStateJson);
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
}

TEST(FrozenSchemaTest, EveryOlderVersionHasAnUpgrader) {
  for (const auto& [type, first, whole] : kFrozen) {
    for (std::int64_t version = first; version < type.schema.version; ++version) {
      EXPECT_NE(Golden(type, "state", version), "");
      EXPECT_EQ(type.upgraders.count(version), 1U) << "no upgrader from schema version " << version;
    }
  }
}

TEST(FrozenSchemaTest, IdentitiesHaveTheFormOfTheirVersion) {
  for (const auto& [type, first, whole] : kFrozen) {
    ASSERT_TRUE(type.identity.has_value());
    std::string text;
    Render(type.identity->attributes, "", text);
    EXPECT_EQ(text, Golden(type, "identity", type.identity->version))
        << "The form of stored identities has changed; the server knows no way up from an older one yet.";
  }
}

}  // namespace
}  // namespace mlflow
