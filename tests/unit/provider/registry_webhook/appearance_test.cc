// What a listing shows of each attribute (attributes.h), so that the webhook of a lost create is told from somebody
// else's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "provider/registry_webhook/schema.h"
#include "provider/shared/candidates.h"
#include "tfcpp/framework/schema_walk.h"
#include "unit/provider/registry_webhook/attributes.h"
#include "unit/provider/registry_webhook/service_fixture.h"

namespace mlflow {
namespace {

using tfcpp::Type;
using tfcpp::Value;
using tfcpp::rest::HttpRequest;

// A plan as it comes to an apply: what the service decides is unknown.
Value Plan(Value plan) {
  for (const char* name : {"id", "created_at", "updated_at"}) plan = plan.With(name, Value::Unknown(Type::String()));
  return plan.With("registry_webhook", Value::Bool(plan.Get("model_name").is_null()));
}
Value Plan(const char* text) { return Plan(Config(text)); }
Value Plan(const char* text, const std::string& path, const char* other) { return Plan(WithOther(text, path, other)); }

// Another value of the type.
Value Another(const Value& value) {
  if (value.type() == Type::Bool()) return Value::Bool(value.is_null() || !value.AsBool());
  if (value.type() == Type::Number()) return Value::Int(77);
  if (value.type() == Type::String()) return Value::String("another");
  if (value.type().kind() == Type::Kind::kSet) return Value::Set(Type::String(), {Value::String("ANOTHER")});
  return Value::Null(value.type());
}

// By value: an entry that differs in one attribute alone, or in which that alone cannot be read.
TEST(AppearanceTest, AnEntryThatDiffersInOneAttribute) {
  for (const char* text : {kHttp, kJob}) {
    const Value plan = Plan(text);
    const Value entry = AsListed(WebhookSchema(), plan);
    EXPECT_TRUE(LooksLike(WebhookSchema(), plan, entry));
    const auto change_one = [&](const std::string& path, const auto& change) {
      return tfcpp::TransformBySchema(WebhookSchema(), entry, {}, [&](const tfcpp::AttributeVisit& visit) {
        return visit.path.ToString() == path ? change(visit.value) : visit.value;
      });
    };
    for (const auto& [path, row] : Rows()) {
      SCOPED_TRACE(path);
      const Value unread = change_one(path, [](const Value& value) { return Value::Unknown(value.type()); });
      EXPECT_TRUE(LooksLike(WebhookSchema(), plan, unread));
      const Value other = change_one(path, Another);
      if (other == entry || row.shows == Shows::kNothing) continue;
      EXPECT_EQ(LooksLike(WebhookSchema(), plan, other), row.shows == Shows::kByTheService);
    }
  }
}

TEST(AppearanceTest, TheServiceMayWriteAWorkspacesAddressInAnotherForm) {
  const Value plan = Plan(kJob, "job_spec.workspace_url", R"("https://W.example/")");
  EXPECT_TRUE(LooksLike(WebhookSchema(), plan, AsListed(WebhookSchema(), Plan(kJob))));
  const Value other = Plan(kJob, "job_spec.workspace_url", R"("https://v.example")");
  EXPECT_FALSE(LooksLike(WebhookSchema(), plan, AsListed(WebhookSchema(), other)));
}

class AppearancesTest : public ServiceTest {
 protected:
  AppearancesTest() { transport_.token = "dapi"; }

  // A create whose answer is lost is found again, whatever it has.
  void ExpectFound(const Value& mine) {
    space_.set_webhooks({});
    transport_.intercept = nullptr;
    transport_.lose_answer = IsCreate;
    WebhookService service(api_, clock_, kPatience);
    const auto found = Create(service, mine);
    ASSERT_TRUE(found.has_value()) << found.error().message;
    EXPECT_EQ(space_.webhooks().size(), 1U);
  }
  // How many webhooks there are once a create that had no effect has met one that somebody made at the same time.
  std::size_t CountBeside(const Value& others, const Value& mine) {
    space_.set_webhooks({});
    transport_.intercept = nullptr;
    transport_.lose_answer = nullptr;
    WebhookService somebody(api_, clock_, kPatience);
    EXPECT_TRUE(Create(somebody, others).has_value());
    transport_.intercept =
        [left = 1](const HttpRequest& request) mutable -> std::optional<tfcpp::Result<tfcpp::rest::HttpResponse>> {
      if (!IsCreate(request) || left-- <= 0) return std::nullopt;
      return Lost();
    };
    WebhookService service(api_, clock_, kPatience);
    EXPECT_TRUE(Create(service, mine).has_value());
    return space_.webhooks().size();
  }
};

// Through the request, the service and the answer.
TEST_F(AppearancesTest, ALostCreateIsKnownByEveryAttribute) {
  for (const auto& [path, row] : Rows()) {
    if (row.plan == nullptr) continue;
    SCOPED_TRACE(path);
    const Value one = Plan(row.plan);
    const Value other = Plan(row.plan, path, row.other);
    ExpectFound(one);
    ExpectFound(other);
    const std::size_t expected = row.shows == Shows::kAsItIs ? 2U : 1U;
    EXPECT_EQ(CountBeside(one, other), expected);
    EXPECT_EQ(CountBeside(other, one), expected);
  }
  EXPECT_EQ(CountBeside(Plan(kHttp), Plan(kJob)), 2U);
  EXPECT_EQ(CountBeside(Plan(kJob), Plan(kHttp)), 2U);
}

}  // namespace
}  // namespace mlflow
