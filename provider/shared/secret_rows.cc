#include "provider/shared/secret_rows.h"

#include <variant>

#include "tfcpp/base/strings.h"
#include "tfcpp/value/walk.h"

namespace mlflow {
namespace {

using tfcpp::AttributeStep;
using tfcpp::Path;
using tfcpp::Type;
using tfcpp::Value;

const std::string& NameOf(const tfcpp::PathStep& step) { return std::get<AttributeStep>(step).name; }

Value PartOf(const Value& webhook, const Path& path, const Type& type) {
  return tfcpp::At(webhook, path).value_or(Value::Null(type));
}

std::vector<tfcpp::Secret> KnownOf(const SecretRows& rows, const Value& webhook, bool addresses) {
  std::vector<tfcpp::Secret> secrets;
  for (const SecretRow& row : rows) {
    if (row.is_address != addresses) continue;
    for (const Value& value : {PlainOf(row, webhook), WriteOnlyOf(row, webhook)}) {
      if (value.is_set()) secrets.emplace_back(value.AsString());
    }
  }
  return secrets;
}

}  // namespace

std::string LastName(const Path& path) { return NameOf(path.steps().back()); }

Path SecretRow::Object() const {
  Path object;
  for (std::size_t i = 0; i + 1 < plain.steps().size(); ++i) object = object.Attribute(NameOf(plain.steps()[i]));
  return object;
}
Path SecretRow::WriteOnly() const { return Object().Attribute(tfcpp::Concat(LastName(plain), "_wo")); }
Path SecretRow::Version() const { return Object().Attribute(tfcpp::Concat(LastName(plain), "_wo_version")); }

Value ObjectOf(const SecretRow& row, const Value& webhook) {
  const auto object = tfcpp::At(webhook, row.Object());
  return object.has_value() ? *object : Value();
}
Value PlainOf(const SecretRow& row, const Value& webhook) { return PartOf(webhook, row.plain, Type::String()); }
Value WriteOnlyOf(const SecretRow& row, const Value& webhook) {
  return PartOf(webhook, row.WriteOnly(), Type::String());
}
Value VersionOf(const SecretRow& row, const Value& webhook) { return PartOf(webhook, row.Version(), Type::Number()); }

std::vector<tfcpp::Secret> SecretsOf(const SecretRows& rows, const Value& webhook) {
  return KnownOf(rows, webhook, /*addresses=*/false);
}
std::vector<tfcpp::Secret> AddressesOf(const SecretRows& rows, const Value& webhook) {
  return KnownOf(rows, webhook, /*addresses=*/true);
}

}  // namespace mlflow
