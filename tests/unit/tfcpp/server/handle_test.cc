#include "tfcpp/server/handle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "test_doubles.h"
#include "tfplugin6.pb.h"

namespace tfcpp {
namespace {

using testing::HasSubstr;
using testing::Not;
using Response = tfplugin6::ReadResource_Response;

struct HandleTest : testing::Test {
  template <class Body>
  Response Run(Body body) {
    Response response;
    EXPECT_TRUE(Handle({"ReadResource", 7, "mlflow_webhook", log, clock}, &response, body).ok());
    return response;
  }
  ManualClock clock;
  RememberingLogger log;
};

TEST_F(HandleTest, LogsStartAndEndWithDurationAndCounts) {
  Run([this](Diagnostics& diagnostics) -> Result<void> {
    clock.Advance(Clock::Duration(42));
    diagnostics.AddWarning("w", "");
    diagnostics.AddError("e", "");
    diagnostics.AddError("e", "");
    return {};
  });
  ASSERT_EQ(log.records().size(), 2u);
  const LogRecord start = log.records()[0];
  const LogRecord end = log.records()[1];
  EXPECT_EQ(start.fields.at("tf_rpc"), "ReadResource");
  EXPECT_EQ(start.fields.at("tf_req_id"), "7");
  EXPECT_EQ(end.fields.at("tf_rpc"), "ReadResource");
  EXPECT_EQ(end.fields.at("tf_resource_type"), "mlflow_webhook");
  EXPECT_EQ(end.fields.at("tf_req_id"), "7");
  EXPECT_EQ(end.fields.at("tf_req_duration_ms"), "42");
  EXPECT_EQ(end.fields.at("diagnostic_error_count"), "2");
  EXPECT_EQ(end.fields.at("diagnostic_warning_count"), "1");
}

TEST_F(HandleTest, NoDiagnosticHoldsWhatAServiceKeepsSecret) {
  const auto without = [](const std::string& secret) {
    return [secret](std::string_view text) {
      const std::size_t at = text.find(secret);
      return at == text.npos ? std::string(text) : Concat(text.substr(0, at), "***", text.substr(at + secret.size()));
    };
  };
  std::vector<Service> services;
  services.push_back({.name = "one that knows of none"});
  services.push_back({.name = "the second", .without_secrets = without("canary")});
  services.push_back({.name = "the third", .without_secrets = without("one")});
  tfcpp::Run run;
  run.set_services(std::move(services));
  const auto body = [](Diagnostics& diagnostics) -> Result<void> {
    diagnostics.AddWarning("a canary", "one canary");
    throw std::logic_error("a canary");
  };
  Response response;
  EXPECT_TRUE(Handle({"ReadResource", 7, "mlflow_webhook", log, clock, &run}, &response, body).ok());
  ASSERT_EQ(response.diagnostics_size(), 2);
  EXPECT_EQ(response.diagnostics(0).summary(), "a canary");  // the provider's own words
  EXPECT_EQ(response.diagnostics(0).detail(), "*** ***");
  EXPECT_THAT(response.diagnostics(1).detail(), Not(HasSubstr("canary")));
}

TEST_F(HandleTest, AnUndecodableRequestIsAnErrorThatNamesTheRpcAndThePlace) {
  const Response response = Run([](Diagnostics&) -> Result<void> {
    return Error{.code = ErrorCode::kMalformed, .message = "spec.url: a string is required", .reason = {}};
  });
  ASSERT_EQ(response.diagnostics_size(), 1);
  EXPECT_EQ(response.diagnostics(0).severity(), tfplugin6::Diagnostic::ERROR);
  EXPECT_THAT(response.diagnostics(0).detail(), HasSubstr("ReadResource"));
  EXPECT_THAT(response.diagnostics(0).detail(), HasSubstr("spec.url: a string is required"));
}

TEST_F(HandleTest, ALogicErrorIsShownWithARequestForAReport) {
  const Response response =
      Run([](Diagnostics&) -> Result<void> { throw std::logic_error("Value: AsString of a number"); });
  ASSERT_EQ(response.diagnostics_size(), 1);
  EXPECT_EQ(response.diagnostics(0).severity(), tfplugin6::Diagnostic::ERROR);
  EXPECT_THAT(response.diagnostics(0).detail(),
              HasSubstr("ReadResource of mlflow_webhook: Value: AsString of a number."));
  EXPECT_THAT(response.diagnostics(0).detail(), HasSubstr("report"));
}

// Texts of other exceptions may hold values, secrets among them.
TEST_F(HandleTest, OtherExceptionsAreNotShown) {
  for (const auto& thrower :
       {+[] { throw std::runtime_error("canary"); }, +[] { throw 42; }, +[] { throw std::string("canary"); }}) {
    const Response response = Run([&](Diagnostics&) -> Result<void> {
      thrower();
      return {};
    });
    ASSERT_EQ(response.diagnostics_size(), 1);
    EXPECT_THAT(response.diagnostics(0).detail(), HasSubstr("ReadResource"));
    EXPECT_THAT(response.diagnostics(0).detail(), HasSubstr("report"));
    EXPECT_THAT(response.diagnostics(0).detail(), Not(HasSubstr("canary")));
  }
  for (const LogRecord& record : log.records()) {
    for (const auto& [key, value] : record.fields) EXPECT_THAT(value, Not(HasSubstr("canary"))) << key;
  }
}

TEST_F(HandleTest, AShortageOfTheMachineIsNoBug) {
  const struct {
    void (*thrower)();
    const char* what;
  } rows[] = {
      {[] { throw std::bad_alloc(); }, "refused the provider memory in ReadResource"},
      {[] { throw std::bad_array_new_length(); }, "refused the provider memory in ReadResource"},
      // What std::thread and std::mutex throw.
      {[] { throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again), "canary"); },
       "what it asked for (Resource temporarily unavailable) in ReadResource"},
  };
  for (const auto& row : rows) {
    const Response response = Run([&](Diagnostics&) -> Result<void> {
      row.thrower();
      return {};
    });
    ASSERT_EQ(response.diagnostics_size(), 1);
    EXPECT_EQ(response.diagnostics(0).summary(), "The machine is out of resources");
    EXPECT_THAT(response.diagnostics(0).detail(), HasSubstr(row.what));
    EXPECT_THAT(response.diagnostics(0).detail(), Not(HasSubstr("report")));
    EXPECT_THAT(response.diagnostics(0).detail(), Not(HasSubstr("canary")));
  }
}

TEST_F(HandleTest, WithoutMemoryForTheAnswerTheStatusSaysSo) {
  struct Short final : Logger {
    bool Enabled(LogLevel) const override { return true; }
    void Write(LogLevel, std::string_view, LogFields) override { throw std::bad_alloc(); }
  } logger;
  Response response;
  const auto status =
      Handle({"ReadResource", 1, {}, logger, clock}, &response, [](Diagnostics&) -> Result<void> { return {}; });
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(status.error_message(), HasSubstr("memory"));
}

TEST_F(HandleTest, ABrokenPromiseOfTheClientSaysWhoDidWhat) {
  const Response response = Run([](Diagnostics&) -> Result<void> {
    return Error{.code = ErrorCode::kInvalidArgument, .message = "a state that is null as a whole"};
  });
  ASSERT_EQ(response.diagnostics_size(), 1);
  EXPECT_EQ(response.diagnostics(0).summary(), "The client made a call that Terraform never makes");
  EXPECT_THAT(response.diagnostics(0).detail(),
              HasSubstr("ReadResource was called with a state that is null as a whole."));
}

// The answer to an apply begins with the state as it was. Without it Terraform would take the object for gone.
TEST_F(HandleTest, AfterAnExceptionWhatWasWrittenAndFoundBeforeIsSent) {
  Response response;
  ASSERT_TRUE(Handle({"ReadResource", 1, {}, log, clock}, &response, [&](Diagnostics& diagnostics) -> Result<void> {
                response.mutable_new_state()->set_msgpack("x");
                diagnostics.AddWarning("found before", "");
                throw std::logic_error("late");
              }).ok());
  EXPECT_EQ(response.new_state().msgpack(), "x");
  ASSERT_EQ(response.diagnostics_size(), 2);
  EXPECT_EQ(response.diagnostics(0).summary(), "found before");
}

TEST_F(HandleTest, AStopThatFailsSaysSoInItsOwnField) {
  tfplugin6::StopProvider_Response response;
  ASSERT_TRUE(Handle({"StopProvider", 1, {}, log, clock}, &response, [](Diagnostics&) -> Result<void> {
                throw std::logic_error("oops");
              }).ok());
  EXPECT_THAT(response.error(), HasSubstr("oops"));
}

TEST_F(HandleTest, ALoggerThatThrowsLetsNoExceptionOut) {
  struct Broken final : Logger {
    bool Enabled(LogLevel) const override { return true; }
    void Write(LogLevel, std::string_view, LogFields) override { throw std::runtime_error("disk full"); }
  } broken;
  Response response;
  EXPECT_EQ(Handle({"ReadResource", 1, {}, broken, clock}, &response, [](Diagnostics&) -> Result<void> { return {}; })
                .error_code(),
            grpc::StatusCode::INTERNAL);
}

}  // namespace
}  // namespace tfcpp
