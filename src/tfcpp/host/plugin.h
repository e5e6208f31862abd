// SPDX-License-Identifier: Apache-2.0
// Plugin: a provider's program, started and spoken to as Terraform does: cookie, mutual TLS, protocol 6.
//
//   const auto plugin = Plugin::Start({.program = "./terraform-provider-notes"});
//   plugin->Call(&Session::Stub::GetProviderSchema, tfplugin6::GetProviderSchema_Request());
//
// Source of the handshake: measured with Terraform 1.6 to 1.15, and go-plugin 1.6 to 1.8.
//
// Thread safety: as Session. Its destructor asks the program to end, and after 2 s ends it by force, as Terraform does.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "goplugin/stdio.grpc.pb.h"
#include "tfcpp/goplugin/mtls.h"
#include "tfcpp/host/child.h"
#include "tfcpp/host/session.h"

namespace tfcpp::host {

struct PluginOptions {
  std::string program;  // a path: no search in PATH
  // The host's own certificate and key; nullopt: they are made.
  std::optional<goplugin::KeyPair> key_pair = std::nullopt;
  // For the handshake, and for each call.
  std::chrono::milliseconds limit{60'000};
};

class Plugin final : public Session {
 public:
  // Errors say what the program did instead of a handshake: it could not be started, ended, wrote something else, was
  // silent, speaks protocol 5.
  static Result<std::unique_ptr<Plugin>> Start(PluginOptions options);
  ~Plugin() override;
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  Child& child() const { return *child_; }

 private:
  explicit Plugin(std::unique_ptr<Child> child) : child_(std::move(child)) {}
  Result<void> Connect(const PluginOptions& options);
  std::string FindReason() const override;

  std::unique_ptr<Child> child_;
  std::shared_ptr<grpc::Channel> channel_;
  // What a provider in Go prints goes to its host by this stream, and waits for it.
  grpc::ClientContext stdio_context_;
  std::unique_ptr<plugin::GRPCStdio::Stub> stdio_;
  std::jthread stdio_reader_;
};

}  // namespace tfcpp::host
