// The secret of mlflow_server_webhook: what a plan makes of each change that only the configuration knows, and of
// ignore_changes. Every change between two forms is walked in ../shared/secret_forms_test.cc, for a row like this one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "provider/server_webhook/model.h"
#include "provider/server_webhook/secrets.h"
#include "provider/shared/decision.h"
#include "tfcpp/value/walk.h"
#include "unit/provider/server_webhook/server_cases.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tfcpp::Json;
using tfcpp::Type;
using tfcpp::Value;

class SecretTest : public ::testing::Test {
 protected:
  static Value With(const std::string& members) {
    return ServerConfig(R"({name: "n", url: "https://x", events: ["prompt.created"])" +
                        (members.empty() ? "" : ", " + members) + "}");
  }
  const tfcpp::Plan& Plan(const Value& shown) {
    plan_ = ServerPlanOf(shown, state_, private_);
    EXPECT_THAT(plan_.planned.ToString() + plan_.decision + Told(plan_.diagnostics), Not(HasSubstr("canary")));
    return plan_;
  }
  bool Changes() const { return plan_.planned != state_; }
  void Create(const std::string& members) { Create(With(members)); }
  void Create(const Value& config) {
    state_ = NoServerState();
    plan_ = ServerPlanOf(config, state_, "");
    Keep(SecretsOfCreate(ServerWebhookSecrets(), config, plan_.planned, scrypt_));
  }
  // The body of the PATCH.
  std::string Update(const Value& shown, const Value& written) {
    Plan(shown);
    EXPECT_EQ(Replaces(plan_), "");
    const SecretsToSend secrets =
        SecretsOfUpdate(ServerWebhookSecrets(), {written, state_, plan_.planned, private_, plan_.decision}, scrypt_);
    EXPECT_TRUE(secrets.undecided.empty());
    const std::string body = Json::Object(ToServerUpdate(secrets.prior, secrets.planned)).Write();
    Keep(secrets);
    return body;
  }

 private:
  void Keep(const SecretsToSend& secrets) {
    state_ = plan_.planned;
    for (const char* name : {"id", "created_at", "updated_at"}) state_ = state_.With(name, Value::String("7"));
    private_ = WritePrivateData(secrets.remembered);
  }

  tfcpp::crypto::Scrypt scrypt_;

 protected:
  Value state_ = NoServerState();
  std::string private_;
  tfcpp::Plan plan_;
};

TEST_F(SecretTest, AddedAndChangedInPlaceWithTheStatus) {
  Create("");
  const Value added = With(R"(secret: "secret-1")");
  EXPECT_EQ(Update(added, added), R"({"status":"ACTIVE","secret":"secret-1"})");
  const Value hidden = With(R"(secret_wo: "canary-2")");
  EXPECT_EQ(Update(hidden, hidden), R"({"status":"ACTIVE","secret":"canary-2"})");
  const Value plain = With(R"(secret: "secret-3")");
  EXPECT_EQ(Update(plain, plain), R"({"status":"ACTIVE","secret":"secret-3"})");
}

TEST_F(SecretTest, RemovedIsReplacedAndThePathIsNeverTheWriteOnlyOne) {
  const struct {
    const char* before;
    const char* after;
    const char* replaces;
  } kCases[] = {
      {R"(secret: "a-secret")", "", "secret "},
      {R"(secret: "a-secret")", R"(secret_wo_version: 1)", "secret secret_wo_version "},
      {R"(secret_wo: "canary", secret_wo_version: 1)", R"(secret_wo_version: 2)", "secret_wo_version "},
      {R"(secret_wo: "canary", secret_wo_version: 1)", "", "secret_wo_version "},
      {R"(secret_wo: "canary")", R"(secret_wo_version: 1)", "secret_wo_version "},
      // Unknown counts as there.
      {R"(secret: "a-secret")", R"(secret_wo: ?)", ""},
      {R"(secret: "a-secret")", R"(secret: ?)", ""},
      {R"(secret_wo: "canary", secret_wo_version: 1)", R"(secret_wo: ?, secret_wo_version: 2)", ""},
      {R"(secret_wo: "canary", secret_wo_version: 1)", R"(secret_wo_version: ?)", ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.before) + " to " + c.after);
    Create(c.before);
    Plan(With(c.after));
    EXPECT_TRUE(Changes());
    EXPECT_EQ(Replaces(plan_), c.replaces);
    EXPECT_FALSE(plan_.diagnostics.has_error());
  }
}

// Taken out of the configuration, or hidden by ignore_changes: the same request to a plan.
TEST_F(SecretTest, AWriteOnlySecretThatDisappearsIsKept) {
  Create(R"(secret_wo: "canary")");
  const std::string remembered = private_;
  Plan(With(""));
  EXPECT_FALSE(Changes());
  EXPECT_EQ(plan_.private_data, remembered);
  EXPECT_EQ(Summaries(plan_.diagnostics), "warning: Secrets that are not configured are kept @\n");
  EXPECT_THAT(Told(plan_.diagnostics), HasSubstr("to remove it, set secret_wo_version alone"));
  // An update of something else sends none, and keeps the digest.
  const Value renamed = With("").With("name", Value::String("m"));
  EXPECT_EQ(Update(renamed, With(R"(secret_wo: "canary-2")").With("name", Value::String("m"))),
            R"({"name":"m","status":"ACTIVE"})");
  EXPECT_EQ(private_, remembered);
}

// ignore_changes = all: Terraform shows the state.
TEST_F(SecretTest, UnderIgnoreChangesOfEverythingThePlanIsEmpty) {
  for (const char* from : {"", R"(secret: "a-secret")", R"(secret_wo: "canary")",
                           R"(secret_wo: "canary", secret_wo_version: 1)", R"(secret_wo_version: 1)"}) {
    SCOPED_TRACE(from);
    Create(from);
    Value shown = state_;
    for (const char* name : {"id", "created_at", "updated_at"}) shown = shown.With(name, Value::Null(Type::String()));
    Plan(shown);
    EXPECT_FALSE(Changes());
    EXPECT_EQ(Replaces(plan_), "");
    EXPECT_FALSE(plan_.diagnostics.has_error());
  }
}

// Terraform refuses an update that becomes a replacement at apply, so the plan at apply finds a value or stops.
TEST_F(SecretTest, ASecretThatBecomesAnUnknownWriteOnlyOne) {
  Create(R"(secret: "a-secret")");
  const Value early = With(R"(secret_wo: ?)");
  const Value late = With(R"(secret_wo: "canary")");
  EXPECT_EQ(Replaces(Plan(early)), "");
  EXPECT_EQ(Update(late, late), R"({"status":"ACTIVE","secret":"canary"})");
}

// Its address in the write-only form goes by itself, as the secret does, but nothing removes it. Every change between
// two forms is walked in ../shared/addresses_test.cc.
TEST_F(SecretTest, AnAddressThatIsASecret) {
  const auto at = [](const std::string& forms) {
    return ServerConfig(R"({name: "n", events: ["prompt.created"], )" + forms + "}");
  };
  Create(at(R"(url_wo: "https://x/canary-1")"));
  EXPECT_TRUE(state_.Get("url").is_null());
  EXPECT_THAT(private_, Not(HasSubstr("canary")));
  EXPECT_FALSE((Plan(at(R"(url_wo: "https://x/canary-1")")), Changes()));
  const Value second = at(R"(url_wo: "https://x/canary-2")");
  EXPECT_EQ(Update(second, second), R"({"url":"https://x/canary-2","status":"ACTIVE"})");
  const Value renamed = second.With("name", Value::String("m"));
  EXPECT_EQ(Update(renamed, renamed), R"({"name":"m","status":"ACTIVE"})");
  const Value versioned = at(R"(url_wo: "https://x/canary-3", url_wo_version: 1)");
  EXPECT_EQ(Update(versioned, versioned), R"({"name":"n","url":"https://x/canary-3","status":"ACTIVE"})");
  EXPECT_FALSE((Plan(at("url_wo_version: 1")), Changes()));  // as under ignore_changes
  const Value plain = at(R"(url: "https://x/2")");
  EXPECT_EQ(Update(plain, plain), R"({"url":"https://x/2","status":"ACTIVE"})");
}

TEST_F(SecretTest, ExactlyOneAddressAndNothingOfAWrongOneIsShown) {
  const struct {
    const char* forms;
    const char* summary;
  } kCases[] = {
      {R"(url: "https://x/y")", ""},
      {R"(url_wo: "https://x/y", url_wo_version: 1)", ""},
      {"url_wo: ?!", ""},
      {"", "error: No address for the webhook @\n"},
      {"url_wo_version: 1", "error: No address for the webhook @\n"},
      {R"(url: "https://x/canary", url_wo: "https://x/canary")", "error: One secret in two forms @\n"},
      {R"(url_wo: "ftp://canary.example/canary")", "error: Unusable URL @\n"},
      {R"(url_wo: "canary")", "error: Unusable URL @\n"},
      {R"(url_wo: "https://x/ canary")", "error: Unusable URL @\n"},
  };
  for (const auto& c : kCases) {
    const std::string forms = *c.forms == '\0' ? "" : std::string(", ") + c.forms;
    const Value config = ServerConfig(R"({name: "n", events: ["prompt.created"])" + forms + "}");
    const auto found = tfcpp::ValidateConfig(ServerType().schema, ServerType().config_validators, config, {});
    EXPECT_EQ(Summaries(found), c.summary) << c.forms;
    EXPECT_THAT(Told(found), Not(HasSubstr("canary"))) << c.forms;
  }
}

// The create that replaces sends what is written; what was remembered of the other webhook counts for nothing.
TEST_F(SecretTest, AReplacementBeginsAnew) {
  Create(R"(secret_wo: "canary")");
  const Value config = With(R"(secret_wo_version: 1)");
  EXPECT_EQ(Replaces(Plan(config)), "secret_wo_version ");
  const tfcpp::Plan again = ServerPlanOf(config, NoServerState(), private_);
  EXPECT_EQ(Summaries(again.diagnostics), "warning: Version of a secret that is not set @\n");
}

TEST_F(SecretTest, AnAdoptedWebhookIsSentTheConfiguredSecretOnce) {
  Create("");
  private_ = WritePrivateData({.place = ToFacts(ServerFacts{.address = kServer}), .adopted = true});
  Plan(With(""));
  EXPECT_FALSE(Changes());
  const Value config = With(R"(secret: "secret-1")");
  EXPECT_EQ(Update(config, config), R"({"status":"ACTIVE","secret":"secret-1"})");
  EXPECT_FALSE(ParsePrivateData(private_).adopted);
  Plan(config);
  EXPECT_FALSE(Changes());
}

}  // namespace
}  // namespace mlflow
