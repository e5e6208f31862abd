// micro: what a run does once or more for each webhook, in this process alone. Google Benchmark's options, and
//
//   micro --iterations N    exactly N of each: twice under callgrind, and the difference is instructions without noise
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "cases.h"
#include "tfcpp/codec/msgpack.h"
#include "crypto/scrypt.h"
#include "tfcpp/framework/plan.h"
#include "tfcpp/framework/validate.h"

namespace {

using tfcpp::Value;

template <class Work>
void Repeat(benchmark::State& state, const Work& work) {
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(work());
}

void EncodeState(benchmark::State& state) {
  const Value value = bench::Webhook(bench::kState);
  Repeat(state, [&] { return tfcpp::EncodeMsgpack(value, bench::WebhookType()); });
}

void DecodeState(benchmark::State& state) {
  const std::string bytes = tfcpp::EncodeMsgpack(bench::Webhook(bench::kState), bench::WebhookType());
  Repeat(state, [&] { return tfcpp::DecodeMsgpack(bytes, bench::WebhookType()); });
}

void Validate(benchmark::State& state) {
  const Value config = bench::Webhook(bench::kConfig);
  Repeat(state, [&] {
    return tfcpp::ValidateConfig(bench::Resource().schema, bench::Resource().config_validators, config, {});
  });
}

void Plan(benchmark::State& state, const Value& prior, const Value& proposed) {
  const tfcpp::PlanInput input{.config = bench::Webhook(bench::kConfig),
                               .prior = prior,
                               .proposed = proposed,
                               .private_data = {},
                               .facts = {}};
  Repeat(state, [&] { return tfcpp::PlanResource(bench::Resource(), input); });
}

void PlanCreate(benchmark::State& state) {
  Plan(state, Value::Null(bench::WebhookType()), bench::Webhook(bench::kConfig));
}

void PlanWithoutChange(benchmark::State& state) {
  Plan(state, bench::Webhook(bench::kState), bench::Webhook(bench::kState));
}

// What each write-only secret without a version costs a plan and an apply.
void SecretDigest(benchmark::State& state) {
  tfcpp::crypto::Scrypt scrypt;
  Repeat(state, [&] { return scrypt.Digest("Bearer token", "0123456789abcdef", {}); });
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const int iterations = argc == 3 && std::string_view(argv[1]) == "--iterations" ? std::atoi(argv[2]) : 0;
  for (auto* made : {benchmark::RegisterBenchmark("EncodeState", EncodeState),
                     benchmark::RegisterBenchmark("DecodeState", DecodeState),
                     benchmark::RegisterBenchmark("Validate", Validate),
                     benchmark::RegisterBenchmark("PlanCreate", PlanCreate),
                     benchmark::RegisterBenchmark("PlanWithoutChange", PlanWithoutChange),
                     benchmark::RegisterBenchmark("SecretDigest", SecretDigest)}) {
    if (iterations > 0) made->Iterations(iterations);
  }
  benchmark::RunSpecifiedBenchmarks();
}
