// SPDX-License-Identifier: Apache-2.0
// CheckProvider(): the mistakes of a provider's author that can be told before anything is called. Serve()
// (tfcpp/program/serve.h) tells them to whoever starts the program, and to Terraform.
//
//   - resource test_thing: size has a default of another type: it must be a number, but is a string
//   - function divide: it has no function to call
//
// What a value holds that code makes at run time is looked at when it is made (guard.h, plan_rules.h). Pure;
// thread-safe.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/framework/provider.h"

namespace tfcpp {

// One line each, in the order in which the provider is written. Empty: sound.
std::vector<std::string> CheckProvider(const Provider& provider);

}  // namespace tfcpp
