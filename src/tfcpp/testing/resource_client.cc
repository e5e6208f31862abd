// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/host/receive.h"
#include "tfcpp/host/session.h"
#include "tfcpp/host/wire_diagnostics.h"
#include "tfcpp/testing/client.h"
#include "tfcpp/testing/proposed.h"
#include "tfcpp/testing/value_of_text.h"

namespace tfcpp::test {
namespace {

using host::Receive;
using Stub = host::Session::Stub;

void Tell(const google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic>& messages, Change& change) {
  change.diagnostics = host::FromProto(messages);
  change.failed = change.diagnostics.has_error();
}

}  // namespace

ResourceClient::ResourceClient(const host::Session& session, std::string name, const Schema& schema,
                               const Schema* identity)
    : session_(session), name_(std::move(name)), schema_(schema), type_(schema.ImpliedType()) {
  if (identity != nullptr) identity_type_ = identity->ImpliedType();
}

Value ResourceClient::Parse(std::string_view text) const { return ValueOfText(text, type_); }

Diagnostics ResourceClient::Validate(const Value& config) const {
  tfplugin6::ValidateResourceConfig_Request request;
  request.set_type_name(name_);
  *request.mutable_config() = ToProto(config, type_);
  request.mutable_client_capabilities()->set_write_only_attributes_allowed(write_only_allowed);
  return host::FromProto(session_.Call(&Stub::ValidateResourceConfig, request).diagnostics());
}

Change ResourceClient::Plan(const Value& prior, const Value& config, const std::string& private_data,
                            const std::string& first_plan, const std::optional<Value>& identity) const {
  Change change{.prior = prior, .config = config};
  change.proposed = config.is_null() ? config : ProposedNewState(schema_, prior, config);
  tfplugin6::PlanResourceChange_Request request;
  request.set_type_name(name_);
  request.set_prior_private(private_data);
  request.set_planned_private(first_plan);
  *request.mutable_prior_state() = ToProto(prior, type_);
  *request.mutable_config() = ToProto(config, type_);
  *request.mutable_proposed_new_state() = ToProto(change.proposed, type_);
  request.mutable_client_capabilities()->set_write_only_attributes_allowed(write_only_allowed);
  request.mutable_client_capabilities()->set_deferral_allowed(deferral_allowed);
  if (identity.has_value() && identity_type_.has_value()) {
    *request.mutable_prior_identity()->mutable_identity_data() = ToProto(*identity, *identity_type_);
  }
  const auto answer = session_.Call(&Stub::PlanResourceChange, request);
  Tell(answer.diagnostics(), change);
  change.planned = Receive(answer.planned_state(), type_, "a planned state");
  for (const tfplugin6::AttributePath& path : answer.requires_replace()) {
    change.requires_replace.push_back(host::FromProto(path).ToString());
  }
  change.private_data = answer.planned_private();
  change.identity = host::ReceiveIdentity(answer.has_planned_identity(), answer.planned_identity(), identity_type_);
  change.deferred = answer.has_deferred();
  change.legacy_type_system = answer.legacy_type_system();
  return change;
}

void ResourceClient::Apply(Change& change) const {
  tfplugin6::ApplyResourceChange_Request request;
  request.set_type_name(name_);
  request.set_planned_private(change.private_data);
  *request.mutable_prior_state() = ToProto(change.prior, type_);
  *request.mutable_planned_state() = ToProto(change.planned, type_);
  *request.mutable_config() = ToProto(change.config, type_);
  if (change.identity.has_value()) {
    *request.mutable_planned_identity()->mutable_identity_data() = ToProto(*change.identity, *identity_type_);
  }
  const auto answer = session_.Call(&Stub::ApplyResourceChange, request);
  Tell(answer.diagnostics(), change);
  change.state = Receive(answer.new_state(), type_, "a state after an apply");
  change.private_data = answer.private_();
  change.identity = host::ReceiveIdentity(answer.has_new_identity(), answer.new_identity(), identity_type_);
  change.legacy_type_system = answer.legacy_type_system();
}

Change ResourceClient::Read(const Value& state, const std::string& private_data,
                            const std::optional<Value>& identity) const {
  tfplugin6::ReadResource_Request request;
  request.set_type_name(name_);
  request.set_private_(private_data);
  *request.mutable_current_state() = ToProto(state, type_);
  request.mutable_client_capabilities()->set_deferral_allowed(deferral_allowed);
  if (identity.has_value() && identity_type_.has_value()) {
    *request.mutable_current_identity()->mutable_identity_data() = ToProto(*identity, *identity_type_);
  }
  const auto answer = session_.Call(&Stub::ReadResource, request);
  Change change{.prior = state};
  Tell(answer.diagnostics(), change);
  change.state = Receive(answer.new_state(), type_, "a state that was read");
  change.private_data = answer.private_();
  change.identity = host::ReceiveIdentity(answer.has_new_identity(), answer.new_identity(), identity_type_);
  change.deferred = answer.has_deferred();
  return change;
}

Change ResourceClient::Import(const std::string& id) const {
  tfplugin6::ImportResourceState_Request request;
  request.set_type_name(name_);
  request.set_id(id);
  request.mutable_client_capabilities()->set_deferral_allowed(deferral_allowed);
  const auto answer = session_.Call(&Stub::ImportResourceState, request);
  Change change{.prior = Null(), .state = Null()};
  Tell(answer.diagnostics(), change);
  change.deferred = answer.has_deferred();
  if (answer.imported_resources_size() == 1) {
    const auto& imported = answer.imported_resources(0);
    change.state = Receive(imported.state(), type_, "an imported state");
    change.private_data = imported.private_();
    change.identity = host::ReceiveIdentity(imported.has_identity(), imported.identity(), identity_type_);
  }
  return change;
}

Change ResourceClient::Upgrade(std::int64_t version, std::string_view json) const {
  tfplugin6::UpgradeResourceState_Request request;
  request.set_type_name(name_);
  request.set_version(version);
  request.mutable_raw_state()->set_json(std::string(json));
  const auto answer = session_.Call(&Stub::UpgradeResourceState, request);
  Change change{.prior = Null()};
  Tell(answer.diagnostics(), change);
  change.state = Receive(answer.upgraded_state(), type_, "an upgraded state");
  return change;
}

Change ResourceClient::PlanAndApply(const Change& before, const Value& config) const {
  Change change = Plan(before.state, config, before.private_data, "", before.identity);
  if (!change.failed) Apply(change);
  return change;
}

Change ResourceClient::Create(std::string_view config) const {
  Change nothing;
  nothing.state = Null();
  return PlanAndApply(nothing, Parse(config));
}

Change ResourceClient::Update(const Change& before, std::string_view config) const {
  return PlanAndApply(before, Parse(config));
}

Change ResourceClient::Delete(const Change& before) const { return PlanAndApply(before, Null()); }

}  // namespace tfcpp::test
