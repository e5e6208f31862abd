#include "world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "rest/curl_transport.h"
#include "support/raw_server.h"
#include "tfcpp/json/json.h"

namespace faults {
namespace {

using conformance::Change;
using tfcpp::Value;
using tfcpp::rest::CurlOptions;
using tfcpp::rest::HttpRequest;
using tfcpp::rest::HttpResponse;
using tfcpp::rest::HttpTransport;

// Sends one of the requests to a port where nobody listens.
class Refusing final : public HttpTransport {
 public:
  Refusing(std::unique_ptr<HttpTransport> next, std::string host, int at, std::shared_ptr<int> refused)
      : next_(std::move(next)), host_(std::move(host)), at_(at), refused_(std::move(refused)) {}
  tfcpp::Result<HttpResponse> Send(const tfcpp::Context& context, const HttpRequest& request) override {
    if (seen_++ != at_) return next_->Send(context, request);
    ++*refused_;
    HttpRequest elsewhere = request;
    elsewhere.url.replace(0, host_.size(), "http://127.0.0.1:" + std::to_string(tfcpp::test::RefusedPort()));
    return next_->Send(context, elsewhere);
  }

 private:
  std::unique_ptr<HttpTransport> next_;
  std::string host_;
  int at_;
  int seen_ = 0;
  std::shared_ptr<int> refused_;
};

mlflow::Dependencies Outside(const World& world, const RunOptions& options, tfcpp::Clock& clock,
                             std::shared_ptr<int> refused) {
  return {.clock = clock,
          .environment = [&world](std::string_view name) { return world.Variable(name); },
          .jitter = [] { return 0.5; },
          .make_transport =
              [options, host = world.url(), refused](CurlOptions curl) {
                curl.timeout = options.timeout;
                return std::make_unique<Refusing>(std::make_unique<tfcpp::rest::CurlTransport>(curl), host,
                                                  options.refuse_at, refused);
              }};
}

}  // namespace

World::World(std::optional<workspace::Upstream> upstream) {
  const int inner = server_.Start({});
  port_ = relay_.Start(0, inner, std::move(upstream));
  EXPECT_NE(port_, 0);
}

void World::Arm(std::string_view rule, int index) {
  auto parsed = workspace::FaultRuleFromJson(tfcpp::Json::Parse(rule).value());
  parsed.value().nth = index + 1;
  space_.ClearLog();
  faults_.Add(parsed.value());
}

int World::Disarm() {
  faults_.Clear();
  const auto log = space_.log();
  return static_cast<int>(
      std::count_if(log.begin(), log.end(), [](const auto& request) { return !request.fault.empty(); }));
}

Run::Run(World& world, const RunOptions& options)
    : provider_(mlflow::MakeProvider(Outside(world, options, clock_, refused_))),
      client_(provider_, log_, clock_, world.type_name()) {
  client_.Configure("{}");
}

int Run::refused() const { return *refused_; }

void Run::Show(const Change& change) {
  for (const std::string& text : conformance::Texts(change.diagnostics)) output_ += text + "\n";
}

bool Run::Refresh(Instance& instance) {
  const Change read = client_.Read(instance.state, instance.private_data);
  Show(read);
  instance.state = read.state;
  instance.private_data = read.private_data;
  return !read.failed;
}

bool Run::Import(Instance& instance) {
  const Change imported = client_.Import(instance.import_id);
  Show(imported);
  Instance found{imported.state, imported.private_data, instance.import_id};
  if (imported.failed || !Refresh(found)) return false;
  instance = found;
  return true;
}

bool Run::Apply(Instance& instance, const Value& config) {
  if (instance.state.is_null() && !instance.import_id.empty() && !Import(instance)) return false;
  if (!instance.state.is_null() && !Refresh(instance)) return false;
  if (instance.state.is_null() && config.is_null()) return true;
  Change change = client_.Plan(instance.state, config, instance.private_data);
  Show(change);
  EXPECT_FALSE(change.failed) << output_;
  EXPECT_TRUE(change.requires_replace.empty());
  if (change.planned == change.prior) return true;
  client_.Apply(change);
  Show(change);
  // Terraform would save such an object as tainted, and replace it.
  EXPECT_FALSE(change.failed && instance.state.is_null() && !change.state.is_null()) << output_;
  instance.state = change.state;
  instance.private_data = change.private_data;
  return !change.failed;
}

bool Run::PlanIsEmpty(const Instance& instance, const Value& config) {
  Instance refreshed = instance;
  if (!instance.state.is_null() && !Refresh(refreshed)) return false;
  if (refreshed.state != instance.state) return false;
  if (config.is_null()) return instance.state.is_null();
  const Change change = client_.Plan(refreshed.state, config, refreshed.private_data);
  Show(change);
  return !change.failed && change.planned == change.prior;
}

}  // namespace faults
