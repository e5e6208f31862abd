// SPDX-License-Identifier: Apache-2.0
// What the judges of this layer have in common.
#pragma once

#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tfcpp/conformance/examples.h"
#include "tfcpp/conformance/report.h"
#include "tfcpp/host/call_failed.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/testing/client.h"

namespace tfcpp::conformance {

// How much is done.
struct Effort {
  bool apply = false;  // objects are made, changed and deleted, data is read
  unsigned seed = 1;
  int rounds = 10;  // accepted configurations of each type
};

struct Setting {
  const test::Client& client;
  const Examples& examples;
  const Effort& effort;
};

inline constexpr char kWithoutApply[] = "--apply was not given, so nothing acts";
inline constexpr char kNothingAccepted[] = "no configuration was accepted; give values with --config";

// A value as it may be shown: sensitive and write-only values are not in it.
std::string Shown(const Schema& schema, const Value& value);

// The paths below which two values of one type differ.
std::vector<std::string> Differences(const Value& a, const Value& b);

// Configurations that a provider accepts, one after the other: the first one says as little as it may.
class Configurations {
 public:
  // `validate` gives what the provider says of one. All must outlive this.
  Configurations(const Schema& schema, const Candidates* candidates, const Effort& effort, Report::Subject& subject,
                 std::function<Diagnostics(const Value&)> validate);

  // Nullopt: there have been enough, or too many were refused.
  std::optional<Value> Next();
  // Whether the provider wants it. A refusal is counted.
  bool IsAccepted(const Value& config);
  test::Random& random() { return random_; }

 private:
  const Schema& schema_;
  const Effort& effort_;
  Report::Subject& subject_;
  std::function<Diagnostics(const Value&)> validate_;
  test::Random random_;
  test::Sources sources_;
  int tries_ = 0;
  int given_ = 0;
};

// Runs it, and puts down an answer that cannot be read. What ends the provider goes on to the caller (CallFailed).
template <class Work>
void Answering(Report::Subject& subject, const Work& work) {
  try {
    work();
    subject.Hold(rule::kAnswers);
  } catch (const host::CallFailed& failed) {
    subject.Break(rule::kAnswers, failed.what());
    if (failed.code() != ErrorCode::kMalformed && failed.code() != ErrorCode::kUnimplemented) throw;
  }
}

}  // namespace tfcpp::conformance
