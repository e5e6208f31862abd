// Plans of mlflow_server_webhook, as Terraform would show them.
#include "provider/server_webhook/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "unit/provider/server_webhook/server_cases.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tfcpp::Type;
using tfcpp::Value;

TEST(PlanServerWebhookTest, CreateKnowsEverythingThatItCan) {
  const auto plan = ServerPlanOf(ServerConfig(kPlain), NoServerState(), "");
  EXPECT_EQ(plan.planned, ServerConfig(R"({id: ?, name: "n", url: "https://x", events: ["model_version.created"],
      description: "", status: "ACTIVE", created_at: ?, updated_at: ?})"));
  EXPECT_EQ(Summaries(plan.diagnostics), "");
}

TEST(PlanServerWebhookTest, NothingChangedPlansNothing) {
  const auto plan = ServerPlanOf(ServerConfig(kPlain), ServerConfig(kPlainState), SeenIn(""));
  EXPECT_EQ(plan.planned, ServerConfig(kPlainState));
  EXPECT_EQ(Summaries(plan.diagnostics), "");
}

TEST(PlanServerWebhookTest, EveryAttributeButTheWorkspaceChangesInPlace) {
  const struct {
    const char* name;
    Value value;
  } kCases[] = {{"name", Value::String("m")},
                {"url", Value::String("https://y")},
                {"events", Value::Set(Type::String(), {Value::String("prompt.created")})},
                {"description", Value::String("d")},
                {"status", Value::String("DISABLED")},
                {"secret", Value::String("s")}};
  for (const auto& c : kCases) {
    const auto plan = ServerPlanOf(ServerConfig(kPlain).With(c.name, c.value), ServerConfig(kPlainState), SeenIn(""));
    EXPECT_EQ(plan.planned,
              ServerConfig(kPlainState).With(c.name, c.value).With("updated_at", Value::Unknown(Type::String())))
        << c.name;
    EXPECT_EQ(Replaces(plan), "");
  }
}

// A warning comes with the plan that makes it so, and with no later one.
TEST(PlanServerWebhookTest, WarnsOnceOfWhatIsOdd) {
  const auto text = [](std::size_t length) { return Value::String(std::string(length, 'x')); };
  const auto url = [](const std::string& address) { return Value::String(address); };
  const struct {
    const char* name;
    Value value;
    const char* warning;
  } kCases[] = {
      {"url", url("http://hooks.example"), "warning: Deliveries are not encrypted @url\n"},
      {"url", url("HTTP://hooks.example/token"), "warning: Deliveries are not encrypted @\n"},
      {"url", url("http://localhost:80/x"), ""},
      {"url", url("http://127.0.0.2"), ""},
      {"url", url("http://[::1]/x"), ""},
      {"url", url("https://x/" + std::string(490, 'x')), ""},
      {"url", url("https://x/" + std::string(491, 'x')), "warning: Long URL @\n"},
      {"description", text(1000), ""},
      {"description", text(1001), "warning: Long description @description\n"},
      {"secret", text(687), ""},
      {"secret", text(688), "warning: Long secret @\n"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name + c.value.ToString().substr(0, 30));
    const Value config = ServerConfig(kPlain).With(c.name, c.value);
    EXPECT_EQ(Summaries(ServerPlanOf(config, NoServerState(), "").diagnostics), c.warning);
    EXPECT_EQ(Summaries(ServerPlanOf(config, ServerConfig(kPlainState), SeenIn("")).diagnostics), c.warning);
    const Value state = ServerConfig(kPlainState).With(c.name, c.value);
    EXPECT_EQ(Summaries(ServerPlanOf(config, state, SeenIn("")).diagnostics), "");
    const Value other = config.With("name", Value::String("other"));
    EXPECT_EQ(Summaries(ServerPlanOf(other, state, SeenIn("")).diagnostics), "");
  }
}

TEST(PlanServerWebhookTest, ALongWriteOnlySecretIsToldWhenItIsSent) {
  const Value config = ServerConfig(kPlain).With("secret_wo", Value::String(std::string(688, 'x')));
  EXPECT_EQ(Summaries(ServerPlanOf(config, NoServerState(), "").diagnostics), "warning: Long secret @\n");
  const auto update = ServerPlanOf(config, ServerConfig(kPlainState), SeenIn(""));
  EXPECT_THAT(Summaries(update.diagnostics), HasSubstr("warning: Long secret @\n"));
}

TEST(PlanServerWebhookTest, UnknownValuesAreSkipped) {
  const auto plan = ServerPlanOf(ServerConfig(R"({name: ?, url: ?, events: ?, description: ?, status: ?, secret: ?,
      workspace: ?})"),
                                 NoServerState(), "");
  EXPECT_EQ(Summaries(plan.diagnostics), "");
}

// With ignore_changes Terraform may show the state's plain secret beside a configured write-only one.
TEST(PlanServerWebhookTest, AShownConfigurationIsChecked) {
  const Value state = ServerConfig(kPlainState).With("secret", Value::String("s"));
  const Value shown = ServerConfig(kPlain).With("secret", Value::String("s")).With("secret_wo", Value::String("t"));
  const auto plan = ServerPlanOf(shown.With("name", Value::String("m")), state, SeenIn(""));
  EXPECT_THAT(Told(plan.diagnostics), HasSubstr("ignore_changes"));
}

}  // namespace
}  // namespace mlflow
