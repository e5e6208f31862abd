#include "terraform.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "configuration.h"
#include "provider/provider.h"
#include "provider/server_webhook/schema.h"
#include "sign_ins.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"
#include "tfcpp/testing/rules.h"
#include "tfcpp/value/parse.h"

namespace fuzz {
namespace {

using conformance::Change;
using tfcpp::Value;
using Stub = tfplugin6::Provider::Stub;

// What outlives an input: a provider with its server costs more than most inputs.
struct World {
  World() { testing::GTEST_FLAG(throw_on_failure) = true; }  // ProviderClient tells by gtest what does not hold

  tfcpp::test::FakeClock clock;
  WatchedLog log;
  HostileService* service = nullptr;
  const Variables* variables = &SignIns().front();
  tfcpp::Provider provider = mlflow::MakeProvider(
      {.clock = clock,
       .environment = [this](std::string_view name) { return EnvironmentOf(*variables)(name); },
       .jitter = [] { return 0.5; },
       .make_transport = [this](const auto&) { return std::make_unique<HostileTransport>(*service); }});
  conformance::ProviderClient registry{provider, log, clock};
  conformance::ProviderClient server{provider, log, clock, mlflow::kServerWebhookTypeName};
};
World& TheWorld() {
  static World* const world = new World;  // gRPC's threads may still run when statics are destroyed
  return *world;
}

void RequireTold(const std::vector<std::string>& diagnostics) {
  for (const std::string& text : diagnostics) {
    RequireReadable(text, "a diagnostic");
    // As a summary: in a detail, a service may be quoted.
    Require(!text.starts_with("error: The provider has a bug"), text);
  }
}

template <class Request, class Schema>
Request About(const std::string& type_name, const Schema& schema, const Value& config) {
  Request request;
  request.set_type_name(type_name);
  *request.mutable_config() = tfcpp::ToProto(config, schema.ImpliedType());
  return request;
}

// Of the attributes that name files and programs of this machine, nothing is left.
Value WithoutFiles(Value block) {
  for (const char* name : {"config_file", "ca_cert_file", "databricks_cli_path", "databricks_id_token_filepath",
                           "google_credentials", "profile", "tracking_server_cert_path", "tracking_client_cert_path"}) {
    if (block.Has(name)) block = block.With(name, Value::Null(tfcpp::Type::String()));
  }
  return block;
}

}  // namespace

template <class Request, class Response>
Response Terraform::Call(grpc::Status (Stub::*rpc)(grpc::ClientContext*, const Request&, Response*),
                         const Request& request) {
  Response response = client_->Call(rpc, request);
  if constexpr (requires { response.diagnostics(); }) RequireTold(conformance::Describe(response.diagnostics()));
  return response;
}

Terraform::Terraform(Lines& lines)
    : client_(&TheWorld().registry), service_(lines, TheWorld().clock), state_(Value::Null(client_->value_type())) {
  World& world = TheWorld();
  world.clock.Reset();
  world.service = &service_;
  service_.on_stop = [this] { Stop({}); };
  // An earlier input's configuration is gone with one that cannot be read.
  tfplugin6::ConfigureProvider_Request request;
  request.mutable_config()->set_msgpack("\xc1");
  Call(&Stub::ConfigureProvider, request);
  world.server.Call(&Stub::ConfigureProvider, request);
}

void Terraform::TurnToServer(std::string_view) {
  client_ = &TheWorld().server;
  service_index_ = 1;
  state_ = Value::Null(client_->value_type());
  private_data_.clear();
}

void Terraform::AskWhatThereIs(std::string_view) {
  const auto schema = Call(&Stub::GetProviderSchema, tfplugin6::GetProviderSchema_Request());
  const auto metadata = Call(&Stub::GetMetadata, tfplugin6::GetMetadata_Request());
  Require(schema.resource_schemas_size() == metadata.resources_size(), "each resource has a schema");
  const auto identities = Call(&Stub::GetResourceIdentitySchemas, tfplugin6::GetResourceIdentitySchemas_Request());
  Require(identities.identity_schemas_size() == schema.resource_schemas_size(), "each resource has an identity");
  const auto functions = Call(&Stub::GetFunctions, tfplugin6::GetFunctions_Request());
  Require(functions.functions_size() == schema.functions_size(), "each function is in the schema");
}

void Terraform::Configure(std::string_view about) {
  World& world = TheWorld();
  world.variables = &SignIns()[Choose(about, SignIns().size())];
  const auto config = ConfigurationOf(world.provider.schema, about);
  if (!config.has_value()) return;
  const tfplugin6::DynamicValue block = tfcpp::ToProto(WithoutFiles(*config), world.provider.schema.ImpliedType());
  tfplugin6::ValidateProviderConfig_Request validate;
  *validate.mutable_config() = block;
  if (conformance::HasError(Call(&Stub::ValidateProviderConfig, validate).diagnostics())) return;
  tfplugin6::ConfigureProvider_Request configure;
  *configure.mutable_config() = block;
  Call(&Stub::ConfigureProvider, configure);
}

bool Terraform::IsValid(const Value& config) {
  const tfcpp::ResourceType& type = client_->type();
  auto request = About<tfplugin6::ValidateResourceConfig_Request>(type.name, type.schema, config);
  request.mutable_client_capabilities()->set_write_only_attributes_allowed(true);
  return !conformance::HasError(Call(&Stub::ValidateResourceConfig, request).diagnostics());
}

Change Terraform::Plan(const Value& config) {
  conformance::ProviderClient& client = *client_;
  Change change = client.Plan(state_, config, private_data_);
  RequireTold(conformance::Texts(change.diagnostics));
  RequireNoSecret(change.private_data, "private data");
  if (change.failed) return change;
  const auto breaches = tfcpp::test::PlanBreaches(client.type().schema, state_, config, change.planned);
  Require(breaches.empty(), tfcpp::Concat("a plan holds to Terraform's rules: ", tfcpp::Join(breaches, ", ")));
  return change;
}

void Terraform::Keep(const Change& change) {
  RequireTold(conformance::Texts(change.diagnostics));
  RequireNoSecret(change.private_data, "private data");
  Require(change.state.is_wholly_known(), "a state is wholly known");
  state_ = change.state;
  private_data_ = change.private_data;
}

void Terraform::ApplyPlan(Change change) {
  service_.Forget();
  client_->Apply(change);
  const bool creates = change.prior.is_null();
  if (!change.failed) {
    const auto breaches = tfcpp::test::RefinementBreaches(change.planned, change.state);
    Require(breaches.empty(), tfcpp::Concat("a state is what was planned: ", tfcpp::Join(breaches, ", ")));
    if (creates) Require(change.state.Get("id").is_set(), "what was created has an id");
  } else if (!creates) {
    Require(change.state.is_set(), "what failed to change or go is still there");
  }
  Keep(change);
}

void Terraform::Apply(std::string_view about) {
  conformance::ProviderClient& client = *client_;
  const tfcpp::Schema& schema = client.type().schema;
  const auto config = ConfigurationOf(schema, about);
  if (!config.has_value() || !IsValid(*config)) return;
  if (!config->is_wholly_known()) {
    Plan(*config);
    return;
  }
  tfcpp::test::Random random = RandomOf(about);
  const Change early = Plan(tfcpp::test::Blur(schema, *config, random));
  Change change = Plan(*config);
  if (early.failed || change.failed) return;
  const auto breaches = tfcpp::test::RefinementBreaches(early.planned, change.planned);
  Require(breaches.empty(), tfcpp::Concat("a final plan is what the early one says: ", tfcpp::Join(breaches, ", ")));
  if (!state_.is_null() && !change.requires_replace.empty()) {
    Destroy({});
    if (!state_.is_null()) return;
    change = Plan(*config);
    if (change.failed) return;
  }
  if (change.planned == state_) return;
  ApplyPlan(std::move(change));
}

void Terraform::Destroy(std::string_view) {
  if (state_.is_null()) return;
  const Change change = client_->Plan(state_, Value::Null(state_.type()), private_data_);
  RequireTold(conformance::Texts(change.diagnostics));
  if (!change.failed) ApplyPlan(change);
}

void Terraform::Read(std::string_view) {
  if (state_.is_null()) return;
  service_.Forget();
  const Change read = client_->Read(state_, private_data_);
  if (read.failed) Require(read.state == state_, "what cannot be read stays as it was");
  if (read.state.is_null()) Require(!service_.is_in_the_dark(), "gone is what the service has told");
  Keep(read);
}

void Terraform::ReadImported(const tfplugin6::ImportResourceState_Request& request) {
  conformance::ProviderClient& client = *client_;
  const auto response = Call(&Stub::ImportResourceState, request);
  if (response.imported_resources_size() != 1 || !state_.is_null()) return;
  const Change imported =
      client.Read(client.Decode(response.imported_resources(0).state()), response.imported_resources(0).private_());
  RequireTold(conformance::Texts(imported.diagnostics));
  if (!imported.failed && !imported.state.is_null()) Keep(imported);
}

void Terraform::Import(std::string_view id) {
  tfplugin6::ImportResourceState_Request request;
  request.set_type_name(client_->type().name);
  request.set_id(tfcpp::ToValidUtf8(id));
  ReadImported(request);
}

void Terraform::ImportByIdentity(std::string_view identity) {
  const tfcpp::ResourceType& type = client_->type();
  const auto value = tfcpp::ParseValue(identity, type.identity->ImpliedType());
  if (!value.has_value()) return;
  tfplugin6::ImportResourceState_Request request;
  request.set_type_name(type.name);
  *request.mutable_identity()->mutable_identity_data() = tfcpp::ToProto(*value, type.identity->ImpliedType());
  ReadImported(request);
}

void Terraform::Move(std::string_view json) {
  tfplugin6::MoveResourceState_Request request;
  request.set_source_provider_address("registry.terraform.io/databricks/databricks");
  request.set_source_type_name("databricks_mlflow_webhook");
  request.set_target_type_name(client_->type().name);
  request.mutable_source_state()->set_json(Plant(json));
  const auto response = Call(&Stub::MoveResourceState, request);
  RequireNoSecret(response.target_private(), "private data");
  const bool failed = conformance::HasError(response.diagnostics());
  Require(failed != response.has_target_state(), "a move gives a state or an error");
  if (!failed) client_->Decode(response.target_state());
}

void Terraform::Upgrade(std::string_view about) {
  tfplugin6::UpgradeResourceState_Request request;
  request.set_type_name(client_->type().name);
  request.set_version(static_cast<std::int64_t>(Choose(about, 16)) % 3);
  request.mutable_raw_state()->set_json(Plant(about));
  const auto response = Call(&Stub::UpgradeResourceState, request);
  const bool failed = conformance::HasError(response.diagnostics());
  Require(failed != response.has_upgraded_state(), "an upgrade gives a state or an error");
  if (!failed) client_->Decode(response.upgraded_state());
  tfplugin6::UpgradeResourceIdentity_Request identity;
  identity.set_type_name(request.type_name());
  identity.set_version(request.version());
  *identity.mutable_raw_identity() = request.raw_state();
  Call(&Stub::UpgradeResourceIdentity, identity);
}

void Terraform::GenerateConfiguration(std::string_view) {
  conformance::ProviderClient& client = *client_;
  if (state_.is_null()) return;
  tfplugin6::GenerateResourceConfig_Request request;
  request.set_type_name(client.type().name);
  *request.mutable_state() = client.Encode(state_);
  const Value config = client.Decode(Call(&Stub::GenerateResourceConfig, request).config());
  Require(config.is_wholly_known(), "a generated configuration is wholly known");
}

void Terraform::ReadData(std::size_t index, std::string_view about) {
  const tfcpp::DataSourceType& type = TheWorld().provider.data_sources[2 * service_index_ + index];
  const auto config = ConfigurationOf(type.schema, about);
  if (!config.has_value()) return;
  const auto validate = About<tfplugin6::ValidateDataResourceConfig_Request>(type.name, type.schema, *config);
  if (conformance::HasError(Call(&Stub::ValidateDataResourceConfig, validate).diagnostics())) return;
  const auto read = About<tfplugin6::ReadDataSource_Request>(type.name, type.schema, *config);
  const auto response = Call(&Stub::ReadDataSource, read);
  if (conformance::HasError(response.diagnostics())) return;
  const auto state = tfcpp::FromProto(response.state(), type.schema.ImpliedType());
  Require(state.has_value() && state->is_set() && state->is_wholly_known(), "data is wholly known");
}

void Terraform::List(std::string_view about) {
  const tfcpp::ListType& type = TheWorld().provider.lists[service_index_];
  const auto config = ConfigurationOf(type.schema, about);
  if (!config.has_value()) return;
  const auto validate = About<tfplugin6::ValidateListResourceConfig_Request>(type.name, type.schema, *config);
  if (conformance::HasError(Call(&Stub::ValidateListResourceConfig, validate).diagnostics())) return;
  auto request = About<tfplugin6::ListResource_Request>(type.name, type.schema, *config);
  request.set_include_resource_object(true);
  request.set_limit(3);
  grpc::ClientContext context;
  const auto reader = client_->stub().ListResource(&context, request);
  int listed = 0;
  for (tfplugin6::ListResource_Event event; reader->Read(&event);) {
    RequireTold(conformance::Describe(event.diagnostic()));
    if (!event.has_identity()) continue;
    ++listed;
    Require(client_->Decode(event.resource_object()).is_wholly_known(), "what is listed is wholly known");
  }
  Require(reader->Finish().ok() && listed <= 3, "a list ends, and has no more than was asked for");
}

void Terraform::Act(std::string_view about) {
  const tfcpp::ActionType& type = TheWorld().provider.actions[service_index_];
  const auto config = ConfigurationOf(type.schema, about);
  if (!config.has_value()) return;
  const auto validate = About<tfplugin6::ValidateActionConfig_Request>(type.name, type.schema, *config);
  if (conformance::HasError(Call(&Stub::ValidateActionConfig, validate).diagnostics())) return;
  tfplugin6::PlanAction_Request plan;
  plan.set_action_type(type.name);
  *plan.mutable_config() = validate.config();
  Call(&Stub::PlanAction, plan);
  tfplugin6::InvokeAction_Request invoke;
  invoke.set_action_type(type.name);
  *invoke.mutable_config() = validate.config();
  grpc::ClientContext context;
  const auto reader = client_->stub().InvokeAction(&context, invoke);
  int completed = 0;
  for (tfplugin6::InvokeAction_Event event; reader->Read(&event);) {
    RequireReadable(event.progress().message(), "progress");
    RequireTold(conformance::Describe(event.completed().diagnostics()));
    if (event.has_completed()) ++completed;
  }
  Require(reader->Finish().ok() && completed == 1, "an action completes once");
}

void Terraform::CallFunction(std::string_view about) {
  const std::vector<tfcpp::FunctionType>& functions = TheWorld().provider.functions;
  const tfcpp::FunctionType& type = functions[Choose(about, functions.size())];
  tfplugin6::CallFunction_Request request;
  request.set_name(type.name);
  const auto texts = tfcpp::Split(about, ',');
  for (std::size_t i = 0; i < texts.size() && i < type.parameters.size(); ++i) {
    const Value argument = Value::String(Plant(tfcpp::ToValidUtf8(texts[i])));
    *request.add_arguments() = tfcpp::ToProto(argument, tfcpp::Type::String());
  }
  const auto response = Call(&Stub::CallFunction, request);
  Require(response.has_error() != response.has_result(), "a function gives a result or an error");
  if (response.has_error()) RequireTold({response.error().text()});
}

void Terraform::Stop(std::string_view) { Call(&Stub::StopProvider, tfplugin6::StopProvider_Request()); }

void Terraform::SendBytes(std::string_view bytes) {
  const std::string& type_name = client_->type().name;
  const std::string raw = Plant(bytes);
  tfplugin6::ReadResource_Request read;
  read.set_type_name(type_name);
  read.mutable_current_state()->set_msgpack(raw);
  const auto kept = Call(&Stub::ReadResource, read);
  if (conformance::HasError(kept.diagnostics()))
    Require(kept.new_state().msgpack() == raw, "a state that cannot be read stays");
  tfplugin6::PlanResourceChange_Request plan;
  plan.set_type_name(type_name);
  plan.mutable_config()->set_msgpack(raw);
  plan.mutable_proposed_new_state()->set_msgpack(raw);
  Call(&Stub::PlanResourceChange, plan);
  tfplugin6::ValidateResourceConfig_Request validate;
  validate.set_type_name(type_name);
  validate.mutable_config()->set_json(raw);
  Call(&Stub::ValidateResourceConfig, validate);
  tfplugin6::ImportResourceState_Request import;
  import.set_type_name(type_name);
  import.mutable_identity()->mutable_identity_data()->set_msgpack(raw);
  Call(&Stub::ImportResourceState, import);
}

void Terraform::ForgePrivateData(std::string_view bytes) { private_data_ = std::string(bytes); }

}  // namespace fuzz
