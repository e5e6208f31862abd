// SPDX-License-Identifier: Apache-2.0
// The handshake of a go-plugin host: what it says in the environment, and the one line that answers it. Pure.
//
// Source: measured with Terraform 1.6 to 1.15, and go-plugin 1.6 to 1.8.
#pragma once

#include <string>
#include <string_view>

#include "tfcpp/base/result.h"
#include "tfcpp/goplugin/hclog.h"

namespace tfcpp::goplugin {

inline constexpr int kPluginProtocol = 6;
// Terraform's value in the environment: it tells plugins that they were started by it. No secret.
inline constexpr std::string_view kCookieName = "TF_PLUGIN_MAGIC_COOKIE";
inline constexpr std::string_view kCookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

// What the host asks for.
struct HostContract {
  std::string client_certificate;  // PEM; empty: the host wants no TLS
  std::string socket_folder;       // where to make the socket; empty: anywhere
  bool wants_multiplex_field = false;
};

// Errors: kInvalidArgument, with a text for the person who started the program by hand, or with a host that speaks no
// protocol 6.
Result<HostContract> ReadHostContract(const Environment& environment, std::string_view program);

// "1|6|unix|/tmp/x/plugin|grpc|<certificate>\n". `certificate`: DER in base64 without padding; empty without TLS.
std::string HandshakeLine(std::string_view network, std::string_view address, std::string_view certificate,
                          bool multiplex_field);

// The value for TF_REATTACH_PROVIDERS that makes Terraform use a running process instead of starting one.
std::string ReattachValue(std::string_view provider_address, std::string_view network, std::string_view address,
                          int pid);

}  // namespace tfcpp::goplugin
