// A resource type with one attribute of every kind, and a resource whose answers a test sets.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tfcpp/framework/resource.h"
#include "tfcpp/schema/plan_modifiers.h"
#include "tfcpp/testing/value_matchers.h"

namespace tfcpp {

inline Attribute Text(std::string name, Mode mode = Mode::kOptional) {
  Attribute attribute;
  attribute.name = std::move(name);
  attribute.mode = mode;
  return attribute;
}

inline ResourceType ThingType() {
  Attribute id = Text("id", Mode::kComputed);
  id.plan_modifiers = {UseStateForUnknown()};
  Attribute size = Text("size", Mode::kOptionalComputed);
  size.default_value = Value::String("small");
  Attribute place = Text("place");
  place.plan_modifiers = {RequiresReplace()};
  Attribute secret = Text("secret");
  secret.sensitive = true;
  Attribute once = Text("once");
  once.write_only = true;
  Attribute kept = Text("kept");
  kept.unreturned = true;
  Attribute color = Text("color");
  color.equivalence = {"in any case",
                       [](const Value& a, const Value& b) { return a.AsString().size() == b.AsString().size(); }};
  Attribute port = Text("port", Mode::kOptionalComputed);
  port.default_value = Value::String("443");
  Attribute seen = Text("seen", Mode::kComputed);
  const auto nested = [&](std::string name, Nesting nesting) {
    Attribute attribute = Text(std::move(name));
    attribute.type = NestedObject{nesting, {Text("host", Mode::kRequired), port, seen, secret}};
    return attribute;
  };
  ResourceType type;
  type.name = "test_thing";
  type.schema.attributes = {id,
                            Text("name"),
                            size,
                            place,
                            secret,
                            once,
                            kept,
                            color,
                            Text("updated", Mode::kComputed),
                            nested("one", Nesting::kSingle),
                            nested("list", Nesting::kList),
                            nested("map", Nesting::kMap),
                            nested("set", Nesting::kSet)};
  return type;
}

inline const ResourceType& Thing() {
  static const ResourceType kType = ThingType();
  return kType;
}
inline Value T(std::string_view text) { return V(text, Thing().schema.ImpliedType()); }
inline Value NoThing() { return Value::Null(Thing().schema.ImpliedType()); }

inline std::string Summaries(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& item : diagnostics.items()) {
    text += (item.severity == Severity::kError ? "error: " : "warning: ") + item.summary + "\n";
  }
  return text;
}

// Answers every call with `answer`.
class ScriptedResource final : public Resource {
 public:
  std::function<Outcome()> answer;

  Outcome Create(const Context&, const CreateRequest&) override { return answer(); }
  Outcome Read(const Context&, const ReadRequest&) override { return answer(); }
  Outcome Update(const Context&, const UpdateRequest&) override { return answer(); }
  Outcome Delete(const Context&, const DeleteRequest&) override { return answer(); }
};

inline Outcome State(std::string_view text) { return {.state = T(text), .private_data = "new", .diagnostics = {}}; }
inline Outcome Nothing() { return {}; }
inline Outcome Failure(std::optional<Value> state = std::nullopt) {
  Outcome outcome{.state = std::move(state), .private_data = "", .diagnostics = {}};
  outcome.diagnostics.AddError("failed", "It failed.");
  return outcome;
}

}  // namespace tfcpp
