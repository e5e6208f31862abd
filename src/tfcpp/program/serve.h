// SPDX-License-Identifier: Apache-2.0
// Serve(): all that a provider's main does.
//
//   int main(int argc, char** argv) { return tfcpp::Serve(notes::MakeProvider(), argc, argv); }
//
// Without arguments it serves Terraform, which starts the program; tfcpp/goplugin/serve.h says how that ends. `-debug`
// serves until Ctrl-C, and prints how to attach Terraform to the process; `--version` and `--help` print that, and end.
// Logs go to Terraform by standard error, under the provider's type name.
//
// The program is made by tfcpp_add_provider (tfcpp/cmake/AddProvider.cmake). tfcpp_docs links the same objects with
// another Serve, which writes the provider's documentation.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tfcpp/framework/provider.h"

namespace tfcpp {

// The process's environment, of which Serve is the one reader but for what a main hands to its provider: an Environment
// (tfcpp/base/settings.h).
std::optional<std::string> ReadEnvironment(std::string_view name);

// Call it once, before the process has other threads. Returns the process's exit status: after --version, --help, a
// wrong argument (2), or when it could not serve: the mistakes of a provider's author (check_provider.h) are printed,
// and it is not served (1) unless Terraform asks, which is then told them. When it has served, the process has ended
// instead.
int Serve(const Provider& provider, int argc, char** argv);

}  // namespace tfcpp
