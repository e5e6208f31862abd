#include "thing.h"

#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tfcpp/schema/plan_modifiers.h"
#include "tfcpp/schema/validators.h"
#include "thing_lease.h"

namespace conformance {
namespace {

using tfcpp::Attribute;
using tfcpp::Context;
using tfcpp::Diagnostics;
using tfcpp::Mode;
using tfcpp::NestedObject;
using tfcpp::Nesting;
using tfcpp::Outcome;
using tfcpp::Path;
using tfcpp::Type;
using tfcpp::Value;

// `planned` with every computed value that was left open filled in, as a service would.
Value Complete(const Value& planned, const std::string& id) {
  Value thing = planned;
  if (!thing.Get("id").is_known()) thing = thing.With("id", Value::String(id));
  if (!thing.Get("revision").is_known()) thing = thing.With("revision", Value::Int(1));
  if (thing.Get("rules").is_set()) {
    std::vector<Value> rules;
    for (const Value& rule : thing.Get("rules").Elements()) {
      const Value& key = rule.Get("key");
      rules.push_back(key.is_known() ? rule
                                     : rule.With("key", Value::String("k" + rule.Get("port").AsNumber().ToString())));
    }
    if (!rules.empty()) thing = thing.With("rules", Value::List(rules.front().type(), rules));
  }
  return thing;
}

Value IdentityOf(const Value& id) { return Value::Object({{"id", id}}); }

class ThingResource final : public tfcpp::Resource {
 public:
  explicit ThingResource(ThingStore& store) : store_(store) {}

  Outcome Create(const Context& context, const tfcpp::CreateRequest& request) override {
    Outcome outcome;
    if (Misbehaves(context, request.planned, outcome.diagnostics)) return outcome;
    store_.set_last_password(request.config.Get("password"));
    const std::string id = store_.Add(request.planned);
    outcome = Finish(request.planned, id);
    store_.Put(id, *outcome.state);
    outcome.private_data = "created";
    return outcome;
  }

  Outcome Read(const Context&, const tfcpp::ReadRequest& request) override {
    const Value thing = store_.Get(request.state.Get("id").AsString());
    if (thing.is_null()) return {};
    // Secrets are never told.
    Value told = thing.With("token", Value::Null(Type::String()));
    if (told.Get("spec").is_set()) {
      told = told.With("spec", told.Get("spec").With("secret", Value::Null(Type::String())));
    }
    return {.state = told, .private_data = "read", .diagnostics = {}, .identity = IdentityOf(request.state.Get("id"))};
  }

  Outcome Update(const Context& context, const tfcpp::UpdateRequest& request) override {
    Outcome outcome;
    if (Misbehaves(context, request.planned, outcome.diagnostics)) {
      outcome.state = request.prior;
      outcome.private_data = request.private_data;
      return outcome;
    }
    store_.set_last_password(request.decision == "keep" ? Value::Null(Type::String()) : request.config.Get("password"));
    const std::string& id = request.prior.Get("id").AsString();
    outcome = Finish(request.planned, id);
    store_.Put(id, *outcome.state);
    outcome.private_data = "updated";
    return outcome;
  }

  Outcome Delete(const Context&, const tfcpp::DeleteRequest& request) override {
    store_.Remove(request.state.Get("id").AsString());
    return {};
  }

 private:
  // Before anything is made.
  bool Misbehaves(const Context& context, const Value& planned, Diagnostics& diagnostics) {
    const std::string& name = planned.Get("name").AsString();
    if (name == kNameThrows) throw std::runtime_error(kCanary);
    if (name == kNameThrowsLogic) throw std::logic_error("a mistake in test_thing");
    if (name == kNameWaits) {
      std::mutex mutex;
      std::condition_variable_any stopped;
      std::unique_lock lock(mutex);
      ++store_.waiting;
      stopped.wait(lock, context.stop, [] { return false; });
      --store_.waiting;
      diagnostics.AddError("Cancelled", "Nothing was made.");
      return true;
    }
    if (name == kNameFails) {
      diagnostics.AddError("Refused", "The service refused.", Path("spec").Attribute("url"));
      return true;
    }
    return false;
  }

  static Outcome Finish(const Value& planned, const std::string& id) {
    const std::string& name = planned.Get("name").AsString();
    Outcome outcome;
    outcome.state = name == kNameForgets ? planned : Complete(planned, id);
    outcome.identity = IdentityOf(Value::String(id));
    if (name == kNameDisobeys) outcome.state = outcome.state->With("size", Value::Int(999));
    if (name == kNameHalfDone) outcome.diagnostics.AddError("Half done", "The thing exists, but is not ready.");
    return outcome;
  }

  ThingStore& store_;
};

tfcpp::Schema ThingSchema() {
  return {.version = 2,
          .attributes = {{.name = "id",
                          .type = Type::String(),
                          .mode = Mode::kComputed,
                          .plan_modifiers = {tfcpp::UseStateForUnknown()}},
                         {.name = "name",
                          .type = Type::String(),
                          .mode = Mode::kRequired,
                          .plan_modifiers = {tfcpp::RequiresReplace()}},
                         {.name = "size",
                          .type = Type::Number(),
                          .mode = Mode::kOptionalComputed,
                          .default_value = Value::Int(1),
                          .validators = {tfcpp::IntBetween(0, 1000)}},
                         {.name = "level", .type = Type::String(), .validators = {tfcpp::OneOf({"low", "high"})}},
                         {.name = "enabled", .type = Type::Bool()},
                         {.name = "ratio", .type = Type::Number()},
                         {.name = "tags", .type = Type::Map(Type::String())},
                         {.name = "labels", .type = Type::Set(Type::String())},
                         {.name = "steps", .type = Type::List(Type::String())},
                         {.name = "any", .type = Type::Dynamic()},
                         {.name = "token", .type = Type::String(), .sensitive = true},
                         {.name = "password", .type = Type::String(), .write_only = true},
                         {.name = "revision", .type = Type::Number(), .mode = Mode::kComputed},
                         {.name = "spec",
                          .type = NestedObject{Nesting::kSingle,
                                               {{.name = "url", .type = Type::String(), .mode = Mode::kRequired},
                                                {.name = "secret", .type = Type::String(), .sensitive = true},
                                                {.name = "retries",
                                                 .type = Type::Number(),
                                                 .mode = Mode::kOptionalComputed,
                                                 .default_value = Value::Int(3)}}}},
                         {.name = "rules",
                          .type = NestedObject{Nesting::kList,
                                               {{.name = "port", .type = Type::Number(), .mode = Mode::kRequired},
                                                {.name = "note", .type = Type::String()},
                                                {.name = "key", .type = Type::String(), .mode = Mode::kComputed}}}},
                         {.name = "members",
                          .type = NestedObject{Nesting::kSet,
                                               {{.name = "who", .type = Type::String(), .mode = Mode::kRequired},
                                                {.name = "role", .type = Type::String()}}}},
                         {.name = "routes",
                          .type = NestedObject{Nesting::kMap,
                                               {{.name = "target", .type = Type::String(), .mode = Mode::kRequired},
                                                {.name = "weight", .type = Type::Number()}}}}},
          .blocks =
              {{.name = "limit", .nesting = Nesting::kList, .attributes = {{.name = "max", .type = Type::Number()}}},
               {.name = "owner", .nesting = Nesting::kSingle, .attributes = {{.name = "who", .type = Type::String()}}}},
          .description = "A thing."};
}

// Version 1 called the name "title" and had nothing else.
tfcpp::Result<Value> UpgradeFromVersion1(const Value& old) {
  const Type present = ThingSchema().ImpliedType();
  Value::Members members;
  for (const auto& [name, type] : present.attributes()) members.emplace(name, Value::Null(type));
  members.insert_or_assign("id", old.Get("id"));
  members.insert_or_assign("name", old.Get("title"));
  return Value::Object(std::move(members));
}

// The names of the things that there are.
class ThingsSource final : public tfcpp::DataSource {
 public:
  explicit ThingsSource(ThingStore& store) : store_(store) {}
  tfcpp::DataOutcome Read(const Context&, const Value& config) override {
    tfcpp::DataOutcome outcome;
    if (!config.Get("prefix").is_null() && config.Get("prefix").AsString() == kNameFails) {
      outcome.diagnostics.AddError("Refused", "The service refused.", Path("prefix"));
      return outcome;
    }
    const bool forgets = !config.Get("prefix").is_null() && config.Get("prefix").AsString() == kNameForgets;
    outcome.state = config.With("count_of_things",
                                forgets ? Value::Unknown(Type::Number()) : Value::Int(static_cast<int>(store_.size())));
    return outcome;
  }

 private:
  ThingStore& store_;
};

tfcpp::DataSourceType ThingsType() {
  return {.name = "test_things",
          .schema = {.attributes = {{.name = "prefix", .type = Type::String(), .validators = {tfcpp::SizeAtLeast(1)}},
                                    {.name = "count_of_things", .type = Type::Number(), .mode = Mode::kComputed}}}};
}

class ThingList final : public tfcpp::ResourceList {
 public:
  explicit ThingList(ThingStore& store) : store_(store) {}
  Diagnostics List(const Context&, const tfcpp::ListRequest& request, const tfcpp::TakeListed& take) override {
    Diagnostics diagnostics;
    for (int id = 1; store_.Get(std::to_string(id)).is_set(); ++id) {
      const Value thing = store_.Get(std::to_string(id));
      tfcpp::ListedResource listed{.display_name = thing.Get("name").AsString(),
                                   .identity = IdentityOf(thing.Get("id"))};
      if (request.include_state) listed.state = thing;
      if (!take(listed)) return diagnostics;
    }
    const Value& prefix = request.config.Get("prefix");
    if (!prefix.is_null() && prefix.AsString() == kNameFails) diagnostics.AddError("Cut short", "There may be more.");
    return diagnostics;
  }

 private:
  ThingStore& store_;
};

tfcpp::ListType ThingListType() {
  return {
      .name = "test_thing",
      .schema = {.attributes = {{.name = "prefix", .type = Type::String(), .validators = {tfcpp::SizeAtLeast(1)}}}}};
}

class PokeAction final : public tfcpp::Action {
 public:
  Diagnostics Invoke(const Context&, const Value& config, const tfcpp::ReportProgress& report) override {
    const std::string& name = config.Get("name").AsString();
    report("Poking " + name);
    if (name == kNameThrows) throw std::runtime_error(kCanary);
    report("Poked");
    Diagnostics diagnostics;
    if (name == kNameFails) diagnostics.AddError("It did not move", "It was poked, but did not move.");
    return diagnostics;
  }
};

tfcpp::ActionType PokeType() {
  return {.name = "test_poke",
          .schema = {.attributes = {{.name = "name",
                                     .type = Type::String(),
                                     .mode = Mode::kRequired,
                                     .validators = {tfcpp::SizeAtLeast(1)}}}}};
}

tfcpp::FunctionType DivideFunction() {
  return {.name = "divide",
          .parameters = {{"dividend", Type::Number(), "What is divided."}, {"divisor", Type::Number(), "By what."}},
          .result = Type::Number(),
          .summary = "A quotient",
          .description = "Divides whole numbers.",
          .call = [](const std::vector<Value>& arguments) -> tfcpp::Result<Value> {
            const std::int64_t divisor = arguments[1].AsNumber().AsInt64().value_or(0);
            if (divisor == 0) return tfcpp::Error{.message = "The divisor is no number to divide by."};
            return Value::Int(arguments[0].AsNumber().AsInt64().value_or(0) / divisor);
          }};
}

}  // namespace

std::string ThingStore::Add(Value thing) {
  const std::lock_guard lock(mutex_);
  const std::string id = std::to_string(++last_id_);
  things_.insert_or_assign(id, std::move(thing));
  return id;
}

void ThingStore::Put(const std::string& id, Value thing) {
  const std::lock_guard lock(mutex_);
  things_.insert_or_assign(id, std::move(thing));
}

bool ThingStore::Remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  return things_.erase(id) != 0;
}

Value ThingStore::Get(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = things_.find(id);
  return found == things_.end() ? Value() : found->second;
}

std::size_t ThingStore::size() const {
  const std::lock_guard lock(mutex_);
  return things_.size();
}

std::string ThingStore::last_password() const {
  const std::lock_guard lock(mutex_);
  return last_password_;
}

void ThingStore::set_last_password(const Value& password) {
  const std::lock_guard lock(mutex_);
  last_password_ = password.is_set() ? password.AsString() : "";
}

tfcpp::ResourceType ThingType() {
  return {.name = "test_thing",
          .schema = ThingSchema(),
          .config_validators = {{"level needs a spec",
                                 [](const Value& config, Diagnostics& diagnostics) {
                                   if (config.Get("level").is_set() && config.Get("spec").is_null()) {
                                     diagnostics.AddError("Missing spec", "A level needs a spec.", Path("level"));
                                   }
                                 }}},
          .modify_plan =
              [](const tfcpp::PlanRequest& request, tfcpp::Plan& plan) {
                const bool off = plan.planned.Get("enabled").is_set() && !plan.planned.Get("enabled").AsBool();
                if (request.changes && off) {
                  plan.diagnostics.AddWarning("Switched off", "The thing will be off.", Path("enabled"));
                }
                if (!request.changes || request.prior.is_null()) return;
                plan.decision = request.config.Get("password").is_null() ? "keep" : "send";
                if (!request.first_decision.empty() && request.first_decision != plan.decision) {
                  plan.diagnostics.AddError("Decided otherwise", "The first plan has decided otherwise.");
                }
              },
          .upgraders = {{1, UpgradeFromVersion1}},
          .identity = tfcpp::Schema{.attributes = {{.name = "id", .type = Type::String(), .mode = Mode::kRequired}}}};
}

tfcpp::Provider MakeProvider(ThingStore& store) {
  return {.type_name = "test",
          .version = "1.0.0",
          .address = "registry.example.com/acme/test",
          .schema = {.attributes = {{.name = "host", .type = Type::String(), .validators = {tfcpp::SizeAtLeast(3)}},
                                    {.name = "api_token", .type = Type::String(), .sensitive = true}}},
          .resources = {ThingType()},
          .data_sources = {ThingsType()},
          .ephemerals = {LeaseType()},
          .lists = {ThingListType()},
          .actions = {PokeType()},
          .functions = {DivideFunction()},
          .configure = [&store](const Context&, const tfcpp::ConfigureRequest& request) {
            using tfcpp::Service;
            Service things{.name = "the things"};
            things.known = request.config.is_set() && request.config.Get("host").is_known();
            things.Bind(&Service::resources, "test_thing", [&] { return std::make_unique<ThingResource>(store); });
            things.Bind(&Service::data_sources, "test_things", [&] { return std::make_unique<ThingsSource>(store); });
            things.Bind(&Service::ephemerals, "test_lease", [&] { return MakeLeases(store); });
            things.Bind(&Service::lists, "test_thing", [&] { return std::make_unique<ThingList>(store); });
            things.Bind(&Service::actions, "test_poke", [] { return std::make_unique<PokeAction>(); });
            return things;
          }};
}

}  // namespace conformance
