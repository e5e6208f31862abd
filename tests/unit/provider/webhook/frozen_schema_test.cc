// The form of stored states and identities is a promise (docs/dev/compatibility.md): each version of it is frozen in
// tests/golden, and a newer one needs a way up from each older one.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "unit/provider/webhook/cases.h"

namespace mlflow {
namespace {

// One line for each attribute at any depth: path and type.
void Render(const std::vector<tfcpp::Attribute>& attributes, const std::string& prefix, std::string& text) {
  for (const tfcpp::Attribute& attribute : attributes) {
    const std::string path = prefix + attribute.name;
    const tfcpp::NestedObject* nested = attribute.nested();
    text += path + ": " + (nested == nullptr ? std::get<tfcpp::Type>(attribute.type).ToJson() : "object");
    if (attribute.write_only) text += ", always null";
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

TEST(FrozenSchemaTest, StatesHaveTheFormOfTheirVersion) {
  std::string text;
  Render(Webhook().schema.attributes, "", text);
  ASSERT_TRUE(Webhook().schema.blocks.empty());
  EXPECT_EQ(text, Golden("state", Webhook().schema.version))
      << "The form of stored states has changed. States in the old form exist: raise the schema's version, add an "
         "upgrader from the old one, and freeze the new form in a golden file of its own (see "
         "docs/dev/compatibility.md). Never change a golden file that has been released.";
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
