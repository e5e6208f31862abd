// A second kind of webhook for the tests of what all kinds share: flat, with its secret at the top.
#pragma once

#include <string_view>

#include "schema/schema.h"
#include "support/value_matchers.h"

namespace mlflow {

inline tfcpp::Schema MakeExample() {
  using tfcpp::Mode;
  using tfcpp::Type;
  using tfcpp::Value;
  tfcpp::Schema schema;
  schema.attributes = {
      {.name = "id", .mode = Mode::kComputed},
      {.name = "name", .mode = Mode::kRequired},
      {.name = "url",
       .mode = Mode::kRequired,
       .equivalence = {"but for a slash at the end",
                       [](const Value& a, const Value& b) { return a.AsString() + "/" == b.AsString(); }}},
      {.name = "events", .type = Type::Set(Type::String()), .mode = Mode::kRequired},
      {.name = "description", .mode = Mode::kOptionalComputed, .default_value = Value::String("")},
      {.name = "secret", .sensitive = true},
      {.name = "secret_wo", .write_only = true},
      {.name = "secret_wo_version", .type = Type::Number(), .unreturned = true},
      {.name = "updated_at", .mode = Mode::kComputed},
  };
  return schema;
}

inline const tfcpp::Schema& ExampleSchema() {
  static const tfcpp::Schema kSchema = MakeExample();
  return kSchema;
}
inline tfcpp::Value Example(std::string_view text) { return tfcpp::V(text, ExampleSchema().ImpliedType()); }

}  // namespace mlflow
