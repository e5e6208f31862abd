// SPDX-License-Identifier: Apache-2.0
// NO_PROXY: which addresses are called directly although a proxy is set, by the rules of Go's net/http, which Terraform
// follows. libcurl's own differ, so it is only told the outcome.
//
// Facts (golang.org/x/net/http/httpproxy): entries are separated by commas. `x` covers the name x and all below it;
// `.x` and `*.x` only what is below. An entry may end with `:port`, which must be the call's. An IP address or a block
// in CIDR form covers addresses, and names never do, whatever they resolve to. `*` alone covers everything. Without any
// entry this machine is called directly: localhost, 127.0.0.0/8, ::1 and ::ffff:127.0.0.0/104.
// Pure; thread-safe.
#pragma once

#include <string_view>

namespace tfcpp::rest {

// Whether an http or https URL is called directly. `no_proxy` is the variable's text.
bool GoesDirectly(std::string_view url, std::string_view no_proxy);

}  // namespace tfcpp::rest
