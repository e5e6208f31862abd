#include "scene.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <utility>

#include "provider/provider.h"
#include "rest/curl_transport.h"
#include "service.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/host/wire_diagnostics.h"
#include "tfcpp/testing/fake_clock.h"
#include "tfcpp/testing/recording_logger.h"
#include "tfcpp/value/parse.h"

namespace hostile {
namespace {

using namespace std::chrono_literals;
using conformance::Change;
using conformance::ProviderClient;
using tfcpp::Value;
using tfcpp::rest::CurlOptions;
using tfcpp::rest::HttpRequest;
using tfcpp::rest::HttpResponse;

constexpr char kBefore[] = R"({events: ["COMMENT_CREATED"], description: "before",
    http_url_spec: {url: "https://example.com/a", authorization_header: "canary-header-3Vy7Jd0GsF2p", secret: "canary-signature-6Nx1Mh8QbE"}})";
constexpr char kAfter[] = R"({events: ["COMMENT_CREATED"], description: "after",
    http_url_spec: {url: "https://example.com/a", authorization_header: "canary-header-3Vy7Jd0GsF2p", secret: "canary-signature-6Nx1Mh8QbE"}})";

// Gives all calls this time, those too that have a limit of their own. By the scene's clock each takes a tenth of a
// second, so that what goes on and on comes to its end.
class Hasty final : public tfcpp::rest::HttpTransport {
 public:
  Hasty(CurlOptions options, std::chrono::milliseconds one_call, tfcpp::test::FakeClock& clock)
      : next_(std::move(options)), one_call_(one_call), clock_(clock) {}
  tfcpp::Result<HttpResponse> Send(const tfcpp::Context& context, const HttpRequest& request) override {
    HttpRequest hasty = request;
    hasty.time_limit = one_call_;
    clock_.Advance(100ms);
    return next_.Send(context, hasty);
  }

 private:
  tfcpp::rest::CurlTransport next_;
  std::chrono::milliseconds one_call_;
  tfcpp::test::FakeClock& clock_;
};

// A file with the authority that the modes over TLS are to be judged by.
const std::string& AuthorityFile() {
  static const std::string file = [] {
    const std::string name = ::testing::TempDir() + "hostile-authority-" + std::to_string(getpid()) + ".pem";
    std::ofstream(name) << AuthorityPem();
    return name;
  }();
  return file;
}

mlflow::Dependencies Outside(const std::string& host, CallKind call, tfcpp::test::FakeClock& clock,
                             std::chrono::milliseconds one_call) {
  return {.clock = clock,
          .environment = [host, call](std::string_view name) -> std::optional<std::string> {
            if (name == "DATABRICKS_HOST") return host;
            if (name == "SSL_CERT_FILE") return AuthorityFile();
            if (call != CallKind::kToken)
              return name == "DATABRICKS_TOKEN" ? std::optional("canary-dapi-5Kq2Lm9XwR7v") : std::nullopt;
            if (name == "DATABRICKS_CLIENT_ID") return "client";
            if (name == "DATABRICKS_CLIENT_SECRET") return "canary-client-8Tz4Wk1BnH6c";
            return std::nullopt;
          },
          .jitter = [] { return 0.5; },
          .make_transport =
              [one_call, &clock](CurlOptions options) {
                return std::make_unique<Hasty>(std::move(options), one_call, clock);
              }};
}

// Of /proc/self/status, in KiB.
std::int64_t Memory(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind(name + ":", 0) == 0) return std::stoll(line.substr(name.size() + 1));
  }
  ADD_FAILURE() << "no " << name << " in /proc/self/status";
  return 0;
}

// Makes VmHWM the highest from now on.
void ForgetHighest() { std::ofstream("/proc/self/clear_refs") << "5"; }

Change InvokeTest(ProviderClient& client) {
  tfplugin6::InvokeAction_Request request;
  request.set_action_type("mlflow_webhook_test");
  const tfcpp::Type type = client.provider().actions.front().schema.ImpliedType();
  *request.mutable_config() =
      tfcpp::ToProto(tfcpp::ParseValue(R"({webhook_id: "w1", event: null, expect_status: null})", type).value(), type);
  grpc::ClientContext context;
  const auto reader = client.stub().InvokeAction(&context, request);
  Change change;
  for (tfplugin6::InvokeAction_Event event; reader->Read(&event);) {
    if (event.has_progress()) change.diagnostics.AddWarning("progress", event.progress().message());
    if (event.has_completed()) change.diagnostics.Append(tfcpp::host::FromProto(event.completed().diagnostics()));
    change.failed = change.diagnostics.has_error();
  }
  EXPECT_TRUE(reader->Finish().ok());
  return change;
}

Change PlanAndApply(ProviderClient& client, const Instance& instance, const Value& config) {
  Change change = client.Plan(instance.state, config, instance.private_data);
  EXPECT_FALSE(change.failed);
  client.Apply(change);
  return change;
}

Change Make(ProviderClient& client, CallKind call, const Instance& instance) {
  const Value nothing = Value::Null(client.value_type());
  switch (call) {
    case CallKind::kCreate:
      return PlanAndApply(client, {nothing, ""}, client.Parse(kBefore));
    case CallKind::kUpdate:
      return PlanAndApply(client, instance, client.Parse(kAfter));
    case CallKind::kDelete:
      return PlanAndApply(client, instance, nothing);
    case CallKind::kTest:
      return InvokeTest(client);
    case CallKind::kRead:
    case CallKind::kToken:
      return client.Read(instance.state, instance.private_data);
  }
  return {};
}

}  // namespace

const char* NameOf(CallKind call) {
  constexpr const char* kNames[] = {"create", "read", "update", "delete", "test", "token"};
  return kNames[static_cast<int>(call)];
}

Instance MakeInstance() {
  Service service(*FindMode("honest"));
  EXPECT_TRUE(service.Start(0));
  tfcpp::test::FakeClock clock;
  tfcpp::NullLogger log;
  const tfcpp::Provider provider = mlflow::MakeProvider(Outside(service.place().url, CallKind::kCreate, clock, 60s));
  ProviderClient client(provider, log, clock);
  client.Configure("{}");
  const Change made = Make(client, CallKind::kCreate, {});
  EXPECT_FALSE(made.failed);
  return {made.state, made.private_data};
}

Seen Play(const Mode& mode, CallKind call, const Instance& instance, std::chrono::milliseconds one_call) {
  Service service(mode);
  EXPECT_TRUE(service.Start(0));
  Seen seen;
  {
    tfcpp::test::FakeClock clock;
    tfcpp::test::RecordingLogger log;
    const tfcpp::Provider provider = mlflow::MakeProvider(Outside(service.place().url, call, clock, one_call));
    ProviderClient client(provider, log, clock);
    client.Configure("{retry_timeout_seconds: 3}");
    ForgetHighest();
    const std::int64_t before = Memory("VmRSS");
    const Change change = Make(client, call, instance);
    seen.growth_kib = Memory("VmHWM") - before;
    seen.failed = change.failed;
    for (const std::string& text : conformance::Texts(change.diagnostics)) seen.said += text + "\n";
    seen.state = change.state;
    seen.waited = std::chrono::duration_cast<std::chrono::seconds>(clock.Now() - tfcpp::Clock::SteadyTime());
    if (!change.failed) {
      clock.Advance(11s);  // until listings are read anew
      seen.still_there = !client.Read(instance.state, instance.private_data).state.is_null();
    }
    seen.logged = log.text();
  }
  seen.requests = service.requests();
  seen.tokens = std::count_if(seen.requests.begin(), seen.requests.end(),
                              [](const Request& request) { return request.Is("/token"); });
  seen.elsewhere = service.elsewhere();
  return seen;
}

}  // namespace hostile
