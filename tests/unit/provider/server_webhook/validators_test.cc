// What a person gets to read for each kind of bad input, as `terraform validate` and the plan of a change ask for it.
#include "provider/server_webhook/validators.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "mlflow_server/events.h"
#include "provider/registry_webhook/events.h"
#include "provider/server_webhook/events.h"
#include "tfcpp/base/strings.h"
#include "unit/provider/server_webhook/server_cases.h"

namespace mlflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tfcpp::Concat;
using tfcpp::Value;

tfcpp::Diagnostics Check(const Value& config) {
  return tfcpp::ValidateConfig(ServerType().schema, ServerType().config_validators, config, {});
}

Value With(const char* attribute, const std::string& value) {
  const auto* found = ServerType().schema.Find(std::string_view(attribute));
  return ServerConfig(kPlain).With(attribute, tfcpp::V(value, found->ImpliedType()));
}
std::string Quoted(const std::string& text) { return Concat("\"", text, "\""); }

TEST(ValidateServerWebhookTest, AcceptsWhatTheServerTakes) {
  const struct {
    const char* attribute;
    std::string value;
  } kCases[] = {
      {"name", Quoted("a")},
      {"name", Quoted("a..b-c_D9")},
      {"name", Quoted(std::string(63, 'x'))},
      {"name", "?"},
      {"url", Quoted("http://x")},
      {"url", Quoted("HTTPS://EXAMPLE.COM/")},
      {"url", Quoted("https://user:word@x/path?query#fragment")},
      {"url", Quoted("https://b\xC3\xBC"
                     "cher.example/\xC3\xBC")},
      {"url", Quoted("https://[::1]:8443/")},
      {"url", Quoted("https://127.0.0.1:1/x")},
      {"url", "?"},
      {"events", R"(["model_version.created", "prompt_tag.set", "budget_policy.exceeded"])"},
      {"events", R"(["newer_thing.happened"])"},
      {"events", R"([?])"},
      {"events", "?"},
      {"description", Quoted("")},
      {"description", "?"},
      {"status", Quoted("DISABLED")},
      {"status", "?"},
      {"secret", Quoted("s")},
      {"secret", "?"},
      {"secret_wo", Quoted("s")},
      {"secret_wo", "?"},
      {"secret_wo_version", "?"},
      {"secret_wo_version", "1"},  // alone: a change of it removes the secret
      {"workspace", Quoted("team-a1")},
      {"workspace", Quoted(std::string(63, 'x'))},
      {"workspace", "?"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Summaries(Check(With(c.attribute, c.value))), "") << c.attribute << c.value;
}

TEST(ValidateServerWebhookTest, SaysWhatIsWrongAndWhere) {
  const struct {
    const char* attribute;
    std::string value;
    const char* diagnostics;
    const char* detail;
  } kCases[] = {
      {"name", Quoted(""), "error: Unusable name @name\n", "must not be empty"},
      {"name", Quoted(std::string(64, 'x')), "error: Unusable name @name\n",
       "must have at most 63 characters; it has 64"},
      {"name", Quoted("-a"), "error: Unusable name @name\n", "at position 1 is"},
      {"name", Quoted("a."), "error: Unusable name @name\n", "at position 2 is"},
      {"name", Quoted("a b"), "error: Unusable name @name\n", "at position 2 is"},
      {"name",
       Quoted("b\xC3\xBC"
              "cher"),
       "error: Unusable name @name\n", "at position 2 is"},
      {"name", R"("a\n")", "error: Unusable name @name\n", "at position 2 is"},
      {"url", Quoted(""), "error: Unusable URL @url\n", "must begin with https:// or http://"},
      {"url", Quoted("example.com"), "error: Unusable URL @url\n", "must begin with https:// or http://"},
      {"url", Quoted("ftp://x"), "error: Unusable URL @url\n", "must begin with https:// or http://"},
      {"url", Quoted("https://"), "error: Unusable URL @url\n", "names no host"},
      {"url", Quoted("https:///x"), "error: Unusable URL @\n", "names no host"},
      {"url", Quoted("https://[bad"), "error: Unusable URL @\n", "IPv6"},
      {"url", Quoted("https://a b"), "error: Unusable URL @\n", "blanks"},
      {"url", R"("https://x\n")", "error: Unusable URL @\n", "control characters"},
      {"url", Quoted(" https://x"), "error: Unusable URL @\n", "blanks"},
      {"url", Quoted("https://x:99999"), "error: Unusable URL @\n", "port"},
      {"events", "[]", "error: Too few elements in events @events\n", "at least 1"},
      {"events", R"(["MODEL_VERSION.CREATED"])", "error: Misspelt event name @events\n",
       R"("MODEL_VERSION.CREATED" is written "model_version.created" here)"},
      {"events", R"(["Model_Version_Tag.Set"])", "error: Misspelt event name @events\n", R"("model_version_tag.set")"},
      {"events", R"(["MODEL_VERSION_CREATED"])", "error: Event of another service @events\n",
       R"(whose webhooks are mlflow_webhook; an MLflow server calls it "model_version.created")"},
      {"events", R"(["COMMENT_CREATED"])", "error: Event of another service @events\n",
       "whose webhooks are mlflow_webhook."},
      {"events", R"(["created"])", "error: Malformed event name @events\n", "entity.action"},
      {"events", R"(["a.b.c"])", "error: Malformed event name @events\n", "entity.action"},
      {"events", R"(["1a.b"])", "error: Malformed event name @events\n", "entity.action"},
      {"events", R"([""])", "error: Malformed event name @events\n", "entity.action"},
      {"events", R"([?, "NEWER.THING"])", "error: Malformed event name @events\n", "entity.action"},
      {"events", R"([null])", "error: Event without a name @events\n", "Remove it"},
      {"status", Quoted("disabled"), "error: Unknown value of status @status\n", R"(Did you mean "DISABLED"?)"},
      {"status", Quoted("TEST_MODE"), "error: Unknown value of status @status\n", "none of the values"},
      // Blanks at the ends are shown, for they are what is wrong.
      {"status", Quoted(" ACTIVE"), "error: Unknown value of status @status\n", R"(" ACTIVE" is none)"},
      {"status", Quoted("DISABLED "), "error: Unknown value of status @status\n", R"("DISABLED " is none)"},
      {"name", Quoted(" a"), "error: Unusable name @name\n", R"(name is " a", but)"},
      {"name", Quoted("a "), "error: Unusable name @name\n", R"(name is "a ", but)"},
      {"workspace", Quoted(" a"), "error: Unusable workspace @workspace\n", R"(workspace is " a", but)"},
      {"events", R"([" prompt.created"])", "error: Misspelt event name @events\n", R"(" prompt.created" is written)"},
      {"status", Quoted(""), "error: Unknown value of status @status\n", "none of the values"},
      {"secret", Quoted(""), "error: Unusable secret @\n", "empty"},
      {"secret_wo", Quoted(" "), "error: Unusable secret_wo @\n", "blanks"},
      {"workspace", Quoted("Team"), "error: Unusable workspace @workspace\n", "lower-case"},
      {"workspace", Quoted("-a"), "error: Unusable workspace @workspace\n", "lower-case"},
      {"workspace", Quoted("a-"), "error: Unusable workspace @workspace\n", "lower-case"},
      {"workspace", Quoted(""), "error: Unusable workspace @workspace\n", "must not be empty"},
      {"workspace", Quoted(std::string(64, 'x')), "error: Unusable workspace @workspace\n", "at most 63"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(Concat(c.attribute, " ", c.value));
    const tfcpp::Diagnostics found = Check(With(c.attribute, c.value));
    EXPECT_EQ(Summaries(found), c.diagnostics) << Told(found);
    EXPECT_THAT(Told(found), HasSubstr(c.detail));
  }
}

TEST(ValidateServerWebhookTest, OneSecretInOneForm) {
  const Value plain = With("secret", Quoted("canary"));
  EXPECT_EQ(Summaries(Check(plain.With("secret_wo", Value::String("canary")))), "error: One secret in two forms @\n");
  EXPECT_EQ(Summaries(Check(plain.With("secret_wo_version", Value::Int(1)))),
            "error: Version of a secret that has none @\n");
}

// A chat service's token, or the password of a target.
TEST(ValidateServerWebhookTest, OfAUrlSchemeAndHostAreShownAtMost) {
  for (const char* url : {"ftp://hooks.example/canary", "https://hooks.example:0/canary", "https://canary@/x",
                          "https://u:canary@h:0/", "https:///canary", "https://h/canary x", "https://h/?canary\t"}) {
    const tfcpp::Diagnostics found = Check(ServerConfig(kPlain).With("url", Value::String(url)));
    ASSERT_TRUE(found.has_error()) << url;
    EXPECT_THAT(Told(found), Not(HasSubstr("canary"))) << url;
    EXPECT_TRUE(found.items()[0].path.empty()) << url << ": Terraform would print the line";
  }
}

TEST(ValidateServerWebhookTest, EveryEventOfEitherServiceIsJudged) {
  for (const auto& event : tfcpp::mlflow_server::kEvents) {
    EXPECT_EQ(JudgeServerEvent(event.name).verdict, ServerEventVerdict::kKnown) << event.name;
    const auto upper = JudgeServerEvent(tfcpp::ToUpper(event.name));
    EXPECT_EQ(upper.verdict, ServerEventVerdict::kMisspelt) << event.name;
    EXPECT_EQ(upper.meant, event.name);
  }
  for (const std::string& event : KnownEvents()) {
    EXPECT_EQ(JudgeServerEvent(event).verdict, ServerEventVerdict::kOfTheRegistry) << event;
  }
}

// The server answers an unknown event without a reason, so the plan that brings one says so.
TEST(ValidateServerWebhookTest, UnknownEventsAreAWarningWithTheNearestName) {
  const struct {
    const char* event;
    const char* nearest;
  } kCases[] = {{"model_version.craeted", "model_version.created"},
                {"registered_model.deleted", "registered_model.created"},
                {"prompt.set", "prompt_tag.set"},
                {"budget_policy.exceed", "budget_policy.exceeded"}};
  for (const auto& c : kCases) {
    const Value config = With("events", Concat(R"(["prompt.created", ")", c.event, "\"]"));
    EXPECT_EQ(Summaries(Check(config)), "");
    const tfcpp::Plan plan = ServerPlanOf(config, NoServerState(), "");
    EXPECT_EQ(Summaries(plan.diagnostics), "warning: Unknown event @events\n") << c.event;
    EXPECT_THAT(Told(plan.diagnostics), HasSubstr(Concat(c.event, " (the nearest is ", c.nearest, ")")));
  }
}

TEST(ValidateServerWebhookTest, ThousandsOfEventsMakeOneDiagnostic) {
  std::vector<Value> unknown, wrong;
  for (int i = 0; i < 20'000; ++i) {
    unknown.push_back(Value::String(Concat("event", std::to_string(i), ".happened")));
    wrong.push_back(Value::String(Concat("EVENT ", std::to_string(i))));
  }
  const Value with_unknown = ServerConfig(kPlain).With("events", Value::Set(tfcpp::Type::String(), std::move(unknown)));
  EXPECT_EQ(Summaries(Check(with_unknown)), "");
  const tfcpp::Plan plan = ServerPlanOf(with_unknown, NoServerState(), "");
  EXPECT_EQ(Summaries(plan.diagnostics), "warning: Unknown event @events\n");
  EXPECT_THAT(Told(plan.diagnostics), HasSubstr("and 19990 more"));
  EXPECT_LT(Told(plan.diagnostics).size(), 4'000U);
  const tfcpp::Diagnostics found =
      Check(ServerConfig(kPlain).With("events", Value::Set(tfcpp::Type::String(), std::move(wrong))));
  EXPECT_EQ(Summaries(found), "error: Malformed event name @events\n");
  EXPECT_LT(Told(found).size(), 4'000U);
  // A name without end is near nothing.
  EXPECT_LT(Told(Check(With("events", Concat("[\"", std::string(1'000'000, 'A'), "\"]")))).size(), 4'000U);
}

}  // namespace
}  // namespace mlflow
