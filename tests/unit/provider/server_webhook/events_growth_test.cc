// A set of thousands of events costs the provider in proportion to its size, in every step from validation to what is
// read back. Measured is the processor's time of this thread alone, for a set and for one of eight times its size: what
// grows with the square of the number takes 64 times as long, and what is in proportion takes 8 to 11 times.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "mlflow_server/events.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/json/json.h"
#include "unit/provider/server_webhook/server_in_process.h"

namespace mlflow {
namespace {

using std::chrono::nanoseconds;
using tfcpp::Concat;
using tfcpp::ResourceOutput;
using tfcpp::Value;

constexpr int kFew = 2'500;
constexpr int kMany = 20'000;
constexpr int kMostTimes = 24;

nanoseconds CpuTime() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + nanoseconds(time.tv_nsec);
}

Value Events(int count, const char* end) {
  std::vector<Value> names;
  for (int i = 0; i < count; ++i) names.push_back(Value::String(Concat("event", std::to_string(i), end)));
  std::reverse(names.begin(), names.end());
  return Value::Set(tfcpp::Type::String(), std::move(names));
}

class EventsGrowthTest : public ServerInProcess {
 protected:
  EventsGrowthTest() { Configure(kServer); }

  // The webhook as the server would have stored what is asked for.
  void AnswerAsAsked() {
    answer_ = [this](const HttpRequest& request) -> Answer {
      if (request.method == tfcpp::rest::Method::kDelete) return Said(200, "{}");
      if (!request.body.empty()) {
        const auto asked = tfcpp::Json::Parse(request.body);
        const tfcpp::Json* events = asked->Find("events");
        if (events != nullptr) events_ = events->Write();
      }
      return Said(200, Concat(R"({"webhook": {"webhook_id": "7", "name": "n", "url": "https://x", "status": "ACTIVE",
          "creation_timestamp": 1767225600000, "last_updated_timestamp": 1767225600000, "events": )",
                              events_, "}}"));
    };
  }

  static Value ConfigOf(const Value& events) { return ServerConfig(kPlain).With("events", events); }

  std::string events_;
};

// The least of several runs: what else runs on the machine only adds.
nanoseconds LeastOf(int runs, const std::function<void()>& step) {
  nanoseconds least = nanoseconds::max();
  for (int run = 0; run < runs; ++run) {
    const nanoseconds begin = CpuTime();
    step();
    least = std::min(least, CpuTime() - begin);
  }
  return least;
}

TEST_F(EventsGrowthTest, EveryStepIsInProportionToTheirNumber) {
  AnswerAsAsked();
  const struct {
    const char* what;
    std::function<void(int count)> step;
  } kSteps[] = {
      {"a set from what Terraform sends",
       [](int count) {
         const Value config = ConfigOf(Events(count, ".happened"));
         const auto decoded = tfcpp::FromProto(tfcpp::ToProto(config, config.type()), config.type());
         EXPECT_EQ(decoded.value(), config);
       }},
      {"validation",
       [](int count) {
         const auto told = tfcpp::ValidateConfig(ServerType().schema, {}, ConfigOf(Events(count, ".happened")), {});
         EXPECT_FALSE(told.has_error());
       }},
      {"validation of names that are wrong",
       [](int count) {
         const auto told = tfcpp::ValidateConfig(ServerType().schema, {}, ConfigOf(Events(count, " IS WRONG")), {});
         EXPECT_TRUE(told.has_error());
       }},
      {"a plan that creates",
       [](int count) {
         const auto plan = ServerPlanOf(ConfigOf(Events(count, ".happened")), NoServerState(), "");
         EXPECT_FALSE(plan.diagnostics.has_error());
       }},
      {"a plan that changes all of them",
       [](int count) {
         const Value prior = ServerConfig(kPlainState).With("events", Events(count, ".happened"));
         const auto plan = ServerPlanOf(ConfigOf(Events(count, ".changed")), prior, SeenIn(""));
         EXPECT_FALSE(plan.diagnostics.has_error());
       }},
      {"create, read, update and delete",
       [this](int count) {
         const ResourceOutput created = Create(ConfigOf(Events(count, ".happened")));
         ASSERT_FALSE(created.diagnostics.has_error()) << Told(created.diagnostics).substr(0, 2'000);
         EXPECT_EQ(created.state.Get("events").Elements().size(), static_cast<std::size_t>(count));
         const ResourceOutput read = Read(created);
         EXPECT_EQ(read.state, created.state);
         const ResourceOutput updated = Apply(ConfigOf(Events(count, ".changed")), read);
         EXPECT_FALSE(updated.diagnostics.has_error()) << Told(updated.diagnostics);
         EXPECT_TRUE(Delete(updated).state.is_null());
       }},
      {"what is told of a server that knows none of them",
       [](int count) {
         std::vector<std::string> names;
         const Value events = Events(count, ".happened");
         for (const Value& name : events.Elements()) names.push_back(name.AsString());
         EXPECT_LT(tfcpp::mlflow_server::FindUnknown(names, "3.17.2").text.size(), 4'000U);
       }},
  };
  for (const auto& [what, step] : kSteps) {
    const nanoseconds few = LeastOf(3, [&, &step = step] { step(kFew); });
    const nanoseconds many = LeastOf(2, [&, &step = step] { step(kMany); });
    RecordProperty(what, static_cast<int>(many / few));
    EXPECT_LT(many.count(), kMostTimes * few.count())
        << what << ": " << few.count() << " ns, " << many.count() << " ns";
  }
}

}  // namespace
}  // namespace mlflow
