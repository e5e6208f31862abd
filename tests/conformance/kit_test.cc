// The conformance kit finds each breach that there is: a sound provider's answers are changed on their way.
#include <gmock/gmock.h>
#include <grpcpp/support/client_interceptor.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tfcpp/codec/proto_value.h"
#include "tfcpp/conformance/judge.h"
#include "tfcpp/host/session.h"
#include "tfcpp/server/provider_service.h"
#include "tfcpp/value/parse.h"
#include "thing.h"

namespace conformance {
namespace {

using testing::HasSubstr;
using testing::Not;
using tfcpp::Type;
using tfcpp::Value;
namespace kit = tfcpp::conformance;
namespace rule = tfcpp::conformance::rule;

// Changes an answer of that RPC before the client sees it.
struct Fault {
  const char* rule;
  const char* rpc;
  std::function<void(void*)> change;
};

class Changing final : public grpc::experimental::Interceptor {
 public:
  Changing(const Fault& fault, bool concerned) : fault_(fault), concerned_(concerned) {}
  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    using grpc::experimental::InterceptionHookPoints;
    if (concerned_ && methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_MESSAGE)) {
      if (void* answer = methods->GetRecvMessage(); answer != nullptr) fault_.change(answer);
    }
    methods->Proceed();
  }

 private:
  const Fault& fault_;
  bool concerned_;
};

class ChangingFactory final : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  explicit ChangingFactory(const Fault& fault) : fault_(fault) {}
  grpc::experimental::Interceptor* CreateClientInterceptor(grpc::experimental::ClientRpcInfo* info) override {
    return new Changing(fault_, std::string_view(info->method()).ends_with(std::string("/") + fault_.rpc));
  }

 private:
  const Fault& fault_;
};

// The things with all that a type may have: they tell which of them they are.
class Identified final : public tfcpp::Resource {
 public:
  explicit Identified(std::unique_ptr<tfcpp::Resource> thing) : thing_(std::move(thing)) {}
  tfcpp::Outcome Create(const tfcpp::Context& context, const tfcpp::CreateRequest& request) override {
    return Identify(thing_->Create(context, request));
  }
  tfcpp::Outcome Read(const tfcpp::Context& context, const tfcpp::ReadRequest& request) override {
    return Identify(thing_->Read(context, request));
  }
  tfcpp::Outcome Update(const tfcpp::Context& context, const tfcpp::UpdateRequest& request) override {
    return Identify(thing_->Update(context, request));
  }
  tfcpp::Outcome Delete(const tfcpp::Context& context, const tfcpp::DeleteRequest& request) override {
    return thing_->Delete(context, request);
  }

 private:
  static tfcpp::Outcome Identify(tfcpp::Outcome outcome) {
    if (outcome.state.has_value()) outcome.identity = Value::Object({{"id", outcome.state->Get("id")}});
    return outcome;
  }
  std::unique_ptr<tfcpp::Resource> thing_;
};

tfcpp::Provider ImportableThings(ThingStore& store) {
  tfcpp::Provider provider = MakeProvider(store);
  provider.resources.front().import_state = [](const tfcpp::ImportRequest& request) {
    return tfcpp::Outcome{
        .state = tfcpp::ParseValue("{id: \"" + request.id + "\"}", ThingType().schema.ImpliedType()).value(),
        .private_data = "",
        .diagnostics = {}};
  };
  provider.configure = [configure = provider.configure](const auto& context, const auto& request) {
    tfcpp::Configured configured = configure(context, request);
    auto& thing = configured.services.front().resources.at("test_thing");
    thing = std::make_unique<Identified>(std::move(thing));
    return configured;
  };
  return provider;
}

// Made before the session.
struct Served {
  ThingStore store;
  tfcpp::Provider provider = ImportableThings(store);
  tfcpp::NullLogger log;
  tfcpp::SystemClock clock;
  tfcpp::ProviderService service{provider, log, clock};
  std::unique_ptr<grpc::Server> server;
};

class FaultySession final : private Served, public tfcpp::host::Session {
 public:
  explicit FaultySession(const Fault& fault) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service);
    server = builder.BuildAndStart();
    std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> factories;
    factories.push_back(std::make_unique<ChangingFactory>(fault));
    Open(server->experimental().InProcessChannelWithInterceptors(grpc::ChannelArguments(), std::move(factories)),
         std::nullopt);
  }
  ~FaultySession() override { server->Shutdown(); }
};

std::string JudgeWith(const Fault& fault, bool apply = true) {
  const tfcpp::test::Client client(std::make_unique<FaultySession>(fault));
  const auto examples = kit::ReadExamples(
      R"({"provider": {"host": "https://x"}, "functions": {"divide": {"divisor": [2]}}})", client.provided());
  kit::Report report;
  kit::JudgeProvider(client, examples.value(), {.apply = apply, .rounds = 6}, report);
  return report.ToString();
}

template <class Response>
std::function<void(void*)> In(std::function<void(Response&)> change) {
  return [change](void* answer) { change(*static_cast<Response*>(answer)); };
}

// `change` of a thing in an answer, where there is one.
using ChangeThing = std::function<Value(const Value&)>;
void Alter(tfplugin6::DynamicValue* message, const ChangeThing& change) {
  const Type type = ThingType().schema.ImpliedType();
  const Value thing = tfcpp::FromProto(*message, type).value();
  *message = tfcpp::ToProto(thing.is_set() ? change(thing) : thing, type);
}

std::function<void(void*)> InPlan(const ChangeThing& change) {
  return In<tfplugin6::PlanResourceChange_Response>(
      [=](auto& answer) { Alter(answer.mutable_planned_state(), change); });
}
std::function<void(void*)> InApply(const ChangeThing& change) {
  return In<tfplugin6::ApplyResourceChange_Response>([=](auto& answer) { Alter(answer.mutable_new_state(), change); });
}
std::function<void(void*)> InRead(const ChangeThing& change) {
  return In<tfplugin6::ReadResource_Response>([=](auto& answer) { Alter(answer.mutable_new_state(), change); });
}

ChangeThing Set(const char* name, const Value& value) {
  return [=](const Value& thing) { return thing.With(name, value); };
}

std::vector<Fault> Faults() {
  const Value unknown = Value::Unknown(Type::Number());
  const auto counted = std::make_shared<std::int64_t>(0);
  const ChangeThing count = [counted](const Value& thing) { return thing.With("revision", Value::Int(++*counted)); };
  return {
      {rule::kSchema, "GetProviderSchema", In<tfplugin6::GetProviderSchema_Response>([](auto& answer) {
         for (auto& attribute :
              *(*answer.mutable_resource_schemas())["test_thing"].mutable_block()->mutable_attributes()) {
           if (attribute.required()) attribute.set_computed(true);
         }
       })},
      {rule::kSchema, "GetResourceIdentitySchemas",
       In<tfplugin6::GetResourceIdentitySchemas_Response>([](auto& answer) {
         (*answer.mutable_identity_schemas())["test_thing"].mutable_identity_attributes(0)->clear_type();
       })},
      {rule::kAnswers, "PlanResourceChange", In<tfplugin6::PlanResourceChange_Response>([](auto& answer) {
         answer.mutable_planned_state()->set_msgpack("\xc1");
       })},
      {rule::kAnswers, "ValidateResourceConfig", In<tfplugin6::ValidateResourceConfig_Response>([](auto& answer) {
         answer.add_diagnostics()->set_summary("without a severity");
       })},
      {rule::kAnswers, "PlanResourceChange",
       In<tfplugin6::PlanResourceChange_Response>([](auto& answer) { answer.mutable_deferred(); })},
      {rule::kPlanKeepsConfig, "PlanResourceChange", InPlan(Set("name", Value::String("another")))},
      {rule::kPlanKeepsConfig, "PlanResourceChange", In<tfplugin6::PlanResourceChange_Response>([](auto& answer) {
         *answer.mutable_planned_state() = tfcpp::ToProto(Value(), Type::Dynamic());
       })},
      {rule::kPlanKeepsUnknown, "PlanResourceChange", InPlan([](const Value& thing) {
         return thing.Get("name").is_known() ? thing : thing.With("name", Value::String("a guess"));
       })},
      {rule::kPlanRefines, "PlanResourceChange", InPlan([](const Value& thing) {
         return thing.Get("enabled").is_known() ? thing : thing.With("revision", Value::Int(7));
       })},
      {rule::kPlanRepeats, "PlanResourceChange", InPlan(count)},
      {rule::kReplacePaths, "PlanResourceChange", In<tfplugin6::PlanResourceChange_Response>([](auto& answer) {
         answer.add_requires_replace()->add_steps()->set_attribute_name("nowhere");
       })},
      {rule::kWriteOnly, "PlanResourceChange", InPlan(Set("password", Value::String("p")))},
      {rule::kWriteOnly, "ApplyResourceChange", InApply(Set("password", Value::String("p")))},
      {rule::kApplyKeepsPlan, "ApplyResourceChange", InApply(Set("size", Value::Int(999)))},
      {rule::kApplyIsKnown, "ApplyResourceChange", InApply(Set("revision", unknown))},
      {rule::kReadIsKnown, "ReadResource", InRead(Set("revision", unknown))},
      {rule::kReadKeepsState, "ReadResource", InRead(Set("revision", Value::Int(99)))},
      {rule::kReadKeepsState, "ReadResource", In<tfplugin6::ReadResource_Response>([](auto& answer) {
         const Type type = ThingType().schema.ImpliedType();
         *answer.mutable_new_state() = tfcpp::ToProto(Value::Null(type), type);
       })},
      {rule::kPlanSettles, "PlanResourceChange", InPlan(Set("revision", unknown))},
      {rule::kUpgradeKeepsState, "UpgradeResourceState", In<tfplugin6::UpgradeResourceState_Response>([](auto& answer) {
         Alter(answer.mutable_upgraded_state(), Set("size", Value::Int(999)));
       })},
      {rule::kIdentityIsStable, "ReadResource", In<tfplugin6::ReadResource_Response>([](auto& answer) {
         const Value other = Value::Object({{"id", Value::String("another")}});
         *answer.mutable_new_identity()->mutable_identity_data() = tfcpp::ToProto(other, other.type());
       })},
      {rule::kIdentityIsStable, "ApplyResourceChange",
       In<tfplugin6::ApplyResourceChange_Response>([](auto& answer) { answer.clear_new_identity(); })},
      {rule::kImportFinds, "ImportResourceState",
       In<tfplugin6::ImportResourceState_Response>([](auto& answer) { answer.clear_imported_resources(); })},
      {rule::kDeleteRemoves, "ApplyResourceChange", In<tfplugin6::ApplyResourceChange_Response>([](auto& answer) {
         const Type type = ThingType().schema.ImpliedType();
         if (tfcpp::FromProto(answer.new_state(), type).value().is_set()) return;
         *answer.mutable_new_state() = tfcpp::ToProto(tfcpp::ParseValue(R"({id: "1", name: "a"})", type).value(), type);
       })},
      {rule::kResultIsKnown, "ReadDataSource",
       In<tfplugin6::ReadDataSource_Response>([](auto& answer) { answer.clear_state(); })},
      {rule::kResultIsKnown, "OpenEphemeralResource",
       In<tfplugin6::OpenEphemeralResource_Response>([](auto& answer) { answer.clear_result(); })},
      {rule::kCloseSucceeds, "CloseEphemeralResource", In<tfplugin6::CloseEphemeralResource_Response>([](auto& answer) {
         answer.add_diagnostics()->set_severity(tfplugin6::Diagnostic::ERROR);
       })},
      {rule::kFunctionRepeats, "CallFunction", In<tfplugin6::CallFunction_Response>([counted](auto& answer) {
         *answer.mutable_result() = tfcpp::ToProto(Value::Int(++*counted), Type::Number());
       })},
      {rule::kAnswers, "CallFunction", In<tfplugin6::CallFunction_Response>([](auto& answer) {
         *answer.mutable_result() = tfcpp::ToProto(Value::String("no number"), Type::String());
       })},
  };
}

const Fault kNoFault{"", "", [](void*) {}};

TEST(Kit, FindsEachBreach) {
  for (const Fault& fault : Faults()) {
    const std::string report = JudgeWith(fault);
    EXPECT_THAT(report, HasSubstr(std::string("BROKEN      ") + fault.rule + " ")) << "in " << fault.rpc;
  }
}

TEST(Kit, FindsNoneInASoundProvider) {
  const std::string report = JudgeWith(kNoFault);
  EXPECT_THAT(report, Not(HasSubstr("BROKEN")));
  EXPECT_THAT(report, Not(HasSubstr("\n  note: ")));
  // All is judged but what is never called.
  std::size_t not_judged = 0;
  for (std::size_t at = 0; (at = report.find("not judged", at)) != report.npos; ++at) ++not_judged;
  EXPECT_THAT(report, HasSubstr("not judged  list"));
  EXPECT_THAT(report, HasSubstr("not judged  invoke"));
  EXPECT_EQ(not_judged, 2u) << report;
}

TEST(Kit, DoesNotActUnlessItIsAsked) {
  for (const char* rpc : {"ApplyResourceChange", "ReadResource", "ImportResourceState", "ReadDataSource",
                          "OpenEphemeralResource", "InvokeAction", "ListResource"}) {
    bool called = false;
    const std::string report = JudgeWith({"", rpc, [&](void*) { called = true; }}, /*apply=*/false);
    EXPECT_FALSE(called) << rpc;
    EXPECT_THAT(report, HasSubstr("not judged  apply-keeps-plan"));
    EXPECT_THAT(report, HasSubstr("--apply was not given"));
  }
}

TEST(Kit, ShowsNoSecret) {
  const Fault fault{"", "PlanResourceChange", InPlan([](const Value& thing) {
                      return thing.With("name", Value::String("another")).With("token", Value::String("canary"));
                    })};
  const std::string report = JudgeWith(fault);
  EXPECT_THAT(report, HasSubstr("(sensitive)"));
  EXPECT_THAT(report, Not(HasSubstr("canary")));
}

// What the file says wrongly, and what it is told.
TEST(Kit, RefusesExamplesThatDoNotFit) {
  const tfcpp::test::Client client(std::make_unique<FaultySession>(kNoFault));
  const std::pair<const char*, const char*> kRows[] = {
      {"[]", "an object is wanted"},
      {R"({"resource": {}})", "there is no \"resource\""},
      {R"({"provider": {"hots": "x"}})", "no attribute hots"},
      {R"({"provider": {"host": []}})", "host"},
      {R"({"resources": {"test_thin": {}}})", "has no test_thin"},
      {R"({"resources": {"test_thing": {"nam": ["a"]}}})", "test_thing has no nam"},
      {R"({"resources": {"test_thing": {"name": "a"}}})", "a list of values is wanted"},
      {R"({"resources": {"test_thing": {"name": []}}})", "a list of values is wanted"},
      {R"({"resources": {"test_thing": {"spec.retries": ["many"]}}})", "spec.retries"},
      {R"({"functions": {"divide": {"by": [1]}}})", "divide has no by"},
  };
  for (const auto& [json, told] : kRows) {
    const auto examples = kit::ReadExamples(json, client.provided());
    ASSERT_FALSE(examples.has_value()) << json;
    EXPECT_THAT(examples.error().message, HasSubstr(told));
  }
}

}  // namespace
}  // namespace conformance
