// The rules of a run: what is answered before Configure, while the configuration is not known or not complete, and
// after a stop. What goes over the wire is tested in tests/conformance.
#include "tfcpp/server/provider_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "test_doubles.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/schema/plan_modifiers.h"
#include "tfcpp/value/parse.h"

namespace tfcpp {
namespace {

using testing::HasSubstr;

class BoxResource final : public Resource {
 public:
  Outcome Create(const Context&, const CreateRequest& request) override {
    ++calls;
    return {.state = request.planned.With("id", Value::String("1")), .private_data = "new", .diagnostics = {}};
  }
  Outcome Read(const Context&, const ReadRequest& request) override {
    ++calls;
    return {.state = request.state.With("name", Value::String("drifted")), .private_data = "read", .diagnostics = {}};
  }
  Outcome Update(const Context&, const UpdateRequest& request) override {
    ++calls;
    return {.state = request.planned, .private_data = request.private_data, .diagnostics = {}};
  }
  Outcome Delete(const Context&, const DeleteRequest&) override {
    ++calls;
    return {};
  }
  std::atomic<int>& calls;
  explicit BoxResource(std::atomic<int>& counter) : calls(counter) {}
};

struct ProviderServiceTest : testing::Test {
  ProviderServiceTest()
      : provider{.type_name = "test",
                 .version = "1.0.0",
                 .schema = {.attributes = {{.name = "host", .type = Type::String()}}},
                 .resources = {{.name = "test_box",
                                .schema = {.attributes = {{.name = "id",
                                                           .type = Type::String(),
                                                           .mode = Mode::kComputed,
                                                           .plan_modifiers = {UseStateForUnknown()}},
                                                          {.name = "name", .type = Type::String()}}},
                                .modify_plan =
                                    [](const PlanRequest& request, Plan& plan) {
                                      const auto host = request.facts.find("host");
                                      if (host != request.facts.end()) plan.diagnostics.AddWarning(host->second, "");
                                    }}},
                 .configure = [this](const Context& context,
                                     const ConfigureRequest& request) { return configure(context, request); }},
        service(provider, log, clock) {
    type = provider.resources[0].schema.ImpliedType();
    configure = [this](const Context&, const ConfigureRequest&) { return Ready(); };
  }

  Configured Ready() { return Bound({.name = "the boxes"}); }
  Configured Bound(Service boxes) {
    boxes.Bind(&Service::resources, "test_box", [this] { return std::make_unique<BoxResource>(calls); });
    return boxes;
  }
  Configured NotKnownYet() { return Bound({.name = "the boxes", .known = false}); }
  Configured Missing() {
    Service boxes{.name = "the boxes"};
    boxes.diagnostics.AddError("No host", "Set host.");
    return Bound(std::move(boxes));
  }
  tfplugin6::DynamicValue Dynamic(std::string_view text) const { return ToProto(ParseValue(text, type).value(), type); }
  std::string Text(const tfplugin6::DynamicValue& value) const { return FromProto(value, type).value().ToString(); }

  tfplugin6::ConfigureProvider_Response Configure() {
    tfplugin6::ConfigureProvider_Request request;
    request.set_terraform_version("1.11.4");
    tfplugin6::ConfigureProvider_Response response;
    EXPECT_TRUE(service.ConfigureProvider(nullptr, &request, &response).ok());
    return response;
  }
  tfplugin6::ReadResource_Response Read() {
    tfplugin6::ReadResource_Request request;
    request.set_type_name("test_box");
    request.set_private_("kept");
    *request.mutable_current_state() = Dynamic(kPrior);
    tfplugin6::ReadResource_Response response;
    EXPECT_TRUE(service.ReadResource(nullptr, &request, &response).ok());
    return response;
  }
  tfplugin6::PlanResourceChange_Response PlanChange(const char* prior, const char* config, const char* proposed) {
    tfplugin6::PlanResourceChange_Request request;
    request.set_type_name("test_box");
    request.set_prior_private("kept");
    *request.mutable_prior_state() = Dynamic(prior);
    *request.mutable_config() = Dynamic(config);
    *request.mutable_proposed_new_state() = Dynamic(proposed);
    tfplugin6::PlanResourceChange_Response response;
    EXPECT_TRUE(service.PlanResourceChange(nullptr, &request, &response).ok());
    return response;
  }
  tfplugin6::PlanResourceChange_Response PlanCreate() { return PlanChange("null", R"({name: "a"})", R"({name: "a"})"); }
  tfplugin6::ApplyResourceChange_Response ApplyUpdate() {
    tfplugin6::ApplyResourceChange_Request request;
    request.set_type_name("test_box");
    request.set_planned_private("kept");
    *request.mutable_prior_state() = Dynamic(kPrior);
    *request.mutable_config() = Dynamic(R"({name: "b"})");
    *request.mutable_planned_state() = Dynamic(R"({id: "1", name: "b"})");
    tfplugin6::ApplyResourceChange_Response response;
    EXPECT_TRUE(service.ApplyResourceChange(nullptr, &request, &response).ok());
    return response;
  }
  void StopOneRun() {
    tfplugin6::StopProvider_Request request;
    tfplugin6::StopProvider_Response response;
    EXPECT_TRUE(service.StopProvider(nullptr, &request, &response).ok());
    EXPECT_EQ(response.error(), "");
  }

  static constexpr char kPrior[] = R"({id: "1", name: "a"})";
  std::function<Configured(const Context&, const ConfigureRequest&)> configure;
  std::atomic<int> calls = 0;
  ManualClock clock;
  RememberingLogger log;
  Provider provider;
  ProviderService service;
  Type type = Type::Dynamic();
};

template <class Response>
int Errors(const Response& response) {
  int errors = 0;
  for (const auto& diagnostic : response.diagnostics()) errors += diagnostic.severity() == tfplugin6::Diagnostic::ERROR;
  return errors;
}

TEST_F(ProviderServiceTest, BeforeConfigurePlanReadAndApplyAreErrorsThatLoseNothing) {
  EXPECT_EQ(Errors(PlanCreate()), 1);
  const auto read = Read();
  EXPECT_EQ(Errors(read), 1);
  EXPECT_EQ(Text(read.new_state()), kPrior);
  EXPECT_EQ(read.private_(), "kept");
  const auto apply = ApplyUpdate();
  EXPECT_EQ(Errors(apply), 1);
  EXPECT_EQ(Text(apply.new_state()), kPrior);
  EXPECT_EQ(apply.private_(), "kept");
}

TEST_F(ProviderServiceTest, ConfiguredRunsCallTheResource) {
  EXPECT_EQ(Configure().diagnostics_size(), 0);
  const auto read = Read();
  EXPECT_EQ(read.diagnostics_size(), 0);
  EXPECT_EQ(Text(read.new_state()), R"({id: "1", name: "drifted"})");
  EXPECT_EQ(read.private_(), "read");
  const auto apply = ApplyUpdate();
  EXPECT_EQ(apply.diagnostics_size(), 0);
  EXPECT_EQ(Text(apply.new_state()), R"({id: "1", name: "b"})");
  EXPECT_EQ(apply.private_(), "kept");
}

TEST_F(ProviderServiceTest, ConfigureGetsTheConfigurationAndTheClientsVersion) {
  std::string seen;
  configure = [&](const Context&, const ConfigureRequest& request) {
    seen = request.config.ToString() + " " + request.terraform_version;
    return Ready();
  };
  tfplugin6::ConfigureProvider_Request request;
  request.set_terraform_version("1.11.4");
  const Type provider_type = provider.schema.ImpliedType();
  *request.mutable_config() = ToProto(ParseValue("{host: ?}", provider_type).value(), provider_type);
  tfplugin6::ConfigureProvider_Response response;
  ASSERT_TRUE(service.ConfigureProvider(nullptr, &request, &response).ok());
  EXPECT_EQ(seen, "{host: ?} 1.11.4");
}

TEST_F(ProviderServiceTest, NotKnownYetReadsKeepTheStateWithOneWarning) {
  configure = [this](const Context&, const ConfigureRequest&) { return NotKnownYet(); };
  EXPECT_EQ(Configure().diagnostics_size(), 0);
  EXPECT_EQ(PlanCreate().diagnostics_size(),
            0);  // planning needs no service, and does not use the warning up
  const auto first = Read();
  ASSERT_EQ(first.diagnostics_size(), 1);
  EXPECT_EQ(first.diagnostics(0).severity(), tfplugin6::Diagnostic::WARNING);
  EXPECT_THAT(first.diagnostics(0).summary(), HasSubstr("Drift was not looked for"));
  EXPECT_THAT(first.diagnostics(0).detail(), HasSubstr("not known yet"));
  EXPECT_EQ(Text(first.new_state()), kPrior);
  EXPECT_EQ(first.private_(), "kept");
  EXPECT_EQ(Read().diagnostics_size(), 0);
  EXPECT_EQ(calls, 0);

  Configure();  // a run of its own
  EXPECT_EQ(Read().diagnostics_size(), 1);
}

TEST_F(ProviderServiceTest, NotKnownYetIsAnErrorForApply) {
  configure = [this](const Context&, const ConfigureRequest&) { return NotKnownYet(); };
  Configure();
  for (int i = 0; i < 2; ++i) {
    const auto apply = ApplyUpdate();
    EXPECT_EQ(Errors(apply), 1);
    EXPECT_THAT(apply.diagnostics(0).detail(), HasSubstr("not known yet"));
    EXPECT_EQ(Text(apply.new_state()), kPrior);
    EXPECT_EQ(apply.private_(), "kept");
  }
}

TEST_F(ProviderServiceTest, WhatIsMissingIsReportedOnceForARunAndAlwaysByApply) {
  configure = [this](const Context&, const ConfigureRequest&) { return Missing(); };
  EXPECT_EQ(Configure().diagnostics_size(), 0);
  const auto first = PlanCreate();
  ASSERT_EQ(first.diagnostics_size(), 1);
  EXPECT_EQ(first.diagnostics(0).summary(), "No host");
  EXPECT_EQ(Text(first.planned_state()), R"({id: ?, name: "a"})");

  const auto second = PlanCreate();
  EXPECT_EQ(second.diagnostics_size(), 0);
  EXPECT_EQ(Text(second.planned_state()), R"({id: ?, name: "a"})");
  const auto read = Read();
  EXPECT_EQ(read.diagnostics_size(), 0);
  EXPECT_EQ(Text(read.new_state()), kPrior);
  for (int i = 0; i < 2; ++i) {
    const auto apply = ApplyUpdate();
    ASSERT_EQ(Errors(apply), 1);
    EXPECT_EQ(apply.diagnostics(0).summary(), "No host");
    EXPECT_EQ(Text(apply.new_state()), kPrior);
  }

  Configure();
  EXPECT_EQ(Errors(Read()), 1);  // a read reports as well
  EXPECT_EQ(Read().diagnostics_size(), 0);
  Configure();
  EXPECT_EQ(Errors(PlanChange(kPrior, "null", "null")), 1);  // and a destroy plan
  EXPECT_EQ(calls, 0);
}

TEST_F(ProviderServiceTest, ManyCallsAtOnceReportWhatIsMissingOnce) {
  configure = [this](const Context&, const ConfigureRequest&) { return Missing(); };
  Configure();
  std::atomic<int> errors = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] { errors += i % 2 == 0 ? Errors(PlanCreate()) : Errors(Read()); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(errors, 1);
}

TEST_F(ProviderServiceTest, FactsReachThePlanThoughTheServiceIsNotReady) {
  configure = [this](const Context&, const ConfigureRequest&) {
    return Bound({.name = "the boxes", .known = false, .facts = {{"host", "https://x"}}});
  };
  Configure();
  const auto plan = PlanCreate();
  ASSERT_EQ(plan.diagnostics_size(), 1);
  EXPECT_EQ(plan.diagnostics(0).summary(), "https://x");
}

TEST_F(ProviderServiceTest, TypesThatAreNotBoundFailConfigure) {
  configure = [](const Context&, const ConfigureRequest&) { return Service{.name = "the boxes"}; };
  const auto configured = Configure();
  ASSERT_EQ(Errors(configured), 1);
  EXPECT_THAT(configured.diagnostics(0).detail(), HasSubstr("the resource test_box is bound in no service"));
  EXPECT_EQ(Errors(Read()), 1);
  EXPECT_EQ(calls, 0);
}

TEST_F(ProviderServiceTest, AFailedConfigureEndsTheRunBefore) {
  Configure();
  configure = [this](const Context&, const ConfigureRequest&) {
    Configured configured = Ready();
    configured.diagnostics.AddError("Bad host", "");
    return configured;
  };
  EXPECT_EQ(Errors(Configure()), 1);
  EXPECT_EQ(Errors(Read()), 1);
  configure = [](const Context&, const ConfigureRequest&) -> Configured { throw std::logic_error("oops"); };
  EXPECT_EQ(Errors(Configure()), 1);
  EXPECT_EQ(Errors(Read()), 1);
  EXPECT_EQ(calls, 0);
}

TEST_F(ProviderServiceTest, AfterAStopNothingNewStartsUntilTheNextConfigure) {
  Configure();
  StopOneRun();
  const auto read = Read();
  EXPECT_EQ(Errors(read), 1);
  EXPECT_EQ(Text(read.new_state()), kPrior);
  const auto apply = ApplyUpdate();
  EXPECT_EQ(Errors(apply), 1);
  EXPECT_EQ(Text(apply.new_state()), kPrior);
  EXPECT_EQ(calls, 0);

  Configure();  // debug mode: one process serves many runs
  EXPECT_EQ(ApplyUpdate().diagnostics_size(), 0);
  EXPECT_EQ(calls, 1);
}

TEST_F(ProviderServiceTest, LogRecordsTellCallsApart) {
  Configure();
  PlanCreate();
  const std::vector<LogRecord> records = log.records();
  ASSERT_EQ(records.size(), 4u);
  EXPECT_EQ(records[3].fields.at("tf_rpc"), "PlanResourceChange");
  EXPECT_EQ(records[3].fields.at("tf_resource_type"), "test_box");
  EXPECT_NE(records[3].fields.at("tf_req_id"), records[1].fields.at("tf_req_id"));
}

TEST_F(ProviderServiceTest, AHostThatGoesAwayStopsForGood) {
  service.Stop();
  Configure();
  EXPECT_EQ(Errors(ApplyUpdate()), 1);
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace tfcpp
