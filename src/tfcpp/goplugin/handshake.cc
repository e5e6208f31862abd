// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/goplugin/handshake.h"

#include <algorithm>

#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace tfcpp::goplugin {

Result<HostContract> ReadHostContract(const Environment& environment, std::string_view program) {
  if (environment(kCookieName).value_or("") != kCookie) {
    return Error{
        .code = ErrorCode::kInvalidArgument,
        .message = Concat(
            program,
            " is a Terraform provider. Terraform starts it by itself: install it, name it in required_providers, and "
            "run terraform init.\nFor a debugger, run it with -debug. See also --help.")};
  }
  const std::string versions = environment("PLUGIN_PROTOCOL_VERSIONS").value_or("6");
  const auto offered = Split(versions, ',');
  if (std::find(offered.begin(), offered.end(), std::to_string(kPluginProtocol)) == offered.end()) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message = Concat(program, " speaks plugin protocol 6, but the client offers ", versions,
                                   ". Use Terraform 1.0 or newer.")};
  }
  return HostContract{.client_certificate = environment("PLUGIN_CLIENT_CERT").value_or(""),
                      .socket_folder = environment("PLUGIN_UNIX_SOCKET_DIR").value_or(""),
                      .wants_multiplex_field = !environment("PLUGIN_MULTIPLEX_GRPC").value_or("").empty()};
}

std::string HandshakeLine(std::string_view network, std::string_view address, std::string_view certificate,
                          bool multiplex_field) {
  return Concat("1|", std::to_string(kPluginProtocol), "|", network, "|", address, "|grpc|", certificate,
                multiplex_field ? "|false" : "", "\n");
}

std::string ReattachValue(std::string_view provider_address, std::string_view network, std::string_view address,
                          int pid) {
  // "Test": true keeps the client from ending the process; false crashes Terraform 1.11.
  const Json process = Json::Object({{"Protocol", Json::String("grpc")},
                                     {"ProtocolVersion", Json::Int(kPluginProtocol)},
                                     {"Pid", Json::Int(pid)},
                                     {"Test", Json::Bool(true)},
                                     {"Addr", Json::Object({{"Network", Json::String(std::string(network))},
                                                            {"String", Json::String(std::string(address))}})}});
  return Json::Object({{std::string(provider_address), process}}).Write();
}

}  // namespace tfcpp::goplugin
