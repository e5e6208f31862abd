// What no Terraform sends, to every RPC of the real provider: values that are null or unknown as a whole or in every
// member, in every combination, and states that somebody has edited. The provider calls none of it its own bug, and
// does nothing on its account.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/provider_client.h"
#include "provider/provider.h"
#include "support/workspace_transport.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/testing/fake_clock.h"
#include "tfcpp/testing/recording_logger.h"
#include "tfcpp/value/parse.h"
#include "workspace.h"

namespace faults {
namespace {

using testing::HasSubstr;
using testing::Not;
using tfcpp::Type;
using tfcpp::Value;
using Stub = tfplugin6::Provider::Stub;
using Texts = std::vector<std::string>;

constexpr char kWebhook[] = "mlflow_webhook";
constexpr char kConfig[] = R"({events: ["MODEL_VERSION_CREATED"], http_url_spec: {url: "https://x"}})";
constexpr char kState[] =
    R"({id: "7", events: ["MODEL_VERSION_CREATED"], status: "ACTIVE", description: "", registry_webhook: true,
        http_url_spec: {url: "https://x", enable_ssl_verification: true}})";

struct Variant {
  std::string name;
  tfplugin6::DynamicValue message;
  bool is_null = false;     // as a whole
  bool is_unknown = false;  // likewise
  bool is_normal = false;
};

template <class Make>
Value EachMember(const Type& type, const Make& make) {
  Value::Members members;
  for (const auto& [name, member] : type.attributes()) members.emplace(name, make(member));
  return Value::Object(std::move(members));
}

std::vector<Variant> VariantsOf(const Type& type, const char* normal = nullptr) {
  const auto encode = [&](const Value& value) { return tfcpp::ToProto(value, type); };
  std::vector<Variant> variants{
      {.name = "absent", .message = {}, .is_null = true},
      {.name = "null", .message = encode(Value::Null(type)), .is_null = true},
      {.name = "unknown", .message = encode(Value::Unknown(type)), .is_unknown = true},
      {.name = "unknown but not null", .message = encode(Value::Unknown(type, true)), .is_unknown = true},
      {.name = "nulls", .message = encode(EachMember(type, [](const Type& member) { return Value::Null(member); }))},
      {.name = "unknowns",
       .message = encode(EachMember(type, [](const Type& member) { return Value::Unknown(member); }))}};
  if (normal != nullptr) {
    variants.push_back(
        {.name = "normal", .message = encode(tfcpp::ParseValue(normal, type).value()), .is_normal = true});
  }
  return variants;
}

class OddRequestsTest : public testing::Test {
 protected:
  OddRequestsTest() { client_.Configure("{}"); }

  template <class Request, class Response>
  Texts Call(grpc::Status (Stub::*rpc)(grpc::ClientContext*, const Request&, Response*), const Request& request) {
    return Checked(conformance::Describe(client_.Call(rpc, request).diagnostics()));
  }
  static Texts Checked(Texts texts) {
    for (const std::string& text : texts) EXPECT_THAT(text, Not(HasSubstr("bug in"))) << text;
    for (const std::string& text : texts) EXPECT_THAT(text, Not(HasSubstr("has a bug"))) << text;
    return texts;
  }
  static void ExpectBlamesTheClient(const Texts& texts) {
    EXPECT_THAT(texts, testing::ElementsAre(HasSubstr("The client made a call that Terraform never makes")));
  }
  // As somebody made it, so that a read of it finds it.
  void PutWebhook() {
    workspace::Webhook webhook;
    webhook.id = "7";
    webhook.events = {"MODEL_VERSION_CREATED"};
    webhook.http_url_spec = workspace::HttpUrlSpec{"https://x", true, "", ""};
    space_.set_webhooks({webhook});
  }

  workspace::Workspace space_{workspace::Settings{}};
  tfcpp::test::FakeClock clock_;
  tfcpp::test::RecordingLogger log_;
  tfcpp::Provider provider_ = mlflow::MakeProvider(
      {.clock = clock_,
       .environment = [](std::string_view name) -> std::optional<std::string> {
         if (name == "DATABRICKS_HOST") return "https://ws.example";
         if (name == "DATABRICKS_TOKEN") return "dapi";
         if (name == "MLFLOW_TRACKING_URI") return "https://mlflow.example";
         return std::nullopt;
       },
       .jitter = [] { return 0.5; },
       .make_transport = [this](const auto&) { return std::make_unique<tfcpp::test::WorkspaceTransport>(space_); }});
  conformance::ProviderClient client_{provider_, log_, clock_};
};

TEST_F(OddRequestsTest, Configurations) {
  for (const Variant& odd : VariantsOf(client_.value_type())) {
    SCOPED_TRACE(odd.name);
    tfplugin6::ValidateResourceConfig_Request validate;
    validate.set_type_name(kWebhook);
    *validate.mutable_config() = odd.message;
    Call(&Stub::ValidateResourceConfig, validate);
  }
  for (const Variant& odd : VariantsOf(provider_.schema.ImpliedType())) {
    SCOPED_TRACE(odd.name);
    tfplugin6::ValidateProviderConfig_Request validate;
    *validate.mutable_config() = odd.message;
    Call(&Stub::ValidateProviderConfig, validate);
    tfplugin6::ConfigureProvider_Request configure;
    *configure.mutable_config() = odd.message;
    Call(&Stub::ConfigureProvider, configure);
  }
}

TEST_F(OddRequestsTest, Reads) {
  for (const Variant& odd : VariantsOf(client_.value_type(), kState)) {
    SCOPED_TRACE(odd.name);
    PutWebhook();
    tfplugin6::ReadResource_Request read;
    read.set_type_name(kWebhook);
    read.set_private_("kept");
    *read.mutable_current_state() = odd.message;
    const auto answer = client_.Call(&Stub::ReadResource, read);
    const Texts texts = Checked(conformance::Describe(answer.diagnostics()));
    if (odd.is_null || odd.is_unknown) ExpectBlamesTheClient(texts);
    if (!odd.is_normal) {
      EXPECT_FALSE(texts.empty());
      EXPECT_EQ(answer.new_state().msgpack(), odd.message.msgpack());
      EXPECT_EQ(answer.private_(), "kept");
    }
    tfplugin6::GenerateResourceConfig_Request generate;
    generate.set_type_name(kWebhook);
    *generate.mutable_state() = odd.message;
    Call(&Stub::GenerateResourceConfig, generate);
  }
  for (const Variant& odd : VariantsOf(provider_.resources.front().identity->ImpliedType())) {
    SCOPED_TRACE(odd.name);
    tfplugin6::ReadResource_Request read;
    read.set_type_name(kWebhook);
    *read.mutable_current_state() = client_.Encode(client_.Parse(kState));
    *read.mutable_current_identity()->mutable_identity_data() = odd.message;
    Call(&Stub::ReadResource, read);
    tfplugin6::ImportResourceState_Request import;
    import.set_type_name(kWebhook);
    *import.mutable_identity()->mutable_identity_data() = odd.message;
    Call(&Stub::ImportResourceState, import);
  }
}

TEST_F(OddRequestsTest, ChangesInEveryCombination) {
  const auto states = VariantsOf(client_.value_type(), kState);
  const auto configs = VariantsOf(client_.value_type(), kConfig);
  for (const Variant& prior : states) {
    for (const Variant& config : configs) {
      for (const Variant& planned : states) {
        SCOPED_TRACE("prior: " + prior.name + ", config: " + config.name + ", planned: " + planned.name);
        const bool unknown = prior.is_unknown || config.is_unknown || planned.is_unknown;
        const bool unconfigured = config.is_null && !planned.is_null;
        tfplugin6::PlanResourceChange_Request plan;
        plan.set_type_name(kWebhook);
        *plan.mutable_prior_state() = prior.message;
        *plan.mutable_config() = config.message;
        *plan.mutable_proposed_new_state() = planned.message;
        plan.mutable_client_capabilities()->set_write_only_attributes_allowed(true);
        const Texts said = Call(&Stub::PlanResourceChange, plan);
        if (unknown || (unconfigured && prior.name != "nulls")) ExpectBlamesTheClient(said);

        PutWebhook();
        tfplugin6::ApplyResourceChange_Request apply;
        apply.set_type_name(kWebhook);
        *apply.mutable_prior_state() = prior.message;
        *apply.mutable_config() = config.message;
        *apply.mutable_planned_state() = planned.message;
        const auto answer = client_.Call(&Stub::ApplyResourceChange, apply);
        const Texts texts = Checked(conformance::Describe(answer.diagnostics()));
        const bool nothing = prior.is_null && planned.is_null;
        if (unknown || (unconfigured && prior.name != "nulls") || nothing) ExpectBlamesTheClient(texts);
        // What is an error has done nothing.
        const bool sound = prior.is_normal && config.is_normal && planned.is_normal;
        if (!sound && conformance::HasError(answer.diagnostics())) {
          EXPECT_EQ(space_.webhooks().size(), 1u);
          EXPECT_EQ(answer.new_state().msgpack(), prior.message.msgpack());
        }
      }
    }
  }
}

TEST_F(OddRequestsTest, DataSourcesListsAndActions) {
  for (const tfcpp::DataSourceType& type : provider_.data_sources) {
    for (const Variant& odd : VariantsOf(type.schema.ImpliedType())) {
      SCOPED_TRACE(type.name + " " + odd.name);
      tfplugin6::ValidateDataResourceConfig_Request validate;
      validate.set_type_name(type.name);
      *validate.mutable_config() = odd.message;
      Call(&Stub::ValidateDataResourceConfig, validate);
      tfplugin6::ReadDataSource_Request read;
      read.set_type_name(type.name);
      *read.mutable_config() = odd.message;
      const Texts texts = Call(&Stub::ReadDataSource, read);
      if (odd.is_null || odd.is_unknown) ExpectBlamesTheClient(texts);
    }
  }
  for (const tfcpp::ListType& type : provider_.lists) {
    for (const Variant& odd : VariantsOf(type.schema.ImpliedType())) {
      SCOPED_TRACE(type.name + ": " + odd.name);
      tfplugin6::ListResource_Request list;
      list.set_type_name(type.name);
      *list.mutable_config() = odd.message;
      grpc::ClientContext context;
      const auto reader = client_.stub().ListResource(&context, list);
      Texts texts;
      for (tfplugin6::ListResource_Event event; reader->Read(&event);) {
        for (std::string& text : Checked(conformance::Describe(event.diagnostic()))) texts.push_back(std::move(text));
      }
      if (odd.is_unknown) ExpectBlamesTheClient(texts);  // null: a block without `config`
    }
  }
  for (const tfcpp::ActionType& action : provider_.actions) {
    for (const Variant& odd : VariantsOf(action.schema.ImpliedType())) {
      SCOPED_TRACE(action.name + ": " + odd.name);
      tfplugin6::PlanAction_Request plan;
      plan.set_action_type(action.name);
      *plan.mutable_config() = odd.message;
      Call(&Stub::PlanAction, plan);
      tfplugin6::InvokeAction_Request invoke;
      invoke.set_action_type(action.name);
      *invoke.mutable_config() = odd.message;
      grpc::ClientContext context;
      const auto reader = client_.stub().InvokeAction(&context, invoke);
      Texts texts;
      for (tfplugin6::InvokeAction_Event event; reader->Read(&event);) {
        if (event.has_completed()) texts = Checked(conformance::Describe(event.completed().diagnostics()));
      }
      if (odd.is_null || odd.is_unknown) ExpectBlamesTheClient(texts);
      EXPECT_FALSE(texts.empty());  // else a value that turned out null, which is the configuration's
    }
  }
}

TEST_F(OddRequestsTest, Functions) {
  for (const tfcpp::FunctionType& type : provider_.functions) {
    tfplugin6::CallFunction_Request call;
    call.set_name(type.name);
    for (std::size_t given = 0; given <= type.parameters.size() + 1; ++given) {
      EXPECT_THAT(client_.Call(&Stub::CallFunction, call).error().text(), Not(HasSubstr("has a bug")));
      call.add_arguments();
    }
  }
}

// One member of a stored state is changed by hand.
TEST_F(OddRequestsTest, EditedStates) {
  const std::string stored =
      R"({"id":"7","events":["MODEL_VERSION_CREATED"],"status":"ACTIVE","description":"","registry_webhook":true,)"
      R"("model_name":null,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z",)"
      R"("http_url_spec":{"url":"https://x","enable_ssl_verification":true},"job_spec":null})";
  const struct {
    const char *from, *to;
    bool readable = true;
  } rows[] = {
      {R"("id":"7")", R"("id":null)", false},
      {R"("id":"7",)", "", false},
      {R"("id":"7")", R"("id":"")", false},
      {R"(["MODEL_VERSION_CREATED"])", "null"},
      {R"(["MODEL_VERSION_CREATED"])", "[]"},
      {R"(["MODEL_VERSION_CREATED"])", "[null]"},
      {R"("ACTIVE")", "null"},
      {R"("description":"")", R"("description":null)"},
      {R"("registry_webhook":true)", R"("registry_webhook":null)"},
      {R"({"url":"https://x","enable_ssl_verification":true})", "null"},
      {R"("https://x")", "null"},
      {R"(,"enable_ssl_verification":true)", R"(,"enable_ssl_verification":null)"},
      {R"("job_spec":null)", R"("job_spec":{"job_id":null})"},
      {R"("job_spec":null)", R"("job_spec":{})"},
      {R"("2026-01-01T00:00:00Z")", "null"},
      {R"("2026-01-01T00:00:00Z")", R"("x")"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.to);
    std::string json = stored;
    json.replace(json.find(row.from), std::string_view(row.from).size(), row.to);
    tfplugin6::UpgradeResourceState_Request upgrade;
    upgrade.set_type_name(kWebhook);
    upgrade.mutable_raw_state()->set_json(json);
    const auto upgraded = client_.Call(&Stub::UpgradeResourceState, upgrade);
    const Texts texts = Checked(conformance::Describe(upgraded.diagnostics()));
    EXPECT_EQ(upgraded.has_upgraded_state(), row.readable);
    if (!row.readable) {
      EXPECT_THAT(texts, testing::ElementsAre(
                             testing::AllOf(HasSubstr("has no id"), HasSubstr("edited"), HasSubstr("state rm"))));
      continue;
    }
    PutWebhook();
    const Value state = client_.Decode(upgraded.upgraded_state());
    const conformance::Change read = client_.Read(state);
    Checked(conformance::Texts(read.diagnostics));
    EXPECT_TRUE(read.state.is_set());
    for (const char* config : {kConfig, R"({events: ["COMMENT_CREATED"], job_spec: {job_id: "3"}})"}) {
      conformance::Change change = client_.Plan(state, client_.Parse(config));
      Checked(conformance::Texts(change.diagnostics));
      client_.Apply(change);
      Checked(conformance::Texts(change.diagnostics));
    }
    conformance::Change end = client_.Plan(state, Value::Null(client_.value_type()));
    client_.Apply(end);
    EXPECT_FALSE(end.failed);
  }
}

}  // namespace
}  // namespace faults
