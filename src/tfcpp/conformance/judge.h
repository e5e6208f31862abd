// SPDX-License-Identifier: Apache-2.0
// JudgeProvider(): asks a provider for everything that it has, and judges the answers by Terraform's rules.
//
//   Report report;
//   JudgeProvider(client, examples, {.rounds = 10}, report);
//   std::cout << report.ToString();
//
// The provider is configured by it. Never throws for what a provider does: one that is gone, or silent, ends the run,
// and the report says so.
#pragma once

#include "tfcpp/conformance/subject.h"

namespace tfcpp::conformance {

void JudgeProvider(const test::Client& client, const Examples& examples, const Effort& effort, Report& report);

}  // namespace tfcpp::conformance
