// The webhooks of a workspace behind a hostile service. Lines of what is asked, one character (kCalls); each request
// takes the line that follows for its answer (hostile.h).
#include <chrono>
#include <stop_token>

#include "fuzz.h"
#include "hostile.h"
#include "provider/client.h"
#include "provider/registry_webhook/model.h"
#include "provider/registry_webhook/schema.h"
#include "sign_ins.h"
#include "tfcpp/base/strings.h"

namespace fuzz {
namespace {

using tfcpp::Value;

// A plan of a webhook that has secrets.
Value Planned(bool job) {
  const tfcpp::Type type = mlflow::WebhookSchema().ImpliedType();
  const tfcpp::Type text = tfcpp::Type::String();
  Value::Members plan;
  for (const auto& [name, member] : type.attributes()) plan.emplace(name, Value::Null(member));
  const auto with = [&](const char* spec, std::initializer_list<std::pair<const char*, Value>> given) {
    Value::Members members;
    for (const auto& [name, member] : type.attributes().at(spec).attributes())
      members.emplace(name, Value::Null(member));
    for (const auto& [name, value] : given) members.insert_or_assign(name, value);
    plan.insert_or_assign(spec, Value::Object(std::move(members)));
  };
  if (job) {
    with("job_spec", {{"job_id", Value::String("7")}, {"access_token", Value::String(std::string(kCanary))}});
  } else {
    with("http_url_spec", {{"url", Value::String("https://example.com")},
                           {"enable_ssl_verification", Value::Bool(true)},
                           {"authorization_header", Value::String(std::string(kCanary))},
                           {"secret", Value::String("short")}});
  }
  plan.insert_or_assign("events", Value::Set(text, {Value::String("MODEL_VERSION_CREATED")}));
  plan.insert_or_assign("model_name", Value::String("m"));
  plan.insert_or_assign("description", Value::String(""));
  plan.insert_or_assign("status", Value::String("ACTIVE"));
  plan.insert_or_assign("registry_webhook", Value::Bool(false));
  for (const char* name : {"id", "created_at", "updated_at"}) plan.insert_or_assign(name, Value::Unknown(text));
  return Value::Object(std::move(plan));
}

class Session {
 public:
  explicit Session(Lines& lines) : service_(lines, clock_) {
    service_.on_stop = [this] { stop_.request_stop(); };
  }

  void Create(bool job) {
    const Value planned = Planned(job);
    const auto created =
        client_.webhooks().Create(context(), {.sent = planned}, mlflow::ToCreate(planned, tfcpp::Secret()));
    if (created.has_value()) return RequireName(created->id);
    RequireTold(created.error());
    Require(created.error().may_have_acted || !service_.may_have_created(), "no create is forgotten");
  }
  void Find() {
    const auto found = client_.webhooks().Find(context(), {.id = "1", .model_name = "m"});
    if (!found.has_value()) return RequireTold(found.error());
    Require(found->webhook.has_value() || !service_.is_in_the_dark(), "gone is what the service has told");
  }
  void List() {
    const auto listed = client_.webhooks().List(context(), "");
    if (!listed.has_value()) return RequireTold(listed.error());
    for (const auto& [id, webhook] : (*listed)->webhooks) {
      RequireName(id);
      Require(webhook.id == id, "what is listed is listed by its id");
    }
  }
  void Update() {
    const auto updated = client_.webhooks().Update(context(), {.id = "1", .model_name = "m"},
                                                   mlflow::ToCreate(Planned(false), tfcpp::Secret()));
    if (!updated.has_value()) RequireTold(updated.error());
  }
  void Delete() {
    const auto deleted = client_.webhooks().Delete(context(), {.id = "1", .model_name = "m"});
    if (!deleted.has_value()) RequireTold(deleted.error());
  }
  void Test() {
    const auto tested = client_.api().Test(context(), "1", "");
    if (!tested.has_value()) RequireTold(tested.error());
  }
  void Wait() { clock_.Advance(std::chrono::seconds(11)); }
  void Forget() { service_.Forget(); }

 private:
  tfcpp::Context context() { return {stop_.get_token(), log_}; }
  // Messages, and Terraform itself, show ids.
  static void RequireName(const std::string& id) {
    Require(!id.empty() && id.find(kSignIn) == id.npos, "an id is some text, and holds no secret");
    Require(tfcpp::OneLine(id) == id, "an id can be shown");
  }
  static void RequireTold(const tfcpp::Error& error) {
    RequireNoSecret(error.message, "the error");
    Require(!error.message.empty(), "an error has a text");
  }

  tfcpp::test::FakeClock clock_;
  WatchedLog log_;
  HostileService service_;
  std::stop_source stop_;
  const tfcpp::Environment environment_ = EnvironmentOf(SignIns().front());
  mlflow::WorkspaceClient client_{tfcpp::databricks::Resolve({}, environment_).value(),
                                  environment_,
                                  "fuzz",
                                  clock_,
                                  [] { return 0.5; },
                                  [this](const auto&) { return std::make_unique<HostileTransport>(service_); }};
};

struct Call {
  char key;
  void (*make)(Session&);
};
constexpr Call kCalls[] = {
    {'c', [](Session& session) { session.Create(false); }}, {'j', [](Session& session) { session.Create(true); }},
    {'f', [](Session& session) { session.Find(); }},        {'l', [](Session& session) { session.List(); }},
    {'u', [](Session& session) { session.Update(); }},      {'d', [](Session& session) { session.Delete(); }},
    {'t', [](Session& session) { session.Test(); }},        {'w', [](Session& session) { session.Wait(); }},
};

}  // namespace

void Run(std::string_view input) {
  Lines lines(input);
  Session session(lines);
  while (!lines.empty()) {
    const std::string_view line = lines.Take();
    session.Forget();
    for (const Call& call : kCalls) {
      if (!line.empty() && line.front() == call.key) call.make(session);
    }
  }
}

}  // namespace fuzz
