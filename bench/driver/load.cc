#include "load.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tfcpp/codec/proto_value.h"
#include "micro/cases.h"
#include "provider/config.h"
#include "usage.h"

namespace bench {
namespace {

using Rpc = tfplugin6::Provider::Stub;

constexpr char kNil[] = "\xc0";  // null in msgpack

template <class Response>
const Response& Checked(const Response& response) {
  for (const tfplugin6::Diagnostic& item : response.diagnostics()) {
    if (item.severity() == tfplugin6::Diagnostic::ERROR)
      throw std::runtime_error(item.summary() + ": " + item.detail());
  }
  return response;
}

tfplugin6::DynamicValue Encode(const tfcpp::Value& value) { return tfcpp::ToProto(value, WebhookType()); }

struct Phase {
  double seconds = 0;
  int rounds = 0;
};

// Calls `work` for each of `wanted` from `parallel` threads. Returns those of which it threw, and puts what into
// `last`.
std::vector<int> InParallel(const std::vector<int>& wanted, int parallel, const std::function<void(int)>& work,
                            std::string& last) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::vector<int> failed;
  std::vector<std::jthread> threads;
  for (int i = 0; i < parallel; ++i) {
    threads.emplace_back([&] {
      for (std::size_t at = next++; at < wanted.size(); at = next++) {
        try {
          work(wanted[at]);
        } catch (const std::runtime_error& error) {
          const std::lock_guard lock(mutex);
          failed.push_back(wanted[at]);
          last = error.what();
        }
      }
    });
  }
  threads.clear();
  return failed;
}

// `work` for 0 to count - 1, until none of it fails.
Phase UntilDone(const LoadOptions& options, const std::function<void(int)>& work) {
  const auto begin = std::chrono::steady_clock::now();
  std::vector<int> left(static_cast<std::size_t>(options.count));
  std::iota(left.begin(), left.end(), 0);
  Phase phase;
  for (std::string last; !left.empty();) {
    if (phase.rounds++ == options.most_rounds) throw std::runtime_error(last);
    left = InParallel(left, options.parallel, work, last);
  }
  phase.seconds = MillisecondsBetween(begin, std::chrono::steady_clock::now()) / 1000;
  return phase;
}

tfcpp::Value Config(int number) {
  return Webhook(kConfig).With("description", tfcpp::Value::String("Webhook " + std::to_string(number)));
}

void Configure(const ProviderClient& client) {
  tfplugin6::ConfigureProvider_Request request;
  request.set_terraform_version("1.11.4");
  const tfcpp::Type type = mlflow::ProviderSchema().ImpliedType();
  *request.mutable_config() = tfcpp::ToProto(tfcpp::ParseValue("{}", type).value(), type);
  Checked(client.Call(&Rpc::ConfigureProvider, request));
}

struct Instance {
  tfplugin6::DynamicValue state;
  std::string private_data;
};

Instance Create(const ProviderClient& client, int number) {
  tfplugin6::PlanResourceChange_Request plan;
  plan.set_type_name(mlflow::kWebhookTypeName);
  *plan.mutable_prior_state() = Encode(tfcpp::Value::Null(WebhookType()));
  *plan.mutable_config() = Encode(Config(number));
  *plan.mutable_proposed_new_state() = plan.config();
  const auto planned = client.Call(&Rpc::PlanResourceChange, plan);
  Checked(planned);
  tfplugin6::ApplyResourceChange_Request apply;
  apply.set_type_name(mlflow::kWebhookTypeName);
  *apply.mutable_prior_state() = plan.prior_state();
  *apply.mutable_config() = plan.config();
  *apply.mutable_planned_state() = planned.planned_state();
  apply.set_planned_private(planned.planned_private());
  const auto applied = client.Call(&Rpc::ApplyResourceChange, apply);
  Checked(applied);
  return {applied.new_state(), applied.private_()};
}

void Read(const ProviderClient& client, Instance& instance) {
  tfplugin6::ReadResource_Request request;
  request.set_type_name(mlflow::kWebhookTypeName);
  *request.mutable_current_state() = instance.state;
  request.set_private_(instance.private_data);
  const auto response = client.Call(&Rpc::ReadResource, request);
  Checked(response);
  if (response.new_state().msgpack() == kNil) throw std::runtime_error("a webhook is gone");
  instance = {response.new_state(), response.private_()};
}

// The configuration is unchanged: the plan is empty.
void Plan(const ProviderClient& client, const Instance& instance, int number) {
  tfplugin6::PlanResourceChange_Request request;
  request.set_type_name(mlflow::kWebhookTypeName);
  *request.mutable_prior_state() = instance.state;
  *request.mutable_config() = Encode(Config(number));
  *request.mutable_proposed_new_state() = instance.state;
  request.set_prior_private(instance.private_data);
  const auto response = client.Call(&Rpc::PlanResourceChange, request);
  Checked(response);
  if (response.planned_state().msgpack() != instance.state.msgpack()) throw std::runtime_error("a plan is not empty");
}

}  // namespace

std::string Load(const ProviderClient& client, const LoadOptions& options) {
  Configure(client);
  std::vector<Instance> instances(static_cast<std::size_t>(options.count));
  const auto at = [&](int n) -> Instance& { return instances[static_cast<std::size_t>(n)]; };
  const Phase create = UntilDone(options, [&](int n) { at(n) = Create(client, n); });
  const Phase read = UntilDone(options, [&](int n) { Read(client, at(n)); });
  const Phase plan = UntilDone(options, [&](int n) { Plan(client, at(n), n); });
  const Memory memory = MemoryOf(client.pid());
  std::ostringstream json;
  json << "{\"count\": " << options.count << ", \"create_s\": " << create.seconds << ", \"read_s\": " << read.seconds
       << ", \"plan_s\": " << plan.seconds << ", \"create_rounds\": " << create.rounds
       << ", \"read_rounds\": " << read.rounds << ", \"cpu_s\": " << CpuSecondsOf(client.pid())
       << ", \"peak_rss_mib\": " << memory.peak_rss_mib << ", \"rss_mib\": " << memory.rss_mib << "}";
  return json.str();
}

}  // namespace bench
