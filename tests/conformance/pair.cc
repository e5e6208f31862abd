#include "pair.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tfcpp/base/strings.h"

namespace conformance {
namespace {

using tfcpp::Concat;
using tfcpp::Context;
using tfcpp::Diagnostics;
using tfcpp::Mode;
using tfcpp::Outcome;
using tfcpp::Service;
using tfcpp::Type;
using tfcpp::Value;

constexpr char kFactHost[] = "host";

tfcpp::Schema Schema() {
  return {.attributes = {{.name = "id", .type = Type::String(), .mode = Mode::kComputed},
                         {.name = "host", .type = Type::String(), .mode = Mode::kComputed},
                         {.name = "name", .type = Type::String()}}};
}
Value Object(std::string id, Value host, Value name) {
  return Value::Object({{"id", Value::String(std::move(id))}, {"host", std::move(host)}, {"name", std::move(name)}});
}
Value Identity(std::string id) { return Value::Object({{"id", Value::String(std::move(id))}}); }

// Everything says which host it was bound to.
class SideResource final : public tfcpp::Resource {
 public:
  explicit SideResource(Value host) : host_(std::move(host)) {}
  Outcome Create(const Context&, const tfcpp::CreateRequest& request) override {
    return {.state = Object("1", host_, request.planned.Get("name")),
            .private_data = {},
            .diagnostics = {},
            .identity = Identity("1")};
  }
  Outcome Read(const Context&, const tfcpp::ReadRequest& request) override {
    return {
        .state = request.state.With("host", host_), .private_data = {}, .diagnostics = {}, .identity = Identity("1")};
  }
  Outcome Update(const Context&, const tfcpp::UpdateRequest& request) override {
    return {.state = request.planned, .private_data = {}, .diagnostics = {}, .identity = Identity("1")};
  }
  Outcome Delete(const Context&, const tfcpp::DeleteRequest&) override { return {}; }

 private:
  Value host_;
};

class SideData final : public tfcpp::DataSource {
 public:
  explicit SideData(Value host) : host_(std::move(host)) {}
  tfcpp::DataOutcome Read(const Context&, const Value& config) override {
    return {.state = Object("1", host_, config.Get("name"))};
  }

 private:
  Value host_;
};

class SideEphemeral final : public tfcpp::EphemeralResource {
 public:
  explicit SideEphemeral(Value host) : host_(std::move(host)) {}
  tfcpp::OpenOutcome Open(const Context&, const Value& config) override {
    return {.result = Object("1", host_, config.Get("name"))};
  }

 private:
  Value host_;
};

class SideList final : public tfcpp::ResourceList {
 public:
  explicit SideList(Value host) : host_(std::move(host)) {}
  Diagnostics List(const Context&, const tfcpp::ListRequest&, const tfcpp::TakeListed& take) override {
    take({.display_name = host_.AsString(), .identity = Identity("1")});
    return {};
  }

 private:
  Value host_;
};

class SideAction final : public tfcpp::Action {
 public:
  explicit SideAction(Value host) : host_(std::move(host)) {}
  Diagnostics Invoke(const Context&, const Value&, const tfcpp::ReportProgress& report) override {
    report(host_.AsString());
    return {};
  }

 private:
  Value host_;
};

tfcpp::ResourceType SideType(const std::string& side) {
  return {
      .name = Concat("pair_", side),
      .schema = Schema(),
      .modify_plan =
          [](const tfcpp::PlanRequest& request, tfcpp::Plan& plan) {
            const auto host = request.facts.find(kFactHost);
            if (host != request.facts.end()) plan.planned = plan.planned.With("host", Value::String(host->second));
          },
      .identity = tfcpp::Schema{.attributes = {{.name = "id", .type = Type::String(), .mode = Mode::kRequired}}},
      .import_state =
          [](const tfcpp::ImportRequest& request) {
            return Outcome{
                .state = Object(request.id, Value::String(request.facts.at(kFactHost)), Value::Null(Type::String())),
                .private_data = {},
                .diagnostics = {}};
          },
      .movers = {{.source_type = Concat("old_", side),
                  .source_providers = {"registry.example.com/example/old"},
                  .move = [](const Value&) {
                    return Outcome{.state = Object("moved", Value::Null(Type::String()), Value::Null(Type::String())),
                                   .private_data = {},
                                   .diagnostics = {}};
                  }}}};
}

void Judge(const Value& block, const std::string& side, Service& service) {
  const Value& host = block.Get(Concat(side, "_host"));
  const Value& token = block.Get(Concat(side, "_token"));
  service.known = host.is_known() && token.is_known() && block.Get("ca_cert_file").is_known();
  if (!service.known) return;
  const std::string address = host.is_null() ? "" : host.AsString();
  if (address.starts_with("http://")) {
    service.diagnostics.AddWarning(Concat(side, " is not encrypted"), Concat("Let ", side, "_host be https."));
  } else if (!address.starts_with("https://")) {
    service.diagnostics.AddError(Concat(side, " is wrong"), Concat("Let ", side, "_host be a URL."));
    return;
  }
  service.facts.emplace(kFactHost, address);
  if (token.is_null())
    service.diagnostics.AddError(Concat(side, " is not configured"), Concat("Set ", side, "_token."));
}

Service Bind(const Value& block, const std::string& side) {
  Service service{.name = Concat("the ", side)};
  Judge(block, side, service);
  const Value& host = block.Get(Concat(side, "_host"));
  service.Bind(&Service::resources, Concat("pair_", side), [&] { return std::make_unique<SideResource>(host); });
  service.Bind(&Service::data_sources, Concat("pair_", side), [&] { return std::make_unique<SideData>(host); });
  service.Bind(&Service::ephemerals, Concat("pair_", side), [&] { return std::make_unique<SideEphemeral>(host); });
  service.Bind(&Service::lists, Concat("pair_", side), [&] { return std::make_unique<SideList>(host); });
  service.Bind(&Service::actions, Concat("pair_", side, "_ring"), [&] { return std::make_unique<SideAction>(host); });
  return service;
}

tfcpp::Attribute Text(std::string name) { return {.name = std::move(name), .type = Type::String()}; }

}  // namespace

tfcpp::Provider MakePairProvider() {
  tfcpp::Provider provider{.type_name = "pair",
                           .version = "1.0.0",
                           .address = "registry.example.com/acme/pair",
                           .schema = {.attributes = {Text("north_host"),
                                                     Text("north_token"),
                                                     Text("south_host"),
                                                     Text("south_token"),
                                                     Text("ca_cert_file"),
                                                     {.name = "timeout", .type = Type::Number()}}},
                           .functions = {{.name = "twice",
                                          .parameters = {{"number", Type::Number(), "What is doubled."}},
                                          .result = Type::Number(),
                                          .summary = "The double",
                                          .description = "Doubles a whole number.",
                                          .call = [](const std::vector<Value>& arguments) -> tfcpp::Result<Value> {
                                            return Value::Int(2 * arguments[0].AsNumber().AsInt64().value_or(0));
                                          }}},
                           .configure = [](const Context&, const tfcpp::ConfigureRequest& request) {
                             tfcpp::Configured configured;
                             for (const char* side : kSides) configured.services.push_back(Bind(request.config, side));
                             return configured;
                           }};
  for (const std::string side : kSides) {
    provider.resources.push_back(SideType(side));
    provider.data_sources.push_back({.name = Concat("pair_", side), .schema = Schema()});
    provider.ephemerals.push_back({.name = Concat("pair_", side), .schema = Schema()});
    provider.lists.push_back({.name = Concat("pair_", side), .schema = {}});
    provider.actions.push_back({.name = Concat("pair_", side, "_ring"), .schema = {}});
  }
  return provider;
}

}  // namespace conformance
