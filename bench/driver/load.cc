#include "load.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "codec/proto_value.h"
#include "micro/cases.h"
#include "provider/config.h"

namespace bench {
namespace {

using Rpc = tfplugin6::Provider::Stub;

constexpr int kParallel = 10;  // Terraform's default

template <class Response>
const Response& Checked(const Response& response) {
  for (const tfplugin6::Diagnostic& item : response.diagnostics()) {
    if (item.severity() == tfplugin6::Diagnostic::ERROR)
      throw std::runtime_error(item.summary() + ": " + item.detail());
  }
  return response;
}

tfplugin6::DynamicValue Encode(const tfcpp::Value& value) { return tfcpp::ToProto(value, WebhookType()); }

// Calls `work` for 0 to `count` - 1 from ten threads. Returns the seconds it took; throws what `work` first threw.
double InParallel(int count, const std::function<void(int)>& work) {
  const auto begin = std::chrono::steady_clock::now();
  std::atomic<int> next = 0;
  std::atomic<bool> failed = false;
  std::exception_ptr first;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kParallel; ++i) {
      threads.emplace_back([&] {
        try {
          for (int n = next++; n < count && !failed; n = next++) work(n);
        } catch (...) {
          if (!failed.exchange(true)) first = std::current_exception();
        }
      });
    }
  }
  if (failed) std::rethrow_exception(first);
  return MillisecondsSince(begin) / 1000;
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

Instance Create(const ProviderClient& client) {
  tfplugin6::PlanResourceChange_Request plan;
  plan.set_type_name(mlflow::kWebhookTypeName);
  *plan.mutable_prior_state() = Encode(tfcpp::Value::Null(WebhookType()));
  *plan.mutable_config() = Encode(Webhook(kConfig));
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
  instance = {response.new_state(), response.private_()};
}

// The configuration is unchanged: the plan is empty.
void Plan(const ProviderClient& client, const Instance& instance) {
  tfplugin6::PlanResourceChange_Request request;
  request.set_type_name(mlflow::kWebhookTypeName);
  *request.mutable_prior_state() = instance.state;
  *request.mutable_config() = Encode(Webhook(kConfig));
  *request.mutable_proposed_new_state() = instance.state;
  request.set_prior_private(instance.private_data);
  Checked(client.Call(&Rpc::PlanResourceChange, request));
}

}  // namespace

std::string Load(const ProviderClient& client, int count) {
  Configure(client);
  std::vector<Instance> instances(static_cast<std::size_t>(count));
  const auto at = [&](int n) -> Instance& { return instances[static_cast<std::size_t>(n)]; };
  const double create = InParallel(count, [&](int n) { at(n) = Create(client); });
  const double read = InParallel(count, [&](int n) { Read(client, at(n)); });
  const double plan = InParallel(count, [&](int n) { Plan(client, at(n)); });
  const Memory memory = client.process().memory();
  std::ostringstream json;
  json << "{\"count\": " << count << ", \"create_s\": " << create << ", \"read_s\": " << read
       << ", \"plan_s\": " << plan << ", \"cpu_s\": " << client.process().cpu_seconds()
       << ", \"peak_rss_mib\": " << memory.peak_rss_mib << ", \"rss_mib\": " << memory.rss_mib << "}";
  return json.str();
}

}  // namespace bench
