#include "bad_provider.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace conformance {
namespace {

using tfcpp::Context;
using tfcpp::Diagnostics;
using tfcpp::Mode;
using tfcpp::Outcome;
using tfcpp::Type;
using tfcpp::Value;

template <class... Arguments>
void Run(const std::function<void(Arguments...)>& code, std::type_identity_t<Arguments>... arguments) {
  if (code) code(arguments...);
}

class BadResource final : public tfcpp::Resource {
 public:
  explicit BadResource(const Code& code) : code_(code) {}
  Outcome Create(const Context&, const tfcpp::CreateRequest& request) override {
    return Answer(code_.create, request.planned);
  }
  Outcome Read(const Context&, const tfcpp::ReadRequest& request) override { return Answer(code_.read, request.state); }
  Outcome Update(const Context&, const tfcpp::UpdateRequest& request) override {
    return Answer(code_.update, request.planned);
  }
  Outcome Delete(const Context&, const tfcpp::DeleteRequest&) override {
    Outcome outcome;
    Run(code_.del, outcome);
    return outcome;
  }

 private:
  static Outcome Answer(const std::function<void(Outcome&)>& code, const Value& of) {
    Outcome outcome{.state = KnownThing(of.Get("name")), .private_data = "new", .diagnostics = {}};
    outcome.identity = ThingIdentity();
    Run(code, outcome);
    return outcome;
  }
  const Code& code_;
};
class BadData final : public tfcpp::DataSource {
 public:
  explicit BadData(const Code& code) : code_(code) {}
  tfcpp::DataOutcome Read(const Context&, const Value& config) override {
    tfcpp::DataOutcome outcome{.state = KnownThing(config.Get("name"))};
    Run(code_.data, outcome);
    return outcome;
  }
  const Code& code_;
};
class BadEphemeral final : public tfcpp::EphemeralResource {
 public:
  explicit BadEphemeral(const Code& code) : code_(code) {}
  tfcpp::OpenOutcome Open(const Context&, const Value& config) override {
    tfcpp::OpenOutcome outcome{.result = KnownThing(config.Get("name"))};
    Run(code_.open, outcome);
    return outcome;
  }
  tfcpp::RenewOutcome Renew(const Context&, std::string) override {
    Run(code_.renew);
    return {};
  }
  Diagnostics Close(const Context&, const std::string&) override {
    Run(code_.close);
    return {};
  }
  const Code& code_;
};
class BadList final : public tfcpp::ResourceList {
 public:
  explicit BadList(const Code& code) : code_(code) {}
  Diagnostics List(const Context&, const tfcpp::ListRequest&, const tfcpp::TakeListed& take) override {
    for (int i = 0; i < 3; ++i) {
      tfcpp::ListedResource listed{.display_name = "a", .identity = ThingIdentity()};
      listed.state = KnownThing(Value::String("a"));
      Run(code_.list, listed);
      take(listed);  // and does not look whether more are wanted
    }
    return {};
  }
  const Code& code_;
};
class BadAction final : public tfcpp::Action {
 public:
  explicit BadAction(const Code& code) : code_(code) {}
  Diagnostics Invoke(const Context&, const Value&, const tfcpp::ReportProgress&) override {
    Run(code_.invoke);
    return {};
  }
  const Code& code_;
};

tfcpp::Schema BadSchema(const Code& code, bool is_resource) {
  tfcpp::Schema schema{
      .attributes = {{.name = "id", .type = Type::String(), .mode = Mode::kComputed},
                     {.name = "name",
                      .type = Type::String(),
                      .mode = Mode::kRequired,
                      .has_secret_part =
                          [&code](const Value&) {
                            Run(code.has_secret_part);
                            return false;
                          },
                      .validators = {{"is fine", [&code](const auto&, Diagnostics&) { Run(code.validator); }}}},
                     {.name = "size", .type = Type::Number(), .mode = Mode::kOptionalComputed}}};
  if (!is_resource) return schema;
  schema.version = 1;
  for (tfcpp::Attribute& attribute : schema.attributes) {
    attribute.plan_modifiers = {
        {"as it pleases", [&code, name = attribute.name](const auto&, tfcpp::PlanModifierResponse& response) {
           if (name == "name") Run(code.plan_modifier, response.planned);
         }}};
    attribute.equivalence = {"is the same", [&code](const Value& a, const Value& b) {
                               Run(code.equivalence);
                               return a == b;
                             }};
  }
  return schema;
}

tfcpp::ResourceType BadType(const Code& code) {
  return {.name = "bad_thing",
          .schema = BadSchema(code, true),
          .config_validators = {{"a rule", [&code](const Value&, Diagnostics&) { Run(code.rule); }}},
          .modify_plan = [&code](const tfcpp::PlanRequest&, tfcpp::Plan& plan) { Run(code.modify_plan, plan); },
          .upgraders = {{0,
                         [&code](const Value&) -> tfcpp::Result<Value> {
                           Value state = KnownThing(Value::String("a"));
                           Run(code.upgrade, state);
                           return state;
                         }}},
          .identity = tfcpp::Schema{.attributes = {{.name = "id", .type = Type::String(), .mode = Mode::kRequired}}},
          .import_state =
              [&code](const tfcpp::ImportRequest&) {
                Outcome outcome{.state = KnownThing(Value::String("a")), .private_data = {}, .diagnostics = {}};
                outcome.identity = ThingIdentity();
                Run(code.import, outcome);
                return outcome;
              },
          .movers = {{.source_type = "other_thing",
                      .source_providers = {"registry.example.com/acme/other"},
                      .move = [&code](const Value&) {
                        Outcome outcome{.state = KnownThing(Value::String("a")), .private_data = {}, .diagnostics = {}};
                        Run(code.move, outcome);
                        return outcome;
                      }}}};
}

}  // namespace

Value KnownThing(const Value& name) {
  return Value::Object({{"id", Value::String("7")}, {"name", name}, {"size", Value::Int(1)}});
}
Value ThingIdentity() { return Value::Object({{"id", Value::String("7")}}); }

tfcpp::Provider BadProvider(const Code& code) {
  // A resource without an identity, which gives one.
  tfcpp::ResourceType plain = BadType(code);
  plain.name = "bad_plain";
  plain.identity.reset();
  return {.type_name = "bad",
          .version = "1.0.0",
          .address = "registry.example.com/acme/bad",
          .schema = {},
          .resources = {BadType(code), plain},
          .data_sources = {{.name = "bad_thing", .schema = BadSchema(code, false)}},
          .ephemerals = {{.name = "bad_thing", .schema = BadSchema(code, false)}},
          .lists = {{.name = "bad_thing", .schema = {}}},
          .actions = {{.name = "bad_thing", .schema = {}}},
          .functions = {{.name = "spoil",
                         .parameters = {},
                         .result = Type::List(Type::String()),
                         .summary = "",
                         .description = "",
                         .call = [&code](const std::vector<Value>&) -> tfcpp::Result<Value> {
                           Value result = Value::List(Type::String(), {});
                           Run(code.function, result);
                           return result;
                         }}},
          .configure = [&code](const Context&, const tfcpp::ConfigureRequest&) {
            Run(code.configure);
            using tfcpp::Service;
            Service all{.name = "everything"};
            for (const char* name : {"bad_thing", "bad_plain"}) {
              all.Bind(&Service::resources, name, [&] { return std::make_unique<BadResource>(code); });
            }
            all.Bind(&Service::data_sources, "bad_thing", [&] { return std::make_unique<BadData>(code); });
            all.Bind(&Service::ephemerals, "bad_thing", [&] { return std::make_unique<BadEphemeral>(code); });
            all.Bind(&Service::lists, "bad_thing", [&] { return std::make_unique<BadList>(code); });
            all.Bind(&Service::actions, "bad_thing", [&] { return std::make_unique<BadAction>(code); });
            return all;
          }};
}

// What a call answered, in words.

}  // namespace conformance
