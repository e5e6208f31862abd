// The address in its write-only form: every change between two forms, drift, and what must not be seen of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/read.h"
#include "tfcpp/framework/validate.h"
#include "tfcpp/value/walk.h"
#include "unit/provider/registry_webhook/life.h"

namespace mlflow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using tfcpp::Path;
using tfcpp::Type;
using tfcpp::Value;

constexpr char kA[] = "https://hooks.example/canary-a?sig=canary-a";
constexpr char kB[] = "https://hooks.example/canary-b?sig=canary-b";

struct Form {
  const char* plain;
  const char* write_only;
  int version;
};
constexpr std::array<Form, 7> kForms = {{
    {kA, "", 0},
    {kB, "", 0},
    {"", kA, 0},
    {"", kB, 0},
    {"", kA, 1},
    {"", kB, 1},
    {"", kB, 2},
}};

Value Text(const char* text) { return *text == '\0' ? Value::Null(Type::String()) : Value::String(text); }
Path Member(const char* name) { return Path("http_url_spec").Attribute(name); }

Value InForm(const Form& form, const char* rest = "enable_ssl_verification: true") {
  const Value config =
      Config(tfcpp::Concat(R"({events: ["COMMENT_CREATED"], http_url_spec: {secret: "s", )", rest, "}}"));
  const Value version = form.version == 0 ? Value::Null(Type::Number()) : Value::Int(form.version);
  return Replace(Replace(Replace(config, Member("url"), Text(form.plain)), Member("url_wo"), Text(form.write_only)),
                 Member("url_wo_version"), version);
}
Value Hidden(const Value& config) { return Replace(config, Member("url_wo"), Text("")); }

class AddressTest : public Life {
 protected:
  void Refresh() {
    const auto output = tfcpp::ReadResource(context_, Webhook(), *service_->resources.at(kWebhookTypeName),
                                            {.state = state_, .private_data = private_});
    ASSERT_FALSE(output.diagnostics.has_error()) << Summaries(output.diagnostics);
    state_ = output.state;
    private_ = output.private_data;
  }
  // The service has it, and of state, private data, decision and texts none says it.
  void ExpectHidden() const {
    EXPECT_TRUE(tfcpp::At(state_, Member("url"))->is_null());
    EXPECT_THAT(state_.ToString() + private_ + plan_.decision + plan_.planned.ToString() + Told(),
                Not(HasSubstr("canary")));
  }
  char Outcome(const tfcpp::Diagnostics& diagnostics) const {
    if (diagnostics.has_error()) return body_.empty() ? 'x' : '?';
    const std::string sent = Sent("http_url_spec", "url");
    if (sent == "-") return '=';
    EXPECT_EQ(Sent("http_url_spec", "secret"), "s");
    return sent == kA ? 'a' : sent == kB ? 'b' : '?';
  }
  void Change(const Form& from, const Form& to, const char* rest, bool ignored, char expected) {
    Begin(InForm(from));
    const Value written = InForm(to, rest);
    const Value shown = ignored ? Hidden(written) : written;
    Plan(shown);
    EXPECT_FALSE(plan_.diagnostics.has_error()) << Told();
    body_.clear();
    if (!Changes()) {
      EXPECT_EQ('=', expected);
      return;
    }
    const auto output = Apply(written);
    EXPECT_EQ(std::string(1, Outcome(output.diagnostics)), std::string(1, expected)) << Summaries(output.diagnostics);
    if (expected == 'x') return;
    if (*to.plain == '\0') ExpectHidden();
    Refresh();
    Plan(written);
    EXPECT_FALSE(Changes()) << Told();
  }
};

//   =  nothing is sent    a, b  that address is sent    x  the apply stops before any call
// Columns as in kForms: plain a, plain b, a, b, a1, b1, b2.
TEST_F(AddressTest, EveryChangeOfForm) {
  const std::array<const char*, kForms.size()> kByItself = {"=bababb", "a=ababb", "ab=babb", "aba=abb",
                                                            "abab==b", "abab==b", "ababab="};
  for (std::size_t from = 0; from < kForms.size(); ++from) {
    for (std::size_t to = 0; to < kForms.size(); ++to) {
      SCOPED_TRACE(std::to_string(from) + " to " + std::to_string(to));
      Change(kForms[from], kForms[to], "enable_ssl_verification: true", false, kByItself[from][to]);
      Change(kForms[from], kForms[to], "enable_ssl_verification: false", false, "abababb"[to]);
    }
  }
}

// A version that changes is the order to send what is written, though the plan does not see it.
TEST_F(AddressTest, EveryChangeOfFormUnderIgnoreChanges) {
  const std::array<const char*, kForms.size()> kIgnored = {"abxxabb", "abxxabb", "abaxabb", "abxbabb",
                                                           "abababb", "abababb", "abababb"};
  for (std::size_t from = 0; from < kForms.size(); ++from) {
    for (std::size_t to = 0; to < kForms.size(); ++to) {
      SCOPED_TRACE(std::to_string(from) + " to " + std::to_string(to));
      Change(kForms[from], kForms[to], "enable_ssl_verification: false", true, kIgnored[from][to]);
    }
  }
}

TEST_F(AddressTest, DriftIsMendedWithAWarning) {
  for (const Form& form : {kForms[2], kForms[4]}) {
    Begin(InForm(form));
    const Value before = state_;
    auto webhooks = space_.webhooks();
    webhooks.front().http_url_spec->url = "https://evil.example/canary-c";
    space_.set_webhooks(webhooks);
    clock_.Advance(std::chrono::seconds(60));
    Refresh();
    EXPECT_EQ(state_, before);  // a refresh-only plan shows nothing
    ExpectHidden();
    EXPECT_FALSE(Plan(Hidden(InForm(form))).planned != state_) << "ignore_changes";
    for (const Value& shown : {InForm(form), Replace(InForm(form), Member("url_wo"), Value::Unknown(Type::String()))}) {
      Plan(shown);
      EXPECT_TRUE(Changes());
      EXPECT_THAT(Told(),
                  AllOf(HasSubstr("Secrets of the webhook are rotated"),
                        HasSubstr("http_url_spec.url_wo: the service does not have the one that was last sent")));
    }
    Apply(InForm(form));
    EXPECT_EQ(Sent("http_url_spec", "url"), kA);
    Refresh();
    Plan(InForm(form));
    EXPECT_FALSE(Changes()) << Told();
    ExpectHidden();
  }
}

TEST_F(AddressTest, LostPrivateDataAreMadeAnew) {
  Begin(InForm(kForms[4]));
  private_.clear();
  Refresh();
  ExpectHidden();
  Plan(InForm(kForms[4]));
  EXPECT_TRUE(Changes());
  Apply(InForm(kForms[4]));
  Refresh();
  EXPECT_FALSE(Plan(InForm(kForms[4])).planned != state_);
}

// The answer is lost, and whatever the service has by then, the state says nothing of it.
TEST_F(AddressTest, AnUpdateWithALostAnswer) {
  for (const bool acted : {false, true}) {
    Begin(InForm(kForms[0]));
    Plan(InForm(kForms[6]));
    const auto before = intercept_;
    intercept_ = [&](const tfcpp::rest::HttpRequest& request) -> std::optional<tfcpp::Result<HttpResponse>> {
      if (request.effect == tfcpp::rest::Effect::kNone) return std::nullopt;
      if (acted) {
        auto webhooks = space_.webhooks();
        webhooks.front().http_url_spec->url = kB;
        space_.set_webhooks(webhooks);
      }
      return tfcpp::Error{
          .code = tfcpp::ErrorCode::kUnavailable, .message = "lost", .reason = "lost", .may_have_acted = true};
    };
    EXPECT_TRUE(Apply(InForm(kForms[6])).diagnostics.has_error());
    intercept_ = before;
    EXPECT_THAT(state_.ToString(), Not(HasSubstr("canary-b")));
    Refresh();
    Plan(InForm(kForms[6]));
    EXPECT_TRUE(Changes());
    Apply(InForm(kForms[6]));
    Refresh();
    EXPECT_FALSE(Plan(InForm(kForms[6])).planned != state_) << Told();
    ExpectHidden();
  }
}

TEST_F(AddressTest, ALostCreateIsFoundByTheAddressThatWasSent) {
  bool lost = false;
  const auto lose = [&](const tfcpp::rest::HttpRequest& request) -> std::optional<tfcpp::Result<HttpResponse>> {
    if (request.effect == tfcpp::rest::Effect::kNone || lost) return std::nullopt;
    lost = true;
    transport_->intercept = nullptr;
    (void)transport_->Send(context_, request);
    transport_->intercept = [this](const tfcpp::rest::HttpRequest& next) { return Intercept(next); };
    return tfcpp::Error{
        .code = tfcpp::ErrorCode::kUnavailable, .message = "lost", .reason = "lost", .may_have_acted = true};
  };
  Begin(InForm(kForms[3]));  // another one, of another address
  state_ = NoState();
  private_.clear();
  intercept_ = lose;
  const auto output = PlanAndApply(InForm(kForms[2]));
  EXPECT_FALSE(output.diagnostics.has_error()) << Summaries(output.diagnostics);
  EXPECT_EQ(space_.webhooks().size(), 2U);
  ExpectHidden();
  Refresh();
  EXPECT_FALSE(Plan(InForm(kForms[2])).planned != state_) << Told();
}

TEST_F(AddressTest, ExactlyOneForm) {
  const auto check = [](const Value& config) {
    return tfcpp::ValidateConfig(Webhook().schema, Webhook().config_validators, config, {});
  };
  for (const Form& form : kForms) EXPECT_TRUE(check(InForm(form)).empty());
  EXPECT_EQ(Summaries(check(InForm({"", "", 0}))), "error: No address for the webhook @\n");
  EXPECT_EQ(Summaries(check(InForm({"", "", 1}))), "error: No address for the webhook @\n");
  EXPECT_EQ(Summaries(check(InForm({kA, kA, 0}))), "error: One secret in two forms @\n");
  for (const char* wrong :
       {"http://h/canary", "canary", "https://canary:x/", "https://canary@h", "https://h/canary canary"}) {
    const auto found = check(InForm({"", wrong, 0}));
    ASSERT_EQ(Summaries(found), "error: Unusable URL @\n");
    EXPECT_THAT(found.items()[0].detail, AllOf(HasSubstr("http_url_spec.url_wo"), Not(HasSubstr("canary"))));
  }
}

}  // namespace
}  // namespace mlflow
