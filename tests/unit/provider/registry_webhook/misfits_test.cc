// What is believed: every member of a webhook x every form that is not documented x every call that answers with it,
// through the whole provider but Terraform and the network.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "provider/registry_webhook/data_sources.h"
#include "provider/registry_webhook/list.h"
#include "tfcpp/framework/apply.h"
#include "tfcpp/framework/read.h"
#include "unit/provider/registry_webhook/cases.h"
#include "unit/provider/registry_webhook/in_process.h"

namespace mlflow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tfcpp::ResourceOutput;
using tfcpp::Value;
using tfcpp::rest::HttpRequest;

constexpr char kPlanned[] =
    R"({id: ?, events: ["COMMENT_CREATED"], registry_webhook: true, description: "", status: "ACTIVE",
    http_url_spec: {url: "https://x", enable_ssl_verification: true, authorization_header: "h"},
    created_at: ?, updated_at: ?})";

struct Odd {
  const char* member;
  const char* form;
};

std::vector<Odd> Misfits() {
  std::vector<Odd> all;
  const auto add = [&](const char* member, std::initializer_list<const char*> forms) {
    for (const char* form : forms) all.push_back({member, form});
  };
  add("id", {"null", R"("")", "7", "true", "[]", "{}"});
  add("events", {"null", R"("A")", "7", "{}", "[]", "[7]", "[null]", R"([""])"});
  add("model_name", {"7", "true", "[]", "{}"});
  add("description", {"7", "true", "[]", "{}"});
  add("status", {"7", "true", "[]", "{}", R"("")"});
  add("http_url_spec", {"null", R"("x")", "7", "[]", "{}", R"({"url": 7})", R"({"url": ""})",
                        R"({"url": "https://x", "enable_ssl_verification": "false"})"});
  add("job_spec", {"{}", R"("x")", "7", R"({"job_id": "1"})"});
  for (const char* time : {"creation_timestamp", "last_updated_timestamp"}) {
    add(time, {R"("abc")", "1.5e12", "100000000000000000", "1767225599", "-1", "true", "[]", "{}"});
  }
  return all;
}

class MisfitsTest : public InProcess {
 protected:
  MisfitsTest() {
    created_ = Apply(NoState(), Config(kPlanned), "");
    id_ = created_.state.Get("id").AsString();
    webhooks_ = space_.webhooks();
  }

  ResourceOutput Apply(const Value& prior, const Value& planned, const std::string& private_data) {
    return tfcpp::ApplyResource(context_, Webhook(), *service_->resources.at(kWebhookTypeName),
                                {planned, prior, planned, private_data});
  }
  ResourceOutput Read() {
    return tfcpp::ReadResource(context_, Webhook(), *service_->resources.at(kWebhookTypeName),
                               {created_.state, created_.private_data});
  }
  ResourceOutput Update() {
    return Apply(created_.state,
                 created_.state.With("description", Value::String("new"))
                     .With("updated_at", Value::Unknown(tfcpp::Type::String())),
                 created_.private_data);
  }
  // All as it was made, but that answers have one member of one webhook ("*": of every one) in another form.
  void Answer(const std::string& id, const Odd& odd) {
    space_.set_webhooks(webhooks_);
    workspace::Settings settings;
    settings.odd_members[id] = {{odd.member, tfcpp::Json::Parse(odd.form).value()}};
    space_.set_settings(settings);
    clock_.Advance(std::chrono::seconds(11));  // a listing is shared for 10 s
    transport_->sent.clear();
  }
  static std::string Text(const tfcpp::Diagnostics& diagnostics) {
    std::string text = Summaries(diagnostics);
    for (const auto& item : diagnostics.items()) text += item.detail + "\n";
    return text;
  }

  ResourceOutput created_{.state = NoState(), .private_data = "", .diagnostics = {}};
  std::string id_;
  std::vector<workspace::Webhook> webhooks_;
};

std::string Named(const Odd& odd) {
  return odd.member == std::string("job_spec") || odd.form == std::string("null") ? "" : odd.member;
}

TEST_F(MisfitsTest, AreErrorsToWhoeverReadsThem) {
  for (const Odd& odd : Misfits()) {
    SCOPED_TRACE(std::string(odd.member) + ": " + odd.form);
    Answer(id_, odd);
    const ResourceOutput read = Read();
    EXPECT_THAT(Text(read.diagnostics),
                AllOf(StartsWith("error: Cannot read the webhook"), HasSubstr(id_), HasSubstr(Named(odd))));
    EXPECT_EQ(read.state, created_.state);
    EXPECT_EQ(read.private_data, created_.private_data);
  }
}

TEST_F(MisfitsTest, ConcernNobodyElse) {
  workspace::Webhook other = webhooks_[0];
  other.id = "other";
  webhooks_.push_back(other);
  for (const Odd& odd : Misfits()) {
    SCOPED_TRACE(std::string(odd.member) + ": " + odd.form);
    Answer("other", odd);
    EXPECT_EQ(Read().state, created_.state);

    const tfcpp::DataSourceType type = WebhooksDataType();
    const auto all = service_->data_sources.at(type.name)->Read(context_, tfcpp::V("{}", type.schema.ImpliedType()));
    EXPECT_EQ(all.state->Get("webhooks").Elements().size(), 1u);
    const std::string name = odd.member == std::string("id") ? "a webhook without an id" : "other";
    EXPECT_THAT(Text(all.diagnostics), AllOf(StartsWith("warning: Webhooks that cannot be read"), HasSubstr(name)));

    std::size_t listed = 0;
    const auto list = service_->lists.at(kWebhookTypeName)
                          ->List(context_, {.config = tfcpp::V("{}", WebhookListType().schema.ImpliedType())},
                                 [&](const tfcpp::ListedResource&) { return ++listed > 0; });
    EXPECT_EQ(listed, 1u);
    EXPECT_THAT(Text(list), AllOf(StartsWith("warning: Webhooks that cannot be read"), HasSubstr(name)));
  }
}

// The webhook exists; nothing is in the state, and what to do first is said first. Never a second one.
TEST_F(MisfitsTest, OfACreateAreALostCreate) {
  for (const Odd& odd : Misfits()) {
    const Value of_a_model = Config(kPlanned).With("model_name", Value::String("m"));
    for (const Value& plan : {Config(kPlanned), of_a_model.With("registry_webhook", Value::Bool(false))}) {
      SCOPED_TRACE(std::string(odd.member) + ": " + odd.form + " of " + plan.ToString());
      webhooks_.clear();
      Answer("*", odd);
      const ResourceOutput created = Apply(NoState(), plan, "");
      EXPECT_TRUE(created.state.is_null());
      ASSERT_TRUE(created.diagnostics.has_error());
      EXPECT_THAT(created.diagnostics.items()[0].detail,
                  AllOf(StartsWith("Do not apply again yet"), HasSubstr("another form than documented")));
      EXPECT_EQ(space_.webhooks().size(), 1u);
      if (odd.member != std::string("id")) {
        EXPECT_THAT(created.diagnostics.items()[0].detail, HasSubstr(space_.webhooks()[0].id));
      }
    }
  }
}

TEST_F(MisfitsTest, OfACreateAreMendedByAListing) {
  for (const Odd& odd : Misfits()) {
    SCOPED_TRACE(std::string(odd.member) + ": " + odd.form);
    webhooks_.clear();
    Answer("*", odd);
    intercept_ = [this](const HttpRequest& request) -> std::optional<tfcpp::Result<HttpResponse>> {
      if (request.method == tfcpp::rest::Method::kGet) space_.set_settings({});
      return std::nullopt;
    };
    const ResourceOutput created = Apply(NoState(), Config(kPlanned), "");
    EXPECT_TRUE(created.diagnostics.empty()) << Text(created.diagnostics);
    EXPECT_EQ(created.state.Get("id").AsString(), space_.webhooks().at(0).id);
    EXPECT_EQ(space_.webhooks().size(), 1u);
  }
}

TEST_F(MisfitsTest, OfAnUpdateAreErrorsAndTheStateSaysWhatIsListed) {
  for (const Odd& odd : Misfits()) {
    SCOPED_TRACE(std::string(odd.member) + ": " + odd.form);
    Answer("*", odd);
    const ResourceOutput blind = Update();
    EXPECT_THAT(Text(blind.diagnostics), StartsWith("error: Cannot update the webhook"));
    EXPECT_EQ(blind.state, created_.state);

    Answer("*", odd);
    intercept_ = [this](const HttpRequest& request) -> std::optional<tfcpp::Result<HttpResponse>> {
      if (request.method == tfcpp::rest::Method::kGet) space_.set_settings({});
      return std::nullopt;
    };
    const ResourceOutput seen = Update();
    intercept_ = nullptr;
    EXPECT_THAT(Text(seen.diagnostics), StartsWith("error: Cannot update the webhook"));
    EXPECT_EQ(seen.state.Get("id").AsString(), id_);
    EXPECT_EQ(seen.state.Get("description").AsString(), "new");
  }
}

struct BodyCase {
  const char* what;
  const char* body;
};

// Not of one webhook, but of the whole answer. % is the webhook's id.
constexpr BodyCase kBodies[] = {
    {"no body", ""},
    {"a blank one", " \r\n"},
    {"null", "null"},
    {"a page", "<html><body>Welcome</body></html>"},
    {"a member twice", R"({"webhook": {}, "webhook": {}, "webhooks": [], "webhooks": []})"},
    {"an error as a success", R"({"error_code": "INTERNAL_ERROR", "message": "sorry"})"},
    {"a refusal as a success", R"({"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "gone"})"},
    {"a list that is no array, and a webhook that is no object", R"({"webhooks": {}, "webhook": 7})"},
    {"an array", "[]"},
    {"a number", "7"},
    {"a text", R"("deleted")"},
    {"another object", R"({"message": "boom"})"},
    {"somebody else's webhook",
     R"({"webhook": {"id": "other", "events": ["A"], "http_url_spec": {"url": "https://y"}}, "next_page_token": 7})"},
};

TEST_F(MisfitsTest, OfAWholeAnswerChangeNothing) {
  for (const BodyCase& c : kBodies) {
    SCOPED_TRACE(c.what);
    Answer("nobody", {"id", "7"});
    intercept_ = [&](const HttpRequest&) { return HttpResponse{.status = 200, .headers = {}, .body = c.body}; };
    for (const ResourceOutput& output : {Read(), Update(), Apply(created_.state, NoState(), created_.private_data)}) {
      EXPECT_TRUE(output.diagnostics.has_error());
      EXPECT_EQ(output.state, created_.state);
    }
    intercept_ = nullptr;
    EXPECT_EQ(space_.webhooks().size(), 1u);
  }
}

struct DeleteCase {
  const char* what;
  tfcpp::rest::HttpResponse answer;  // to the delete, whether it acted or not
  bool fails_when_gone = false;      // what the service says counts, whatever is listed
};

// Nothing is dropped that is listed, and nothing kept that a listing lacks.
TEST_F(MisfitsTest, ADeleteWhoseOutcomeIsNotKnownEndsWithALook) {
  std::vector<DeleteCase> cases;
  for (const BodyCase& c : kBodies) cases.push_back({c.what, {.status = 200, .headers = {}, .body = c.body}});
  cases.push_back({"204", {.status = 204, .headers = {}, .body = ""}});
  cases.push_back({"500", {.status = 500, .headers = {}, .body = ""}});
  cases.push_back({"502", {.status = 502, .headers = {}, .body = "<html>"}});
  cases.push_back({"a redirect", {.status = 302, .headers = {{"Location", "https://login.example"}}, .body = ""}});
  cases.push_back({"403", {.status = 403, .headers = {}, .body = ""}, true});
  for (const DeleteCase& c : cases) {
    for (const char* then : {"listed", "gone", "dark"}) {
      SCOPED_TRACE(std::string(c.what) + ", then " + then);
      Answer("nobody", {"id", "7"});
      intercept_ = [&](const HttpRequest& request) -> std::optional<tfcpp::Result<HttpResponse>> {
        if (request.method == tfcpp::rest::Method::kGet && then == std::string("dark")) {
          return HttpResponse{.status = 500, .headers = {}, .body = ""};
        }
        if (request.method != tfcpp::rest::Method::kDelete) return std::nullopt;
        if (then != std::string("listed")) space_.Remove(id_);
        return c.answer;
      };
      const ResourceOutput output = Apply(created_.state, NoState(), created_.private_data);
      intercept_ = nullptr;
      const bool is_done = then == std::string("gone") && !c.fails_when_gone;
      EXPECT_EQ(output.state.is_null(), is_done) << Text(output.diagnostics);
      EXPECT_EQ(output.diagnostics.has_error(), !is_done);
      if (is_done || c.fails_when_gone) continue;
      EXPECT_EQ(output.state, created_.state);
      EXPECT_THAT(Text(output.diagnostics),
                  HasSubstr(then == std::string("listed") ? "still listed" : "could not be found out"));
    }
  }
}

TEST_F(MisfitsTest, OfACreatesWholeAnswerAreLookedFor) {
  const workspace::Webhook original = webhooks_[0];
  int count = 0;
  for (const BodyCase& c : kBodies) {
    if (c.what == std::string("somebody else's webhook")) continue;  // of the documented form, here
    SCOPED_TRACE(c.what);
    webhooks_.clear();
    Answer("nobody", {"id", "7"});
    intercept_ = [&](const HttpRequest& request) -> std::optional<tfcpp::Result<HttpResponse>> {
      if (request.method != tfcpp::rest::Method::kPost) return std::nullopt;
      workspace::Webhook made = original;
      made.id = "made-" + std::to_string(++count);
      space_.Put(made);
      return HttpResponse{.status = 200, .headers = {}, .body = c.body};
    };
    const ResourceOutput created = Apply(NoState(), Config(kPlanned), "");
    intercept_ = nullptr;
    EXPECT_TRUE(created.diagnostics.empty()) << Text(created.diagnostics);
    EXPECT_EQ(created.state.Get("id").AsString(), "made-" + std::to_string(count));
  }
}

TEST_F(MisfitsTest, ATimeThatIsNotSaidIsNull) {
  for (const char* form : {"null", "0"}) {
    Answer("*", {"creation_timestamp", form});
    const ResourceOutput read = Read();
    EXPECT_TRUE(read.diagnostics.empty()) << Text(read.diagnostics);
    EXPECT_TRUE(read.state.Get("created_at").is_null());
    // An update's answer without it does not take it away.
    const ResourceOutput updated = Update();
    EXPECT_TRUE(updated.diagnostics.empty()) << Text(updated.diagnostics);
    EXPECT_EQ(updated.state.Get("created_at"), created_.state.Get("created_at"));
    const ResourceOutput created = Apply(NoState(), Config(kPlanned), "");
    EXPECT_TRUE(created.diagnostics.empty()) << Text(created.diagnostics);
    EXPECT_TRUE(created.state.Get("created_at").is_null());
  }
}

}  // namespace
}  // namespace mlflow
