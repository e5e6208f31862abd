// What the schema promises about every member of a webhook, secrets above all.
#include "provider/registry_webhook/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "provider/provider.h"
#include "provider/registry_webhook/secrets.h"
#include "tfcpp/base/clock.h"
#include "unit/provider/registry_webhook/cases.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;

using Visit = std::function<void(const std::string& path, const tfcpp::Attribute&)>;

void VisitAll(const std::vector<tfcpp::Attribute>& attributes, const std::string& prefix, const Visit& visit) {
  for (const tfcpp::Attribute& attribute : attributes) {
    visit(prefix + attribute.name, attribute);
    if (const auto* nested = attribute.nested()) VisitAll(nested->attributes, prefix + attribute.name + ".", visit);
  }
}

TEST(WebhookSchemaTest, IsSound) { EXPECT_THAT(Webhook().schema.Check(), testing::IsEmpty()); }

// Terraform hides a write-only value by itself, and each sensitive path costs time with every write of the state.
TEST(WebhookSchemaTest, SecretsAreSensitiveOrWriteOnlyNeverBoth) {
  std::vector<std::string> sensitive;
  std::vector<std::string> write_only;
  VisitAll(Webhook().schema.attributes, "", [&](const std::string& path, const tfcpp::Attribute& attribute) {
    if (attribute.sensitive) sensitive.push_back(path);
    if (attribute.write_only) write_only.push_back(path);
  });
  EXPECT_THAT(sensitive, testing::UnorderedElementsAre("http_url_spec.authorization_header", "http_url_spec.secret",
                                                       "http_url_spec.authorization", "job_spec.access_token"));
  EXPECT_THAT(write_only, testing::UnorderedElementsAre("http_url_spec.url_wo", "http_url_spec.authorization_header_wo",
                                                        "http_url_spec.secret_wo", "job_spec.access_token_wo"));
}

// One that had none would be sent by no decision, and no error would be cleaned of it.
TEST(WebhookSchemaTest, EverySecretHasARow) {
  std::vector<std::string> plain;
  std::vector<std::string> write_only;
  for (const SecretRow& row : WebhookSecrets()) {
    plain.push_back(row.PlainName());
    write_only.push_back(row.Name());
  }
  VisitAll(Webhook().schema.attributes, "", [&](const std::string& path, const tfcpp::Attribute& attribute) {
    if (attribute.sensitive && attribute.deprecation.empty()) {
      EXPECT_THAT(plain, testing::Contains(path));
    }
    if (attribute.write_only) {
      EXPECT_THAT(write_only, testing::Contains(path));
    }
  });
}

TEST(WebhookSchemaTest, AMemberThatIsOnlyRefusedIsOptionalAndDeprecated) {
  const tfcpp::Attribute* member = Webhook().schema.Find(tfcpp::Path("http_url_spec").Attribute("authorization"));
  ASSERT_NE(member, nullptr);
  EXPECT_EQ(member->mode, tfcpp::Mode::kOptional);
  EXPECT_TRUE(member->sensitive);
  EXPECT_THAT(member->deprecation, HasSubstr("authorization_header"));
}

// Terraform drops what is misspelt in an object before the provider could see it, so whoever reads about the object has
// to be told. Walks everything that can be configured.
TEST(ProviderSchemaTest, ObjectsSayThatMisspeltMembersAreDropped) {
  std::vector<std::string> objects;
  const auto look = [&](const std::string& type, const tfcpp::Schema& schema) {
    VisitAll(schema.attributes, type + ".", [&](const std::string& path, const tfcpp::Attribute& attribute) {
      if (attribute.nested() == nullptr || attribute.mode == tfcpp::Mode::kComputed) return;
      objects.push_back(path);
      EXPECT_THAT(attribute.description, HasSubstr("Terraform drops one that does not exist")) << path;
    });
  };
  tfcpp::SystemClock clock;
  const tfcpp::Provider provider =
      MakeProvider({.clock = clock, .environment = nullptr, .jitter = nullptr, .make_transport = nullptr});
  look("provider", provider.schema);
  for (const auto& type : provider.resources) look(type.name, type.schema);
  for (const auto& type : provider.data_sources) look("data." + type.name, type.schema);
  for (const auto& type : provider.lists) look("list." + type.name, type.schema);
  for (const auto& type : provider.actions) look("action." + type.name, type.schema);
  EXPECT_THAT(objects, testing::UnorderedElementsAre("mlflow_webhook.http_url_spec", "mlflow_webhook.job_spec"));
}

}  // namespace
}  // namespace mlflow
